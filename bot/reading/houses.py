"""Several houses in one message: the numbers of an album in its order, or rows of the printed visit sheet."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.reading.outcome import Action

if TYPE_CHECKING:
    from bot.reading.house import HouseNumber
    from bot.reading.lexicon import Lexicon
    from bot.reading.outcome import Reading

MOST = 50
"""Houses in one message; LINE sends at most 20 pictures at once."""
MAX_LENGTH = 400
"""Characters."""
_PARTS = re.compile(r"[\s,;]+")
_TWO = 2


@dataclass(frozen=True, slots=True)
class Houses:
    """House numbers as printed, or rows of the visit sheet (from 1), in the order in which they were written."""

    numbers: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()


class HousesReader:
    """Reads a line of house numbers. Every part must be a plain house number: nothing is guessed among several."""

    def __init__(self, lexicon: Lexicon, read_one: Callable[[str], Reading[HouseNumber]]) -> None:
        self._normaliser = lexicon.normaliser
        self._read_one = read_one
        table = lexicon.tables["house"]
        row, through = (self._alternatives(table[name]) for name in ("sequence", "through"))
        self._rows = re.compile(rf"(?:{row})\s*(\S.*)")
        self._through = re.compile(rf"\s*(?:{through})\s*")
        self._run = re.compile(r"(\d{1,4})(?:~(\d{1,4}))?")

    def _alternatives(self, words: list[str]) -> str:
        found = sorted((self._normaliser.text(str(word)) for word in words), key=len, reverse=True)
        return "|".join(re.escape(word) for word in found)

    def read(self, text: str) -> Houses | None:
        """See Reader.house_numbers."""
        if len(text) > MAX_LENGTH:
            return None
        plain = self._normaliser.text(text).strip()
        said = self._rows.fullmatch(" ".join(plain.split()))
        return self._read_rows(said.group(1)) if said is not None else self._read_numbers(plain)

    def bare_rows(self, text: str) -> Houses | None:
        """See Reader.house_rows."""
        if len(text) > MAX_LENGTH:
            return None
        plain = self._through.sub("~", " ".join(self._normaliser.text(text).split()))
        return self._read_rows(plain) if "~" in plain else None

    def _read_rows(self, said: str) -> Houses | None:
        rows: list[int] = []
        for part in filter(None, _PARTS.split(self._through.sub("~", said))):
            found = self._run.fullmatch(part)
            if found is None:
                return None
            first = int(found.group(1))
            last = int(found.group(2) or first)
            if not 0 < first <= last < first + MOST:
                return None
            rows += range(first, last + 1)
        return Houses(rows=tuple(rows)) if 0 < len(rows) <= MOST else None

    def _read_numbers(self, plain: str) -> Houses | None:
        parts = [part for part in _PARTS.split(plain) if part]
        if not _TWO <= len(parts) <= MOST or not all(part[0].isdigit() for part in parts):
            return None
        numbers = [self._plain_number(part) for part in parts]
        return Houses(numbers=tuple(numbers)) if all(numbers) else None

    def _plain_number(self, part: str) -> str:
        reading = self._read_one(part)
        house = reading.value
        if reading.action is not Action.ACCEPT or house is None or house.facts().keys() != {"house_no"}:
            return ""
        return house.house_no or ""
