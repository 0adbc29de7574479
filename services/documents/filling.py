"""Fills a specification with values: one report on its form, or all reports of a round in one table. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.messages.formats import number, thai_digits
from services.documents.letters import LetterSpec, Signer, filled
from services.documents.paper import Align, Cell, Column, Letter, Sheet, Table
from services.documents.spec import CompiledSpec, FormSpec
from services.documents.templates import BLANK, Chosen, Printer, Written

Values = Mapping[str, Written | Chosen]
FIRST_WIDTH = 11
"""Share of the page that the districts' names have."""


def covering_letter(
    spec: LetterSpec | None,
    values: Mapping[str, Any],
    printer: Printer,
    month: str,
    *,
    thai: bool,
    signer: Signer | None = None,
) -> Letter | None:
    """The covering letter of `month`, with Thai digits (`thai`) whatever the table has; None where there is none."""
    if spec is None:
        return None
    written = _writer(lambda words: printer.fill(words, values), thai=thai)
    return filled(spec, _digits(month, thai=thai), written, signer)


def form_sheet(spec: FormSpec, values: Mapping[str, Any], printer: Printer, disclaimer: str) -> Sheet:
    """One report. `values` holds the boxes and FORM_NAMES. Raises PrintError."""
    known = dict(values)
    for name, words in spec.sentences.items():
        known[name] = printer.fill(words, known)
    written = _writer(lambda words: printer.fill(words, known), thai=spec.thai_digits)
    rows = tuple(tuple(Cell(written(cell)) for cell in row) for row in spec.rows)
    return Sheet(
        name=spec.tab,
        title=_lines(spec.title, written),
        meta=_lines(spec.meta, written),
        table=Table(spec.columns, rows),
        notes=(*_lines(spec.notes, written), _digits(disclaimer, thai=spec.thai_digits)),
    )


@dataclass(frozen=True, slots=True)
class DistrictRow:
    name: str
    values: Values | None
    """None: it has not reported. That is printed as such, and never as 0."""
    excused: str = ""
    """Printed in place of that of a district that is not asked."""


def compiled_sheet(
    spec: CompiledSpec, districts: Sequence[DistrictRow], words: Mapping[str, Any], printer: Printer, disclaimer: str
) -> Sheet:
    """A row for each district and the sums of those that reported. `words` holds ROUND_NAMES. Raises PrintError."""
    written = _writer(lambda template: printer.fill(template, words), thai=spec.thai_digits)
    columns = (Column(spec.first, FIRST_WIDTH), *(_aligned(column, box, districts) for box, column in spec.columns))
    rows = [_row(spec, district, printer) for district in districts]
    total = (Cell(written(spec.total), bold=True), *(_sum(box, districts) for box, _ in spec.columns))
    return Sheet(
        name=spec.tab,
        title=_lines(spec.title, written),
        meta=_lines(spec.meta, written),
        table=Table(columns, (*rows, total)),
        notes=(
            *_lines(spec.notes, written),
            *_each(spec, districts, printer),
            _digits(disclaimer, thai=spec.thai_digits),
        ),
    )


def _each(spec: CompiledSpec, districts: Sequence[DistrictRow], printer: Printer) -> tuple[str, ...]:
    told = (printer.fill(spec.each, {**row.values, "area": row.name}) for row in districts if row.values is not None)
    return tuple(line for line in told if line)


def _aligned(column: Column, box: str, districts: Sequence[DistrictRow]) -> Column:
    counted = any(_is_number(district.values.get(box)) for district in districts if district.values is not None)
    return Column(column.title, column.width, column.group, Align.RIGHT) if counted else column


def _row(spec: CompiledSpec, district: DistrictRow, printer: Printer) -> tuple[Cell, ...]:
    if district.values is None:
        return (Cell(district.name), Cell(district.excused or spec.missing, span=len(spec.columns)))
    values = district.values
    return (Cell(district.name), *(_cell(values.get(box), printer) for box, _ in spec.columns))


def _cell(value: Written | Chosen, printer: Printer) -> Cell:
    text = printer.fill("{{ value }}", {"value": value})
    return Cell(text, _plain(value)) if isinstance(value, int | Decimal) else Cell(text)


def _sum(box: str, districts: Sequence[DistrictRow]) -> Cell:
    """Over the districts that gave a number; blank where none did, or where the box is no number."""
    given = [district.values.get(box) for district in districts if district.values is not None]
    numbers = [value for value in given if isinstance(value, int | Decimal)]
    if not numbers:
        return Cell(bold=True)
    total = Decimal(sum(numbers))
    whole = int(total) if total == total.to_integral_value() else total
    return Cell(number(whole), _plain(whole), bold=True)


def _is_number(value: Written | Chosen) -> bool:
    return isinstance(value, int | Decimal)


def _plain(value: int | Decimal) -> int | float:
    return value if isinstance(value, int) else float(value)


def _writer(fill: Callable[[str], str], *, thai: bool) -> Callable[[str], str]:
    return lambda template: _digits(fill(template), thai=thai)


def _digits(words: str, *, thai: bool) -> str:
    return thai_digits(words) if thai else words


def _lines(templates: Sequence[str], written: Callable[[str], str]) -> tuple[str, ...]:
    """The lines that say anything: a template may come out empty."""
    return tuple(line for line in map(written, templates) if line)


def box_sheet(
    name: str,
    title: Sequence[str],
    rows: Sequence[tuple[str, str, Written | Chosen]],
    printer: Printer,
    heads: Sequence[str],
) -> Sheet:
    """Box by box: (number on the form, label, value). Numbers and dates stay what they are in a spreadsheet."""
    columns = (
        Column(heads[0], 10, align=Align.CENTRE),
        Column(heads[1], 55),
        Column(heads[2], 35),
    )
    cells = tuple((Cell(box), Cell(label), _cell(value, printer)) for box, label, value in rows)
    return Sheet(name, tuple(title), (), Table(columns, cells), landscape=False)


def as_of(days: Sequence[dt.date]) -> dt.date | str:
    """The oldest day that the figures are of: a sum is no newer than its oldest part."""
    return min(days) if days else BLANK
