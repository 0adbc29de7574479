"""Years, months and days as Thai offices write them, turned into calendar dates, with what is doubtful about them."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

BUDDHIST_OFFSET = 543
MONTHS_OF_A_YEAR = 12
SHORT_YEAR, FULL_YEAR = 2, 4
"""Digits of a year as people write it: 64, 2564."""
_BUDDHIST, _COMMON = range(2401, 2700), range(1851, 2150)
"""Years of living people and their papers."""
_SHORT_BE_FROM = 43
_SAME_YEAR_DAYS = 270
"""A day without year is of this year unless it lies further off; then the nearest such day, read back."""
_FAR_YEARS = 5
"""A year this far from now is read back: 2546 is a common slip for 2564."""


@dataclass(frozen=True, slots=True)
class Point:
    """One day (or span of days) that was read.

    `doubt` asks for a yes, `refusal` says why no day may be taken; `candidates` are the days it could be. `notes`
    are further facts (weekday, round, last_day ...).
    """

    day: dt.date | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    doubt: str = ""
    refusal: str = ""
    candidates: tuple[dt.date, ...] = ()
    notes: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Year:
    """A calendar year of the Common Era, or None with a refusal."""

    value: int | None
    doubt: str = ""
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Now:
    """What relative words count from: today, and the due day of each round."""

    today: dt.date
    rounds: Mapping[int, dt.date] = field(default_factory=dict)


def doubted(point: Point, doubt: str) -> Point:
    if not doubt or point.day is None or point.doubt:
        return point
    return Point(point.day, doubt=doubt, notes=point.notes)


def read_year(digits: str, era: str, now: dt.date) -> Year:
    """Two digits 43-99 are BE 25xx, 00-42 CE 20xx to be confirmed; four digits above 2400 are BE.

    `era` is "be", "ce" or "" as the text says.
    """
    number = int(digits)
    if len(digits) == SHORT_YEAR:
        return _checked(_short_year(number, era), now, doubt="" if era or number >= _SHORT_BE_FROM else "short_year")
    if len(digits) != FULL_YEAR:
        return Year(None, refusal="year")
    buddhist, common = number in _BUDDHIST, number in _COMMON
    if (buddhist and era != "ce") or (common and era != "be"):
        return _checked(number - BUDDHIST_OFFSET if buddhist else number, now)
    return Year(None, refusal="year")


def _short_year(number: int, era: str) -> int:
    if era == "be" or (not era and number >= _SHORT_BE_FROM):
        return 2500 + number - BUDDHIST_OFFSET
    return 2000 + number


def _checked(year: int, now: dt.date, doubt: str = "") -> Year:
    return Year(year, doubt or ("far_year" if abs(year - now.year) > _FAR_YEARS else ""))


def make_day(day: int, months: tuple[int, ...], year: Year | None, now: dt.date) -> Point:
    """A day of a month; a missing year is the one nearest to now; several possible months are asked."""
    if year is not None and year.value is None:
        return Point(refusal=year.refusal)
    days = [found for month in months if (found := _in_year(day, month, year, now))]
    if len(months) > 1:
        return Point(refusal="month", candidates=tuple(days))
    if not days:
        return _no_such_day(day, months[0], year, now)
    doubt = year.doubt if year else ("year_missing" if days[0].year != now.year else "")
    return Point(days[0], doubt=doubt)


def _in_year(day: int, month: int, year: Year | None, now: dt.date) -> dt.date | None:
    if year is not None and year.value is not None:
        return safe_date(year.value, month, day)
    this_year = safe_date(now.year, month, day)
    if this_year and abs((this_year - now).days) <= _SAME_YEAR_DAYS:
        return this_year
    found = [d for offset in (0, -1, 1) if (d := safe_date(now.year + offset, month, day))]
    return min(found, key=lambda d: abs((d - now).days), default=None)


def _no_such_day(day: int, month: int, year: Year | None, now: dt.date) -> Point:
    if not 1 <= month <= MONTHS_OF_A_YEAR:
        return Point(refusal="no_such_month")
    value = year.value if year and year.value else now.year
    last = calendar.monthrange(value, month)[1]
    return Point(refusal="no_such_day", notes={"day": day, "month": month, "last_day": last})


def safe_date(year: int, month: int, day: int) -> dt.date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return dt.date(year, month, day)
    except (ValueError, OverflowError):
        return None


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day some months on; the last day of the month where that month is shorter."""
    index = day.year * MONTHS_OF_A_YEAR + day.month - 1 + months
    year, month = divmod(index, MONTHS_OF_A_YEAR)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_span(day: dt.date, months: int) -> tuple[dt.date, dt.date]:
    """First and last day of the month that lies `months` away."""
    moved = add_months(day.replace(day=1), months)
    return moved, moved.replace(day=calendar.monthrange(moved.year, moved.month)[1])


def week_span(day: dt.date, weeks: int) -> tuple[dt.date, dt.date]:
    """Monday and Sunday of the week that lies `weeks` away."""
    monday = day - dt.timedelta(days=day.weekday()) + dt.timedelta(weeks=weeks)
    return monday, monday + dt.timedelta(days=6)
