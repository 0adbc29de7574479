"""Bangkok time and working days, as the province's own table has them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

BANGKOK = dt.timezone(dt.timedelta(hours=7))
"""Asia/Bangkok has had no daylight saving since 1920."""
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Monday to Friday without `holidays` (an editable table; see docs/campaigns.md)."""

    holidays: Collection[dt.date]

    def works(self, day: dt.date) -> bool:
        return day.weekday() < _SATURDAY and day not in self.holidays

    def shift(self, day: dt.date, steps: int) -> dt.date:
        """The working day that lies `steps` working days after (before, if negative) `day`; 0 is `day` itself."""
        direction = 1 if steps > 0 else -1
        for _ in range(abs(steps)):
            day += dt.timedelta(days=direction)
            while not self.works(day):
                day += dt.timedelta(days=direction)
        return day

    def between(self, first: dt.date, last: dt.date) -> int:
        """How many working days lie after `first` up to and including `last`."""
        days = (first + dt.timedelta(days=step) for step in range(1, (last - first).days + 1))
        return sum(self.works(day) for day in days)


def day_of(instant: dt.datetime) -> dt.date:
    """The calendar day in Bangkok."""
    return instant.astimezone(BANGKOK).date()


def end_of(day: dt.date) -> dt.datetime:
    """Due until 24.00: the last second of the day in Bangkok."""
    return dt.datetime.combine(day, dt.time(23, 59, 59), BANGKOK)


def is_late(now: dt.datetime, due_at: dt.datetime) -> bool:
    """The due time's own second, 23:59:59 and all its fractions, is still in time."""
    return now >= due_at + dt.timedelta(seconds=1)


def at(day: dt.date, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, time, BANGKOK)
