"""Numbers, dates and times as the office writes them; names of months and weekdays are catalogue data.

Dates are stored in the common era; Thai shows Buddhist years (+543). Rules: chat has Arabic digits, a date that is
read back carries its weekday, times are "16.30 น."; letters have Thai digits and full names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bot.messages.template import Slot, Template, parse

BANGKOK: Final = dt.timezone(dt.timedelta(hours=7), "Asia/Bangkok")
"""Thailand's civil time: seven hours ahead of UTC all year round."""

BUDDHIST_ERA: Final = 543
_THAI_DIGITS: Final = {ord("0") + digit: chr(0x0E50 + digit) for digit in range(10)}
_MONTHS: Final = 12
_WEEKDAYS: Final = 7


def number(value: int | Decimal) -> str:
    """12500 -> "12,500"; 12.50 -> "12.5"."""
    if isinstance(value, int):
        return f"{value:,}"
    written = f"{value:,f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def thai_digits(text: str) -> str:
    """The text with ๐-๙ for 0-9, as letters and the printed form have them."""
    return text.translate(_THAI_DIGITS)


@dataclass(frozen=True, slots=True)
class Calendar:
    """A locale's words and patterns for dates. Patterns may use {weekday} {weekday_short} {day} {month}
    {month_short} {ce} {be} {be_short} {hour} {minute}."""

    months: tuple[str, ...]
    months_short: tuple[str, ...]
    weekdays: tuple[str, ...]
    weekdays_short: tuple[str, ...]
    date: Template
    day: Template
    time: Template
    official: Template
    month_year: Template
    thai_digits_in_letters: bool

    @classmethod
    def from_texts(cls, texts: Mapping[str, str]) -> Calendar:
        """Read the `calendar.*` keys of a catalogue. Raises KeyError when one is missing."""

        def words(name: str, count: int) -> tuple[str, ...]:
            return tuple(texts[f"calendar.{name}.{place}"] for place in range(1, count + 1))

        return cls(
            months=words("months", _MONTHS),
            months_short=words("months_short", _MONTHS),
            weekdays=words("weekdays", _WEEKDAYS),
            weekdays_short=words("weekdays_short", _WEEKDAYS),
            date=parse(texts["calendar.date"]),
            day=parse(texts["calendar.day"]),
            time=parse(texts["calendar.time"]),
            official=parse(texts["calendar.official"]),
            month_year=parse(texts["calendar.month_year"]),
            thai_digits_in_letters=texts["calendar.letter_digits"] == "thai",
        )

    def short(self, date: dt.date) -> str:
        """11 มิ.ย. 64 (the year in full where the century would be guessed wrong)."""
        return self._write(self.date, date)

    def with_weekday(self, date: dt.date) -> str:
        """ศุกร์ที่ 11 มิ.ย. 64."""
        return self._write(self.day, date)

    def time_of_day(self, moment: dt.datetime) -> str:
        """16.30 น. in Bangkok. Raises ValueError for a moment without a zone: it could mean any hour."""
        if moment.tzinfo is None:
            raise ValueError("a time needs its zone before it can be shown")
        local = moment.astimezone(BANGKOK)
        values = {"hour": f"{local.hour:02d}", "minute": f"{local.minute:02d}"}
        return self.time.fill(lambda slot: values[slot.name])

    def in_letters(self, date: dt.date) -> str:
        """๑๖ มิถุนายน ๒๕๖๔: the long form of letters and printed forms."""
        written = self.in_words(date)
        return thai_digits(written) if self.thai_digits_in_letters else written

    def in_words(self, date: dt.date) -> str:
        """16 มิถุนายน 2564: the same with Arabic digits, for tables and where digits are chosen for a whole page."""
        return self._write(self.official, date)

    def month_of(self, date: dt.date) -> str:
        """มิถุนายน 2564: of a letter whose day is written by hand."""
        return self._write(self.month_year, date)

    def _write(self, pattern: Template, date: dt.date) -> str:
        year_be = date.year + BUDDHIST_ERA
        # two-digit years are read as 2543-2599 (mission, Conventions): outside that show all four digits
        be_short = f"{year_be % 100:02d}" if 2543 <= year_be <= 2599 else str(year_be)  # noqa: PLR2004
        values = {
            "weekday": self.weekdays[date.weekday()],
            "weekday_short": self.weekdays_short[date.weekday()],
            "day": str(date.day),
            "month": self.months[date.month - 1],
            "month_short": self.months_short[date.month - 1],
            "ce": str(date.year),
            "be": str(year_be),
            "be_short": be_short,
        }

        def written(slot: Slot) -> str:
            return values[slot.name]

        return pattern.fill(written)
