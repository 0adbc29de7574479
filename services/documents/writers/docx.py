"""A document as a Word file, for offices that edit before they sign: TH Sarabun New, real tables, repeated headings."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell

from services.documents.paper import Align, Cell, Document, Sheet, Table
from services.documents.writers.docx_letter import write_letter
from services.documents.writers.docx_parts import TEXT, base_font, write
from services.documents.writers.heading import head_rows

TABLE = 14
"""Points."""
LONG, SHORT = Cm(29.7), Cm(21.0)
LEFT, RIGHT, TOP, BOTTOM = Cm(3), Cm(2), Cm(2.5), Cm(2)
NARROW = Cm(1.5)
_ALIGN = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
}


def write_docx(document: Document) -> bytes:
    """The file."""
    word = docx.Document()
    base_font(word)
    fresh = True
    if document.letter is not None:
        _portrait(word, fresh=fresh)
        write_letter(word, document)
        fresh = False
    for sheet in document.sheets:
        (_landscape if sheet.landscape else _portrait)(word, fresh=fresh)
        _sheet(word, sheet)
        fresh = False
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _section(word: Word, *, fresh: bool) -> Any:
    return word.sections[0] if fresh else word.add_section(WD_SECTION.NEW_PAGE)


def _portrait(word: Word, *, fresh: bool) -> None:
    section = _section(word, fresh=fresh)
    section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, SHORT, LONG
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = LEFT, RIGHT, TOP, BOTTOM


def _landscape(word: Word, *, fresh: bool) -> None:
    section = _section(word, fresh=fresh)
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, LONG, SHORT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = NARROW


def _sheet(word: Word, sheet: Sheet) -> None:
    for line in sheet.title:
        write(word.add_paragraph(), line, TEXT, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
    for line in sheet.meta:
        write(word.add_paragraph(), line, TEXT)
    page = word.sections[-1]
    across = (page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0)
    _table(word, sheet.table, across)
    for line in sheet.notes:
        write(word.add_paragraph(), line, TEXT)


def _table(word: Word, table: Table, across: int) -> None:
    head = head_rows(table)
    made = word.add_table(rows=len(head), cols=len(table.columns))
    made.style, made.alignment, made.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    whole = sum(column.width for column in table.columns) or 1
    widths = [int(across * column.width / whole) for column in table.columns]
    for row, titles in enumerate(head):
        for title in titles:
            cell = made.cell(row, title.column).merge(made.cell(row + title.down - 1, title.column + title.across - 1))
            _fill(cell, Cell(title.words, bold=True), Align.CENTRE)
        _repeat(made, row)
    for cells in table.rows:
        _row(made, table, cells)
    for row in made.rows:
        for cell, width in zip(row.cells, widths, strict=False):
            cell.width = width


def _repeat(made: WordTable, row: int) -> None:
    """The heading stands on every page that the table reaches."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    made.rows[row]._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - python-docx has no other door to it


def _row(made: WordTable, table: Table, row: Sequence[Cell]) -> None:
    cells = made.add_row()  # type: ignore[no-untyped-call]  # untyped there
    stay = OxmlElement("w:cantSplit")
    cells._tr.get_or_add_trPr().append(stay)  # noqa: SLF001 - as above
    place = 0
    for content in row:
        cell = cells.cells[place].merge(cells.cells[place + content.span - 1])
        align = Align.RIGHT if content.number is not None else table.columns[place].align
        _fill(cell, content, align)
        place += content.span


def _fill(cell: WordCell, content: Cell, align: Align) -> None:
    for place, line in enumerate(content.text.split("\n")):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        write(paragraph, line, TABLE, bold=content.bold, align=_ALIGN[align])
