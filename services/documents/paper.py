"""A printed document before any file format: sheets with a table each. Pure.

Every writer prints the same cells; a spreadsheet also gets the numbers themselves, so that nobody types them off.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Align(StrEnum):
    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Cell:
    text: str = ""
    """As printed; lines are separated by newlines."""
    number: int | float | None = None
    """What a spreadsheet holds in place of the text."""
    bold: bool = False
    span: int = 1
    """Columns that it covers."""


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    width: float
    """Share of the page's width."""
    group: str = ""
    """A heading that stands over neighbouring columns of the same group."""
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        for row in self.rows:
            if sum(cell.span for cell in row) != len(self.columns):
                raise ValueError(f"a row covers {sum(cell.span for cell in row)} of {len(self.columns)} columns")


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    """Of a spreadsheet's tab: at most 31 letters."""
    title: tuple[str, ...]
    meta: tuple[str, ...]
    """Lines under the title: whose report, of which round, as of when."""
    table: Table
    notes: tuple[str, ...] = ()
    """Lines under the table; the campaign's disclaimer is the last."""
    landscape: bool = True


@dataclass(frozen=True, slots=True)
class Letter:
    """An official letter in the order that the office's rules give it. Number, day and signature stay blank: the
    registry and the signer fill them; the emblem has its place and no picture."""

    urgency: str
    number: str
    """What stands before the blank number: ลย ๐๐๑๙."""
    office: tuple[str, ...]
    """Name and address, a line each."""
    month: str
    """Month and year: the day is left blank."""
    subject: str
    to: str
    refers: tuple[str, ...] = ()
    enclosures: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    """Paragraphs."""
    position: str = ""
    """Under the blank of the signature."""
    signer: str = ""
    """Name in brackets under it; blank where nobody was chosen."""
    contact: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Labels:
    """The words that a letter's form has of its own."""

    number: str = ""
    subject: str = ""
    to: str = ""
    refers: str = ""
    enclosures: str = ""
    closing: str = ""
    emblem: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    name: str
    """Of the file, without its ending."""
    sheets: tuple[Sheet, ...]
    letter: Letter | None = None
    labels: Labels = field(default_factory=Labels)
    language: str = "th"
