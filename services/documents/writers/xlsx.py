"""A document as an Excel file: numbers that can be reckoned with, set up for printing on A4."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as XlsxCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.forms.writable import writable
from services.documents.paper import Align, Cell, Document, Sheet, Table
from services.documents.writers.heading import Title, head_rows

FONT = "TH Sarabun New"
PAGE_WIDTH = 150
"""Characters of a column's width that fill a landscape page at the size it is printed."""
_LINE = Side(style="thin", color="808080")
_FRAME = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD = PatternFill("solid", fgColor="E4EEEB")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula: words of people are kept words."""


def write_xlsx(document: Document) -> bytes:
    """The file."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in document.sheets:
        page = book.create_sheet(sheet.name)
        _set_up(page, sheet)
        row = _lines(page, sheet, 1, (*sheet.title,), bold=True)
        row = _lines(page, sheet, row, sheet.meta)
        first = row
        row = _table(page, sheet.table, row)
        deep = len(head_rows(sheet.table))
        page.print_title_rows = f"{first}:{first + deep - 1}"
        page.freeze_panes = page.cell(first + deep, 1)
        _lines(page, sheet, row + 1, sheet.notes)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _set_up(page: Worksheet, sheet: Sheet) -> None:
    page.page_setup.orientation = "landscape" if sheet.landscape else "portrait"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.oddFooter.right.text = "&P/&N"
    page.page_margins.left = page.page_margins.right = 0.4
    whole = sum(column.width for column in sheet.table.columns) or 1
    width = PAGE_WIDTH if sheet.landscape else PAGE_WIDTH * 0.65
    for place, column in enumerate(sheet.table.columns, 1):
        page.column_dimensions[get_column_letter(place)].width = column.width / whole * width


def _lines(page: Worksheet, sheet: Sheet, row: int, lines: tuple[str, ...], *, bold: bool = False) -> int:
    last = len(sheet.table.columns)
    for line in lines:
        page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last)
        cell = page.cell(row, 1)
        _put(cell, line)
        cell.font = Font(name=FONT, size=16, bold=bold)
        cell.alignment = Alignment(horizontal="center" if bold else "left", vertical="top", wrap_text=True)
        row += 1
    return row


def _table(page: Worksheet, table: Table, row: int) -> int:
    """Returns the first row under it."""
    head = head_rows(table)
    for place, titles in enumerate(head):
        for title in titles:
            _head(page, row + place, title)
    for place, cells in enumerate(table.rows):
        _row(page, table, row + len(head) + place, cells)
    return row + len(head) + len(table.rows)


def _head(page: Worksheet, row: int, title: Title) -> None:
    last_row, first, last = row + title.down - 1, title.column + 1, title.column + title.across
    for covered in range(first, last + 1):
        for below in range(row, last_row + 1):
            page.cell(below, covered).border = _FRAME
    cell = page.cell(row, first)
    _put(cell, title.words)
    cell.font, cell.fill = Font(name=FONT, size=14, bold=True), _HEAD
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    if title.across > 1 or title.down > 1:
        page.merge_cells(start_row=row, start_column=first, end_row=last_row, end_column=last)


def _row(page: Worksheet, table: Table, row: int, cells: tuple[Cell, ...]) -> None:
    place = 1
    for content in cells:
        cell = page.cell(row, place)
        align = table.columns[place - 1].align
        if content.number is not None:
            cell.value = content.number
            cell.number_format = "#,##0" if isinstance(content.number, int) else "#,##0.00"
            align = Align.RIGHT
        else:
            _put(cell, content.text)
        for covered in range(place, place + content.span):
            page.cell(row, covered).border = _FRAME
        cell.font = Font(name=FONT, size=14, bold=content.bold)
        cell.alignment = Alignment(horizontal=align.value, vertical="top", wrap_text=True)
        if content.span > 1:
            page.merge_cells(start_row=row, start_column=place, end_row=row, end_column=place + content.span - 1)
        place += content.span


def _put(cell: XlsxCell, words: str) -> None:
    """Words as words: what begins like a formula is none."""
    cell.value = words = writable(words)
    if words.startswith(_FORMULA):
        cell.data_type = "s"
        cell.quotePrefix = True
