"""An official letter as a Word file: the order of its parts is the office's own (docs/documents.md)."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm

from services.documents.paper import Document, Letter
from services.documents.writers.docx_parts import TEXT, write


def write_letter(word: Word, document: Document) -> None:
    """The letter of `document`, if it has one. Number, day and signature stay blank."""
    letter, labels = document.letter, document.labels
    if letter is None:
        return
    if letter.urgency:
        write(word.add_paragraph(), letter.urgency, TEXT, bold=True)
    write(word.add_paragraph(), labels.emblem, TEXT, align=WD_ALIGN_PARAGRAPH.CENTER)
    _two_sides(word, f"{labels.number} {letter.number}", letter.office)
    write(word.add_paragraph(), letter.month, TEXT, align=WD_ALIGN_PARAGRAPH.CENTER)
    _headed(word, labels.subject, (letter.subject,))
    _headed(word, labels.to, (letter.to,))
    _headed(word, labels.refers, letter.refers)
    _headed(word, labels.enclosures, letter.enclosures)
    for words in letter.body:
        paragraph = word.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Cm(2.5)
        write(paragraph, words, TEXT, align=WD_ALIGN_PARAGRAPH.LEFT)
    _signature(word, letter, labels.closing)


def _two_sides(word: Word, left: str, right: Sequence[str]) -> None:
    made = word.add_table(rows=1, cols=2)
    write(made.cell(0, 0).paragraphs[0], left, TEXT)
    for place, line in enumerate(right):
        cell = made.cell(0, 1)
        write(cell.paragraphs[0] if place == 0 else cell.add_paragraph(), line, TEXT)


def _headed(word: Word, label: str, lines: Sequence[str]) -> None:
    for place, line in enumerate(lines):
        paragraph = word.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(2.5)
        paragraph.paragraph_format.first_line_indent = Cm(-2.5)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(2.5))
        write(paragraph, f"{label if place == 0 else ''}\t{line}", TEXT)


def _signature(word: Word, letter: Letter, closing: str) -> None:
    """The signature stays blank above the name: nobody signs here for anybody."""
    for line in ("", closing, "", "", f"({letter.signer or '.' * 50})", letter.position):
        paragraph = word.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(7)
        write(paragraph, line, TEXT, align=WD_ALIGN_PARAGRAPH.CENTER)
    for line in letter.contact:
        write(word.add_paragraph(), line, TEXT)
