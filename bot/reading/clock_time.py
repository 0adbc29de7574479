"""Times of day beside a date: "10:30", "16.30 น.", บ่ายสอง, สามทุ่ม, ตีสอง."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.reading.date_symbols import Line

_HOURS = 24
_MINUTES = 60
_HALF = 30
_NOON = 12
_BEFORE_MORNING = 7
_UNSURE = ""
"""A time that stands there but may be in the morning or in the afternoon: สามโมง."""


def take_time(line: Line) -> tuple[Line, str | None]:
    """The line without its time of day, and the time as "HH:MM" (None where there is none or it is impossible)."""
    for pattern, hours in _PATTERNS:
        for found in re.finditer(pattern, line.codes):
            time = hours(line.cut(found.start(), found.end()))
            if time is not None:
                return line.without(found.start(), found.end()), time or None
    return line, None


def _format(hour: int, minute: int) -> str | None:
    return f"{hour:02d}:{minute:02d}" if 0 <= hour < _HOURS and 0 <= minute < _MINUTES else None


def _values(part: Line) -> list[int]:
    return [int(str(symbol.value)) for symbol in part.numbers()]


def _minute(part: Line) -> int:
    return _HALF if part.only("H") else 0


def _digital(part: Line) -> str | None:
    numbers = part.numbers()
    hour = _values(part)[0] + (_NOON if part.only("C") and _values(part)[0] < _NOON else 0)
    return _format(hour, _values(part)[1]) if len(numbers[1].text) == 2 else None  # noqa: PLR2004 (minutes have two digits)


def _counted(part: Line) -> str | None:
    """As in "9 โมง", "สี่โมงเย็น"; what may be morning or afternoon is set aside unread."""
    hour = _values(part)[0]
    if part.only("C") and hour < _NOON:
        return _format(hour + _NOON, _minute(part))
    return _format(hour, _minute(part)) if hour >= _BEFORE_MORNING else _UNSURE


def _hour(part: Line) -> str | None:
    return _format(_values(part)[0], _minute(part))


def _afternoon(part: Line) -> str | None:
    return _format(12 + (_values(part) or [1])[0], _minute(part))


def _evening(part: Line) -> str | None:
    return _format(18 + _values(part)[0], _minute(part))


def _fixed(hour: int) -> Callable[[Line], str | None]:
    return lambda part: _format(hour, _minute(part))


_PATTERNS: tuple[tuple[str, Callable[[Line], str | None]], ...] = (
    (r"[tE]?DoD(?:oD)?N?[PC]?", _digital),
    (r"[tE]?DpDN", _digital),
    (r"tDpDN?", _digital),
    (r"(?<=sDsD)DpD$|(?<=hDhD)DpD$", _digital),
    (r"(?<=MD)DpD$", _digital),
    (r"[tE]?BD?[NU]?H?", _afternoon),
    (r"[tE]?DVH?", _evening),
    (r"[tE]?GDH?", _hour),
    (r"[tE]?DUH?[PC]?", _counted),
    (r"[tE]?DNH?P?", _hour),
    (r"[tE]?OH?", _fixed(12)),
    (r"[tE]?I", _fixed(0)),
)
