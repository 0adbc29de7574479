"""One cell of a table to one value: numbers in any digits, codes, yes and no, years and days of either era.

Each method remembers what it read last: in a register the same cells come again and again. Raises RowError.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final, TypeVar

from bot.reading.national_id import find_national_ids
from bot.reading.outcome import Action
from services.register.faults import RowError
from services.register.words import Words

LONGEST: Final = 200
"""Letters that a cell of ours may have."""
BUDDHIST: Final = 543
_REMEMBERED: Final = 20_000
_SHORT: Final = 12
"""Letters below which a cell is compared with the words for nothing."""
_THIRTEEN = re.compile(r"(?:\d\D{0,9}){13}")
_PHONE = re.compile(r"\d(?:[ -]?\d){8}")
"""Nine digits in a row are no part of a name: a telephone or another number of a person."""
_WHOLE = re.compile(r"(\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.0+)?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
_CODE = re.compile(r"[0-9A-Za-zก-๎._-]{1,40}")
_BETWEEN = re.compile(r"[,;/|\s]+")
_FIRST_BUDDHIST, _LAST_BUDDHIST = 2480, 2620
_SHORT_FROM = 43
"""Two digits from here on are a Buddhist year of this age (2543 to 2599)."""
_VILLAGE, _TAMBON = 8, 6

T = TypeVar("T")
U = TypeVar("U")


def _remembering(method: Callable[[T], U]) -> Callable[[T], U]:
    return lru_cache(_REMEMBERED)(method)


class Cells:
    """Reads cells, for one import after the other."""

    def __init__(self, words: Words, today: dt.date) -> None:
        self._words = words
        self._today = today
        self._absent = _remembering(self._is_absent)
        self.whole = _remembering(self._whole)
        self.yes_no = _remembering(self._yes_no)
        self.year = _remembering(self._year)
        self.day = _remembering(self._day)
        self.village = _remembering(self._village)
        self.tambon = _remembering(self._tambon)
        self.code = _remembering(self._code)
        self.codes = _remembering(self._codes)

    def name(self, text: str) -> str:
        """A person's or place's name as written, spaces tidied. Refuses one with a telephone number in it."""
        tidy = " ".join((text if text.isprintable() else _printable(text)).split())
        if len(tidy) > LONGEST:
            raise RowError("too_long", most=LONGEST)
        if _PHONE.search(tidy):
            raise RowError("phone")
        return tidy

    def nothing(self, text: str) -> bool:
        """Whether a cell says nothing: it is empty, or a dash or the like."""
        return not text or (len(text) < _SHORT and not text.isdigit() and self._absent(text))

    def _is_absent(self, text: str) -> bool:
        return self._words.lexicon.normaliser.word(text) in self._words.absent

    def _digits(self, text: str) -> str:
        return text if text.isascii() else self._words.normal(text)

    def _whole(self, text: str) -> int:
        found = _WHOLE.fullmatch(self._digits(text).strip())
        if found is None:
            raise RowError("not_whole", heard=shown(text))
        return int(found[1].replace(",", ""))

    def _yes_no(self, text: str) -> bool | None:
        if not text:
            return None
        word = self._words.lexicon.normaliser.word(text)
        if word in self._words.yes:
            return True
        if word in self._words.no:
            return False
        raise RowError("yes_no", heard=shown(text))

    def _year(self, text: str) -> int:
        """A survey's year as common era, from 2563, 2020 or 63."""
        digits = self._digits(text).strip().removesuffix(".0")
        for word in self._words.year:
            digits = digits.removeprefix(word).strip()
        if not digits.isascii() or not digits.isdigit() or len(digits) not in {2, 4}:
            raise RowError("year", heard=shown(text))
        year = self._common_era(int(digits))
        if year is None or year > self._today.year + 1:
            raise RowError("year", heard=shown(text))
        return year

    def _common_era(self, year: int) -> int | None:
        if year < 100:  # noqa: PLR2004 - two digits
            return year + 2500 - BUDDHIST if year >= _SHORT_FROM else None
        if _FIRST_BUDDHIST <= year <= _LAST_BUDDHIST:
            return year - BUDDHIST
        return year if _FIRST_BUDDHIST - BUDDHIST <= year <= _LAST_BUDDHIST - BUDDHIST else None

    def _day(self, text: str) -> dt.date:
        """A day of either era, day before month; words such as "16 มิ.ย. 64" too."""
        digits = self._digits(text).strip()
        iso, local = _ISO.fullmatch(digits), _DAY_FIRST.fullmatch(digits)
        if iso or local:
            parts = (iso or local).groups()  # type: ignore[union-attr]
            year, month, day = parts if iso else reversed(parts)
            era = self._common_era(int(year))
            try:
                found = dt.date(era or 0, int(month), int(day))
            except ValueError:
                found = None
        else:
            now = dt.datetime.combine(self._today, dt.time(), dt.UTC)
            reading = self._words.dates.read(text, now, {})
            found = reading.value if reading.action is Action.ACCEPT else None
        if found is None or found > self._today + dt.timedelta(days=1):
            raise RowError("day", heard=shown(text))
        return found

    def _village(self, text: str) -> str:
        return self._official(text, _VILLAGE, "village_code")

    def _tambon(self, text: str) -> str:
        return self._official(text, _TAMBON, "tambon_code")

    def _official(self, text: str, length: int, what: str) -> str:
        digits = re.sub(r"[\s-]", "", self._digits(text)).removesuffix(".0")
        if len(digits) != length or not digits.isascii() or not digits.isdigit():
            raise RowError(what, heard=shown(text))
        return digits

    def _code(self, text: str) -> str:
        """An id that the office gave, in ASCII digits and as it was written."""
        code = re.sub(r"\s+", "", _ascii_digits(text)).removesuffix(".0")
        if not _CODE.fullmatch(code):
            raise RowError("volunteer_code", heard=shown(text))
        return code

    def _codes(self, text: str) -> tuple[str, ...]:
        """One id, or several where the register names several volunteers."""
        parts = dict.fromkeys(part for part in _BETWEEN.split(_ascii_digits(text)) if not self.nothing(part))
        return tuple(self._code(part) for part in parts)


def holds_national_id(cells: list[str]) -> bool:
    """Whether a cell holds a 13-digit number with a right check digit; of ours or not, such a row is not taken."""
    return any(len(cell) > 12 and _THIRTEEN.search(cell) and find_national_ids(cell) for cell in cells)  # noqa: PLR2004


def shown(text: str) -> str:
    """A refused cell as an error may quote it: short, and without anything like a telephone or identity number."""
    short = " ".join(text.split())[:24]
    return re.sub(r"\d(?:[ -]?\d){8,}", "…", short)


def _printable(text: str) -> str:
    """Without control characters, which no spreadsheet could take back."""
    return "".join(letter for letter in text if letter.isprintable() or letter.isspace())


def _ascii_digits(text: str) -> str:
    if text.isascii():
        return text
    return "".join(str(int(letter)) if letter.isdecimal() else letter for letter in text)
