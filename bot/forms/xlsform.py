"""XLSForm to XForm by pyxform, with its refusals turned into FormProblems that name sheet and row."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from pyxform.errors import PyXFormError
from pyxform.xls2json_backends import get_xlsform
from pyxform.xls2xform import convert

from bot.forms.converter import mistake
from bot.forms.files import FILE_CAP, with_files
from bot.forms.problems import FormError, FormProblem
from bot.forms.workshop import Rows

UNPACKED_CAP = 100_000_000
"""Bytes of an .xlsx when unpacked."""
FILE_TYPES = frozenset({".xlsx", ".xls", ".md", ".csv"})

_ROW = re.compile(r"\[row : (\d+)\]\s*")
_SHEET = re.compile(r"[Oo]n the '(\w+)' sheet|'(\w+)' sheet")
_QUOTED = re.compile(r"'([^']+)'")
_ROOT = "data"
_ID_COLUMNS = ("form_id", "id_string")
_ID = re.compile(r"[^\s!-@\[-^`{-~][^\s!-,/:-@\[-^`{-~]*")
"""An id that XML takes for a name: no spaces, no signs but _ - . and no digit first."""
_BLANK_ID = re.compile(rf'(<instance><[^>]* id="){_ROOT}(")')


@dataclass(frozen=True, slots=True)
class Converted:
    xform: bytes
    rows: Rows
    warnings: tuple[str, ...]


def convert_xlsform(data: bytes, filename: str, files: Mapping[str, bytes]) -> Converted:
    """Convert a form file, with the rows of the `files` that it refers to put in. Raises FormError."""
    suffix = PurePath(filename).suffix.lower()
    if suffix not in FILE_TYPES:
        raise _refusal("file_type", name=filename, types=" ".join(sorted(FILE_TYPES)))
    _check_size(data, suffix)
    survey: Sequence[dict[str, str]] = ()
    try:
        sheets = get_xlsform(data, file_type=suffix)
        survey = sheets.survey or ()
        result = convert(data, file_type=suffix, form_name=_ROOT, validate=False, pretty_print=False)
    except PyXFormError as error:
        raise _pyxform_refusal(str(error), survey) from error
    except Exception as error:  # pyxform and its readers raise anything at all on a broken file
        raise _refusal("unreadable", why=f"{type(error).__name__}: {error}"[:300]) from error
    xform = _named(result.xform, filename, sheets.settings or ())
    whole = with_files(xform, files, result.itemsets or "")
    return Converted(whole.encode(), _rows(survey), tuple(result.warnings))


def _named(xform: str, filename: str, settings: Sequence[Mapping[str, str]]) -> str:
    """The form's id from its file's name, where its settings give none."""
    if any(row.get(column) for row in settings for column in _ID_COLUMNS):
        return xform
    name = PurePath(filename).stem
    if _ID.fullmatch(name) is None:
        raise FormError([FormProblem("settings", None, "form_id_needed", {"name": filename})])
    return _BLANK_ID.sub(rf"\g<1>{name}\g<2>", xform, count=1)


def _refusal(what: str, **args: str) -> FormError:
    return FormError([FormProblem("", None, what, args)])


def _check_size(data: bytes, suffix: str) -> None:
    if len(data) > FILE_CAP:
        raise _refusal("too_big", limit=str(FILE_CAP))
    if suffix != ".xlsx":
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise _refusal("unreadable", why=str(error)) from error
    if unpacked > UNPACKED_CAP:
        raise _refusal("too_big", limit=str(UNPACKED_CAP))


def _rows(survey: Sequence[dict[str, str]]) -> dict[str, int]:
    """Name -> row as Excel numbers it (the header is row 1); the first of equal names wins."""
    rows: dict[str, int] = {}
    for row, cells in enumerate(survey, start=2):
        name = str(cells.get("name") or cells.get("value") or "").strip()
        if name:
            rows.setdefault(name, row)
    return rows


def _pyxform_refusal(message: str, survey: Sequence[dict[str, str]]) -> FormError:
    """Pyxform's words with their place; where it names none, the one row that holds what it quotes."""
    found = _ROW.search(message)
    sheet = _SHEET.search(message)
    named = next((part for part in sheet.groups() if part), "") if sheet else ""
    row = int(found.group(1)) if found else _row_of_quoted(message, survey)
    place = named or ("survey" if row else "")
    words = _ROW.sub("", message, count=1).strip()
    usual = mistake(words)
    known = {"mistake": usual.word, "about": usual.name} if usual else {}
    return FormError([FormProblem(place, row, "pyxform", {"message": words, **known})])


def _row_of_quoted(message: str, survey: Sequence[dict[str, str]]) -> int | None:
    quoted = set(_QUOTED.findall(message))
    rows = [row for row, cells in enumerate(survey, start=2) if quoted & {cells.get("type"), cells.get("name")}]
    return rows[0] if len(rows) == 1 else None
