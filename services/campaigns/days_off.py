"""Days off as staff paste them: a line for each, the day first, then what it is called."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.reading.outcome import Action
from bot.reading.reader import Reader

MOST_LINES = 100
LONGEST_NAME = 120
_DATE_WORDS = (3, 1)
"""13 July 2565 is three words, 13/7/2565 one."""


@dataclass(frozen=True, slots=True)
class DaysOff:
    days: dict[dt.date, str]
    """With their names, which may be empty."""
    unread: tuple[str, ...]
    """Lines without a day that could be read."""


def read_days_off(text: str, reader: Reader, now: dt.datetime) -> DaysOff:
    """`now` is civil: it settles a year that was left out."""
    days: dict[dt.date, str] = {}
    unread: list[str] = []
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line in lines[:MOST_LINES]:
        found = _day_and_name(line, reader, now)
        if found is None:
            unread.append(line)
        else:
            days[found[0]] = found[1]
    return DaysOff(days, (*unread, *lines[MOST_LINES:]))


def _day_and_name(line: str, reader: Reader, now: dt.datetime) -> tuple[dt.date, str] | None:
    words = line.replace(",", " ").replace("\t", " ").split()
    for count in _DATE_WORDS:
        reading = reader.date(" ".join(words[:count]), now=now)
        if len(words) >= count and reading.action is Action.ACCEPT and reading.value is not None:
            return reading.value, " ".join(words[count:])[:LONGEST_NAME]
    return None
