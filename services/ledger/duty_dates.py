"""The dates of a duty: every Monday or first working day of the week, once a month, or as they are written.

Pure. Whether an office works on a day is what the campaign's own table says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from services.calendar import WorkingDays

WEEKLY, MONTHLY = "monday_or_first_working_day", "month"
LAST_WORKING_DAY = "last_working_day"
_WEEK = dt.timedelta(days=7)
_FRIDAY = 4
_LONGEST = dt.timedelta(days=3700)
"""A campaign is a matter of months; ten years of weeks are a slip of the pen."""


def dates_of(spec: Mapping[str, Any], days: WorkingDays) -> list[dt.date]:
    """Every date of a duty, in order, each once. `spec` is its entry in campaign.yaml.

    Raises KeyError for a key that the schedule needs, ValueError for one that cannot be read.
    """
    if "every" not in spec:
        return sorted({_day(text) for text in spec.get("due") or spec.get("expected") or ()})
    first, last = _day(spec["from"]), _day(spec["until"])
    if not dt.timedelta(0) <= last - first <= _LONGEST:
        raise ValueError("until lies before from, or too far after it")
    if spec["every"] == WEEKLY:
        return [day for day in _weekly(first, last, days) if first <= day <= last]
    if spec["every"] == MONTHLY:
        wanted = spec.get("day", LAST_WORKING_DAY)
        return [day for day in _monthly(first, last, wanted, days) if first <= day <= last]
    raise ValueError(f"every is {spec['every']!r}: write {WEEKLY} or {MONTHLY}")


def _day(text: Any) -> dt.date:
    return dt.date.fromisoformat(str(text))


def _weekly(first: dt.date, last: dt.date, days: WorkingDays) -> Iterator[dt.date]:
    """The first working day of each week; a week in which nobody works has none."""
    monday = first - dt.timedelta(days=first.weekday())
    while monday <= last:
        week = (monday + dt.timedelta(days=step) for step in range(_FRIDAY + 1))
        yield from [day for day in week if days.works(day)][:1]
        monday += _WEEK


def _monthly(first: dt.date, last: dt.date, wanted: Any, days: WorkingDays) -> Iterator[dt.date]:
    """The day of each month, or the next working day after it; or the month's last working day."""
    month = first.replace(day=1)
    while month <= last:
        following = (month + dt.timedelta(days=31)).replace(day=1)
        end = following - dt.timedelta(days=1)
        if wanted == LAST_WORKING_DAY:
            yield end if days.works(end) else days.shift(end, -1)
        else:
            day = min(month + dt.timedelta(days=_number(wanted) - 1), end)
            yield day if days.works(day) else days.shift(day, 1)
        month = following


def _number(wanted: Any) -> int:
    """The day of the month."""
    number = int(wanted)
    if not 1 <= number <= 31:  # noqa: PLR2004 (days of the longest month)
        raise ValueError(f"day is {wanted!r}: write 1 to 31 or {LAST_WORKING_DAY}")
    return number
