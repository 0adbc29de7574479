"""A pasted list of people: rows and columns as a spreadsheet copies them, what each is, roles as clerks say them."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.reading.lexicon import Lexicon

COLUMNS: Final = ("name", "role", "area", "phone")
"""What stands where no row says it."""
_NUMBER = "number"
_ENOUGH = 2
"""Cells of the first row that must be headings for it to be a row of headings."""
_SIGNS = re.compile(r"[\s._:*-]+")
_ROW_NUMBER = re.compile(r"\d{1,5}\.?")
_PHONE_LENGTHS = (9, 10)
_COUNTRY, _TRUNK = "66", "0"


@dataclass(frozen=True, slots=True)
class PastedRow:
    number: int
    """As the pasted text counts, headings included."""
    cells: Mapping[str, str]
    """Trimmed texts by column; "" or nothing where there is none."""
    every: tuple[str, ...]
    """All cells, those of no known column too."""


class PeopleReader:
    """Reads lists of people."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._normaliser = lexicon.normaliser
        table = lexicon.tables["people"]
        self._columns = {self._plain(word): name for name, words in table["columns"].items() for word in words}
        self._roles: dict[str, tuple[str, ...]] = {}
        for role, words in table["roles"].items():
            for word in words:
                self._roles[self._plain(word)] = (*self._roles.get(self._plain(word), ()), role)

    def rows(self, text: str) -> list[PastedRow]:
        """Rows of a text from a spreadsheet (tabs), or with commas. Raises ValueError for one that is no table."""
        lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").split("\n")
        sign = "\t" if any("\t" in line for line in lines) else ","
        try:
            found = [tuple(" ".join(cell.split()) for cell in row) for row in csv.reader(lines, delimiter=sign)]
        except csv.Error as error:
            raise ValueError(str(error)) from error
        numbered = [(number, row) for number, row in enumerate(found, 1) if any(row)]
        if not numbered:
            return []
        columns = self._headings(numbered[0][1])
        body = numbered[1:] if columns else numbered
        return [PastedRow(number, self._cells(row, columns), row) for number, row in body]

    def roles(self, text: str) -> tuple[str, ...]:
        """The roles that a word may mean: none, one, or two that the area settles."""
        return self._roles.get(self._plain(text), ())

    def phone(self, text: str) -> str | None:
        """Nine or ten digits from 0, also where a spreadsheet has eaten the 0; None for anything else."""
        digits = re.sub(r"[\s().+-]", "", self._normaliser.text(text))
        if not digits.isascii() or not digits.isdigit():
            return None
        if digits.startswith(_COUNTRY) and len(digits) > _PHONE_LENGTHS[-1]:
            digits = digits.removeprefix(_COUNTRY)
        whole = digits if digits.startswith(_TRUNK) else _TRUNK + digits
        return whole if len(whole) in _PHONE_LENGTHS else None

    def _headings(self, row: Sequence[str]) -> dict[int, str]:
        """What each column is, if the row says it."""
        known = {place: self._columns.get(self._plain(cell), "") for place, cell in enumerate(row)}
        named = {place: name for place, name in known.items() if name}
        return named if len(set(named.values())) >= _ENOUGH else {}

    def _cells(self, row: Sequence[str], columns: Mapping[int, str]) -> dict[str, str]:
        if not columns:
            # a list often begins with the number of the row
            own = row[1:] if len(row) > _ENOUGH and _ROW_NUMBER.fullmatch(self._normaliser.text(row[0])) else row
            return dict(zip(COLUMNS, own, strict=False))
        return {name: row[place] for place, name in columns.items() if place < len(row) and name != _NUMBER}

    def _plain(self, text: str) -> str:
        return _SIGNS.sub("", self._normaliser.text(str(text)))
