"""Small forms for tests, written as rows of cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from bot.forms.compiled import CompiledForm
from bot.forms.environment import Known
from bot.forms.load import compile_xlsform
from bot.forms.problems import FormError, FormProblem
from bot.forms.values import Values, start

MONDAY = dt.datetime(2021, 6, 7, 1, 30, tzinfo=dt.UTC)
"""08:30 in Bangkok."""
OURS = 'tidtam="https://tidtam.example/xforms"'
Row = Mapping[str, str]


def sheet(name: str, rows: Sequence[Row]) -> str:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    lines = [f"| {name} |", "| | " + " | ".join(columns) + " |"]
    lines += ["| | " + " | ".join(row.get(column, "") for column in columns) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def text_of(survey: Sequence[Row], choices: Sequence[Row] | None = None, **settings: str) -> bytes:
    text = sheet("survey", [{"label": row.get("label", row.get("name", "")), **row} for row in survey])
    if choices:
        text += sheet("choices", choices)
    return (text + sheet("settings", [{"form_id": "f", "version": "1", **settings}])).encode()


def form_of(survey: Sequence[Row], choices: Sequence[Row] | None = None, **settings: str) -> CompiledForm:
    return compile_xlsform(text_of(survey, choices, **settings), "form.md")


def begun(
    survey: Sequence[Row], choices: Sequence[Row] | None = None, known: Known | None = None, **settings: str
) -> Values:
    return start(form_of(survey, choices, **settings), known or Known(), MONDAY, "seed")


def refused(survey: Sequence[Row], choices: Sequence[Row] | None = None, **settings: str) -> tuple[FormProblem, ...]:
    """The problems of a form that must not compile."""
    try:
        form_of(survey, choices, **settings)
    except FormError as error:
        return error.problems
    raise AssertionError("the form was accepted")


def number(name: str, **cells: str) -> Row:
    return {"type": "integer", "name": name, **cells}


def calculate(name: str, calculation: str, **cells: str) -> Row:
    return {"type": "calculate", "name": name, "label": "", "calculation": calculation, **cells}


YES_NO: list[Row] = [
    {"list_name": "yn", "name": "yes", "label": "Yes"},
    {"list_name": "yn", "name": "no", "label": "No"},
]


def repeat(name: str, *inside: Row, **cells: str) -> list[Row]:
    return [{"type": "begin_repeat", "name": name, **cells}, *inside, {"type": "end_repeat", "label": ""}]


GROUP_END: Row = {"type": "end_group", "label": ""}
KNOWN: Row = {"type": "xml-external", "name": "known", "label": ""}
