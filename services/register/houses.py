"""House numbers of a table: the usual ones at once, the others by the reader that also serves the chat."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.reading.outcome import Action
from services.register.cells import shown
from services.register.faults import RowError
from services.register.words import Words

_PLAIN = re.compile(r"[1-9][0-9]{0,4}[ก-ฮ]?(?:/[1-9][0-9]{0,3}[ก-ฮ]?)?(?:/[1-9][0-9]{0,2}[ก-ฮ]?)?")
"""What the reader takes as it stands (a test compares them); it would need half a second for a thousand."""
_DAY = re.compile(r"\d{4}-\d\d?-\d\d?.*|\d{1,2}[/-]\d{1,2}[/-](?:19|20|24|25)\d\d")
_SURE = frozenset({"spaced_letter", "none", "near"})
"""Doubts of a chat that are none in a column headed house number."""


@dataclass(frozen=True, slots=True)
class House:
    """A house by its number, or without one by what it is near."""

    house_no: str
    near: str = ""
    ordinal: int | None = None
    moo: int | None = None


class Houses:
    """Reads the columns house number and near."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._read = lru_cache(20_000)(self._by_reader)

    def read(self, number: str, near: str) -> House:
        """A house, from the cell of its number and that of its neighbour. Raises RowError."""
        if _PLAIN.fullmatch(number):
            return House(number)
        if near and self._absent(number):
            return House("", near)
        house = self._read(number)
        if house.house_no:
            return house
        near = near or house.near
        if not near:
            raise RowError("house_missing")
        return House("", near, house.ordinal, house.moo)

    def _absent(self, number: str) -> bool:
        return not number or self._words.lexicon.normaliser.word(number) in self._words.absent

    def _by_reader(self, text: str) -> House:
        if self._absent(text):
            raise RowError("house_missing")
        if self._is_day(text):
            raise RowError("house_day", heard=shown(text))
        reading = self._words.houses.read(text)
        sure = reading.action is Action.ACCEPT or (reading.action is Action.CONFIRM and reading.why in _SURE)
        if not sure or reading.value is None or reading.value.exception:
            raise RowError("house_unclear", heard=shown(text))
        found = reading.value
        if not found.house_no and not found.no_number:
            raise RowError("house_unclear", heard=shown(text))
        return House(found.house_no or "", found.near or "", found.hh_in_house, found.moo)

    def _is_day(self, text: str) -> bool:
        """12/3 typed into a sheet that took it for a day: 2021-03-12, 12-Mar, มี.ค.-12."""
        normal = self._words.normal(text)
        parts = [part.rstrip(".") for part in re.split(r"[\s/-]+", normal)]
        return bool(_DAY.fullmatch(normal)) or (len(parts) > 1 and any(part in self._words.days for part in parts))
