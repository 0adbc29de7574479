"""Days that are counted from today, and days of a plan: พรุ่งนี้, อีก 2 วัน, สิ้นเดือน, กำหนดครั้งที่ 2."""

from __future__ import annotations

import datetime as dt

from bot.reading import calendar_rules as rules
from bot.reading.calendar_rules import Now, Point, doubted
from bot.reading.date_symbols import Line, Symbol, whole
from bot.reading.date_written import bare_day, year_of

_FARTHEST_DAYS, _FARTHEST_WEEKS, _FARTHEST_MONTHS = 3660, 522, 10 * rules.MONTHS_OF_A_YEAR
"""Ten years: no due day lies further."""


def relative(line: Line, now: Now) -> Point:
    symbol = line.only("RQ")[0]
    day = now.today + dt.timedelta(days=whole(symbol))
    return Point(day, doubt="colloquial" if symbol.code == "Q" else "")


def ahead(line: Line, now: Now) -> Point:
    """อีก 2 วัน, อีก 1 สัปดาห์, 3 วันข้างหน้า; ภายใน 3 วัน."""
    return _moved(line, now, 1)


def months_ago_or_day(line: Line, now: Now) -> Point:
    """As in "3 เดือนก่อน", three months ago; "18 เดือนที่แล้ว" rather is the 18th of last month. Both are read back."""
    if whole(line.numbers()[0]) <= rules.MONTHS_OF_A_YEAR:
        return _moved(line, now, -1)
    return doubted(bare_day(line, now), "bare_day")


def ago(line: Line, now: Now) -> Point:
    return _moved(line, now, -1)


def _moved(line: Line, now: Now, sign: int) -> Point:
    number = next(iter(line.numbers()), Symbol("D", 1, "1", doubt="colloquial"))
    count = whole(number) * sign
    isan = any(symbol.isan for symbol in line.symbols)
    weeks, months = line.only("wa"), line.only("m")
    if abs(count) > (_FARTHEST_WEEKS if weeks else _FARTHEST_MONTHS if months else _FARTHEST_DAYS):
        return Point(refusal="far_year")
    if weeks:
        return Point(now.today + dt.timedelta(weeks=count), doubt="weeks")
    if months:
        return Point(rules.add_months(now.today, count), doubt="months")
    doubt = "dialect" if isan else number.doubt
    return Point(now.today + dt.timedelta(days=count), doubt=doubt)


def any_day_of_week(line: Line, now: Now) -> Point:
    weeks = 1 if line.only("x") else -1 if line.only("lb") else 0
    first, last = rules.week_span(now.today, weeks)
    return Point(first=first, last=last, doubt="week")


def any_day_of_month(line: Line, now: Now) -> Point:
    months = 1 if line.only("x") else -1 if line.only("lb") else 0
    first, last = rules.month_span(now.today, months)
    return Point(first=first, last=last, doubt="month")


def end_of_month(line: Line, now: Now) -> Point:
    """สิ้นเดือน, สิ้นเดือนหน้า, สิ้นเดือนมิถุนายน 2564, วันแรกของเดือน."""
    months = 1 if line.only("x") else -1 if line.only("lb") else 0
    moved = rules.add_months(now.today.replace(day=1), months)
    if named := line.only("M"):
        year = year_of(line, line.numbers()[0], now) if line.numbers() else rules.Year(now.today.year)
        if year.value is None:
            return Point(refusal=year.refusal)
        moved = dt.date(year.value, whole(named[0]), 1)
    return Point(moved if line.only("Z") else rules.month_span(moved, 0)[1], doubt="end_of_month")


def end_of_year(_line: Line, now: Now) -> Point:
    return Point(dt.date(now.today.year, 12, 31), doubt="end_of_year")


def due_day(line: Line, now: Now) -> Point:
    """The due day of a round, always read back."""
    known = sorted(now.rounds)
    if not known:
        return Point(refusal="no_such_round")
    words = [str(symbol.value) for symbol in line.only("k")]
    if line.numbers():
        number = whole(line.numbers()[0])
    elif words:
        number = known[0] if words[0] == "first" else known[-1]
    else:
        open_rounds = [number for number in known if now.rounds[number] >= now.today]
        place = 1 if line.only("x") else -1 if line.only("lb") else 0
        past = [number for number in known if now.rounds[number] < now.today]
        if place < 0:
            return (
                Point(now.rounds[past[-1]], doubt="round", notes={"round": past[-1]})
                if past
                else Point(refusal="no_such_round")
            )
        number = open_rounds[place] if len(open_rounds) > place else known[-1] + 1
    if number not in now.rounds:
        return Point(refusal="no_such_round", notes={"round": number})
    return Point(now.rounds[number], doubt="round", notes={"round": number})
