"""Where in a table the headings stand and which column means what; titles above them and any order are fine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from services.register.fault_table import FORMULA
from services.register.faults import FileFault
from services.register.kinds import Kind
from services.register.tables import Sheet
from services.register.words import Words

SEARCHED: Final = 15
"""Rows in which the headings are looked for."""


@dataclass(frozen=True, slots=True)
class Layout:
    sheet: str
    columns: Mapping[str, int]
    """Our columns by their place in a row."""
    left_out: tuple[str, ...]
    """Headings that mean none of ours: their values are not stored."""
    rows: Iterator[tuple[int, list[str]]]
    """The rows below the headings."""
    total: int | None
    """How many; empty ones count."""

    def cells(self, row: Sequence[str]) -> dict[str, str]:
        """The cells of our columns; those that a short row lacks are empty."""
        length = len(row)
        return {name: plain(row[place]) if place < length else "" for name, place in self.columns.items()}


def plain(cell: str) -> str:
    """A cell without the apostrophe that an export puts before what looks like a formula."""
    text = cell.strip()
    return text[1:] if text[:1] == "'" and text[1:2] in FORMULA else text


def find_layout(sheet: Sheet, kind: Kind, words: Words) -> Layout:
    """Read down to the headings. Raises FileFault naming what the likeliest row of headings lacks."""
    rows, best = iter(sheet.rows), _lacking(kind, ())
    for _ in range(SEARCHED):
        number, row = next(rows, (0, []))
        if not number:
            break
        found = {words.column_of(kind.name, head): place for place, head in reversed(list(enumerate(row))) if head}
        columns = {name: place for name, place in found.items() if name is not None}
        lacking = _lacking(kind, tuple(columns))
        if not lacking:
            left_out = tuple(head.strip() for head in row if head.strip() and words.column_of(kind.name, head) is None)
            total = None if sheet.total is None else max(0, sheet.total - number)
            return Layout(sheet.name, columns, left_out, rows, total)
        best = min(best, lacking, key=len)
    raise FileFault("no_headings", columns=best)


def _lacking(kind: Kind, columns: tuple[str, ...]) -> tuple[str, ...]:
    """The column to add for each requirement that no alternative meets."""
    return tuple(
        alternatives[0][0]
        for alternatives in kind.required
        if not any(set(alternative) <= set(columns) for alternative in alternatives)
    )
