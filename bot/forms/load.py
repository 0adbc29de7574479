"""The door: an XLSForm file, or the XForm that a form version keeps, becomes a compiled form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from bot.forms.build import build_form
from bot.forms.compiled import CompiledForm
from bot.forms.engine import Work
from bot.forms.environment import THAI_TIME, Known
from bot.forms.problems import FormError, FormProblem
from bot.forms.workshop import Rows


def compile_xlsform(data: bytes, filename: str, files: Mapping[str, bytes] | None = None) -> CompiledForm:
    """Compile an .xlsx, .xls, .md or .csv file. Raises FormError with every fault that can be found at once.

    `files`: what the form takes choices and tables from (towns.csv ...), by name; their rows become part of the form.

    The result's `xform` is what a form version stores; `compile_xform` gives the same form back from it.
    """
    from bot.forms.xlsform import convert_xlsform  # noqa: PLC0415 - pyxform costs half a second, chats never need it

    converted = convert_xlsform(data, filename, files or {})
    return _tried(build_form(converted.xform, converted.rows), converted.rows)


def compile_xform(xml: bytes) -> CompiledForm:
    """Compile the XForm of a stored form version. Raises FormError (without rows: there is no sheet)."""
    return build_form(xml, {})


def _tried(form: CompiledForm, rows: Rows) -> CompiledForm:
    """Begin an empty draft once: a form whose expressions never end is refused before anybody meets it."""
    day = dt.datetime(2021, 6, 7, 8, 30, tzinfo=THAI_TIME)
    work = Work(form, form.layout({}), answers={}, state={}, known=Known(), now=day, seed="trial")
    work.begin()
    names = sorted(set(work.env.overworked))
    if names:
        raise FormError([FormProblem("survey", rows.get(name), "too_much_work", {"name": name}) for name in names])
    return form
