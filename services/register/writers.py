"""Writing tables that Excel opens with a double click, row by row: CSV in UTF-8 with its mark, and workbooks."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO, Final

from bot.forms.writable import writable
from services.register.fault_table import FORMULA, harmless

FORMS: Final = ("csv", "xlsx")
SHEET_ROWS: Final = 1_000_000
"""Rows of a sheet; Excel takes 1,048,576."""

Write = Callable[[Sequence[Sequence[str | int | float]]], None]


@contextmanager
def writer_to(file: BinaryIO, form: str, headings: Sequence[str]) -> Iterator[Write]:
    """A function that appends rows. The table is complete when the block ends. Raises ValueError for another form."""
    if form not in FORMS:
        raise ValueError(form)
    with _csv(file, headings) if form == "csv" else _workbook(file, headings) as write:
        yield write


@contextmanager
def _csv(file: BinaryIO, headings: Sequence[str]) -> Iterator[Write]:
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=False)
    table = csv.writer(text)
    table.writerow(headings)

    def write(rows: Sequence[Sequence[str | int | float]]) -> None:
        table.writerows([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)

    try:
        yield write
    finally:
        text.flush()
        text.detach()


@contextmanager
def _workbook(file: BinaryIO, headings: Sequence[str]) -> Iterator[Write]:
    from openpyxl import Workbook  # noqa: PLC0415 - it costs 0.2 s, few processes need it

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(list(headings))
    room = SHEET_ROWS

    def write(rows: Sequence[Sequence[str | int | float]]) -> None:
        nonlocal sheet, room
        for row in rows:
            if not room:
                sheet = book.create_sheet()
                sheet.append(list(headings))
                room = SHEET_ROWS
            room -= 1
            sheet.append([_as_text(sheet, cell) for cell in row])

    yield write
    book.save(file)


def _as_text(sheet: Any, cell: str | float) -> Any:
    """A text that looks like a formula is written as a text; of others what a workbook cannot carry is left out."""
    if not isinstance(cell, str):
        return cell
    cell = writable(cell)
    if not cell.startswith(FORMULA):
        return cell
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - as above

    written = WriteOnlyCell(sheet, cell)
    written.data_type = "s"
    return written
