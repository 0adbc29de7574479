"""The door: an XLSForm file, or the XForm that a form version keeps, becomes a compiled form."""

from __future__ import annotations

from bot.forms.build import build_form
from bot.forms.compiled import CompiledForm
from bot.forms.xlsform import convert_xlsform


def compile_xlsform(data: bytes, filename: str) -> CompiledForm:
    """Compile an .xlsx, .xls, .md or .csv file. Raises FormError with every fault that can be found at once.

    The result's `xform` is what a form version stores; `compile_xform` gives the same form back from it.
    """
    converted = convert_xlsform(data, filename)
    return build_form(converted.xform, converted.rows)


def compile_xform(xml: bytes) -> CompiledForm:
    """Compile the XForm of a stored form version. Raises FormError (without rows: there is no sheet)."""
    return build_form(xml, {})
