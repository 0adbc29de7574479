"""Days of the week: ศุกร์หน้า, ศุกร์ที่ 18, and whether one that is said belongs to the day beside it."""

from __future__ import annotations

import datetime as dt

from bot.reading import calendar_rules as rules
from bot.reading.calendar_rules import Now, Point
from bot.reading.date_symbols import Line, whole


def weekday_value(line: Line) -> int:
    symbol = line.only("Wa")[0]
    return 6 if symbol.code == "a" else whole(symbol)


def on_weekday(line: Line, now: Now) -> Point:
    """ศุกร์นี้, ศุกร์หน้า, ศุกร์ที่แล้ว, ศุกร์."""
    wanted = weekday_value(line)
    today = now.today
    ahead = (wanted - today.weekday()) % 7
    if line.only("lb"):
        return Point(today - dt.timedelta(days=(today.weekday() - wanted) % 7 or 7), doubt="weekday_last")
    if line.only("x"):
        return Point(rules.week_span(today, 1)[0] + dt.timedelta(days=wanted), doubt="weekday_next")
    day = today + dt.timedelta(days=ahead)
    if not line.only("n"):
        return Point(day, doubt="weekday_alone")
    certain = ahead > 0 and day.isocalendar()[1] == today.isocalendar()[1]
    return Point(day, doubt="" if certain else "weekday_this")


def weekday_of_week(line: Line, now: Now) -> Point:
    """ศุกร์สัปดาห์หน้า."""
    weeks = 1 if line.only("x") else -1 if line.only("lb") else 0
    return Point(rules.week_span(now.today, weeks)[0] + dt.timedelta(days=weekday_value(line)))


def weekday_day(line: Line, now: Now) -> Point:
    """As in "ศุกร์ที่ 18": certain when that day of this month is a Friday."""
    wanted, day = weekday_value(line), whole(line.numbers()[0])
    spans = (rules.month_span(now.today, months)[0] for months in (0, 1, -1))
    days = [found for span in spans if (found := rules.safe_date(span.year, span.month, day))]
    if days and days[0].month == now.today.month and days[0].weekday() == wanted:
        return Point(days[0])
    if not days:
        return Point(refusal="no_such_day", notes={"day": day})
    others = [found for found in days if found.weekday() == wanted] or [nearest(days[0], wanted, now)]
    return Point(refusal="weekday_differs", candidates=(days[0], *others))


def nearest(day: dt.date, wanted: int, now: Now) -> dt.date:
    """The day of the wanted weekday within three days of a day, the one nearer to now first."""
    near = sorted((day + dt.timedelta(days=d) for d in range(-3, 4)), key=lambda other: abs((other - now.today).days))
    return next(other for other in near if other.weekday() == wanted)


def with_relative_weekday(point: Point, said: Line, now: Now) -> Point:
    """As in "พรุ่งนี้วันพฤหัส"."""
    wanted = weekday_value(said)
    if point.day is not None and point.day.weekday() == wanted:
        return Point(point.day, doubt=point.doubt, notes={"weekday": wanted})
    days = () if point.day is None else (point.day, nearest(point.day, wanted, now))
    return Point(refusal="weekday_differs", candidates=days)


def with_weekday(point: Point, line: Line, now: Now) -> Point:
    """A weekday that does not belong to the day shows a slip in one of the two: ask."""
    said = line.only("W") or (line.only("a") if line.numbers() and not line.only("nxlbed") else [])
    if not said or point.day is None or not line.numbers():
        return point
    wanted = weekday_value(line)
    if point.day.weekday() == wanted:
        return Point(point.day, doubt=point.doubt, notes={**point.notes, "weekday": wanted})
    return Point(refusal="weekday_differs", candidates=(point.day, nearest(point.day, wanted, now)))
