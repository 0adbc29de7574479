"""Paragraphs and fonts of a Word file.

Word takes the font and size of Thai from the "complex script" properties, which python-docx does not set by itself.
"""

from __future__ import annotations

from typing import Any

from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from bot.forms.writable import writable

FONT = "TH Sarabun New"
TEXT = 16
"""Points of a letter, by the office's rules."""


def base_font(word: Word) -> None:
    """The whole file in FONT, Thai included."""
    style: Any = word.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(TEXT)
    style.paragraph_format.space_after = Pt(0)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    set_number(properties, "w:szCs", TEXT * 2)
    language = OxmlElement("w:lang")
    language.set(qn("w:bidi"), "th-TH")
    properties.append(language)


def set_number(properties: Any, name: str, value: int) -> None:
    """A property of the file's XML (lxml has no types) with one number."""
    element = OxmlElement(name)
    element.set(qn("w:val"), str(value))
    properties.append(element)


def write(
    paragraph: Paragraph, words: str, size: int, *, bold: bool = False, align: WD_ALIGN_PARAGRAPH | None = None
) -> None:
    """Words at the end of a paragraph, in points."""
    run = paragraph.add_run(writable(words))
    run.bold, run.font.size = bold, Pt(size)
    properties = run._r.get_or_add_rPr()  # noqa: SLF001 - python-docx has no other door to it
    set_number(properties, "w:szCs", size * 2)
    if bold:
        properties.append(OxmlElement("w:bCs"))
    if align is not None:
        paragraph.alignment = align
