"""Days that are written out: 16 มิ.ย. 64, 16/6/64, 160664, 16."""

from __future__ import annotations

from bot.reading import calendar_rules as rules
from bot.reading.calendar_rules import Now, Point, doubted
from bot.reading.date_symbols import Line, Symbol, whole

_LONGEST_MONTH = 31
_DAY_MONTH_YEAR = 3
"""Numbers of a day that is written out in full."""
_COMPACT = {6: (2, 4), 8: (2, 4)}


def year_of(line: Line, symbol: Symbol, now: Now) -> rules.Year:
    """The year said by a number, by the era word before it."""
    era = "ce" if line.only("g") else "be" if line.only("y") else ""
    read = rules.read_year(symbol.text, era, now.today)
    return rules.Year(read.value, read.doubt or symbol.doubt, read.refusal)


def _months(line: Line) -> tuple[int, ...]:
    found = line.only("MA")
    return tuple(int(part) for part in str(found[0].value).split(","))


def with_month(line: Line, now: Now) -> Point:
    """16 มิ.ย. 64, with or without year."""
    day, *rest = line.numbers()
    month_first = line.codes.find("D") > max(line.codes.find("M"), line.codes.find("A"))
    if month_first and not rest and whole(day) > _LONGEST_MONTH:
        return Point(refusal="day_missing")
    year = year_of(line, rest[0], now) if rest else None
    point = rules.make_day(whole(day), _months(line), year, now.today)
    return doubted(point, day.doubt)


def with_relative_year(line: Line, now: Now) -> Point:
    """18 มิ.ย. ปีนี้; of another year it is read back."""
    years = 1 if line.only("x") else -1 if line.only("lb") else 0
    point = rules.make_day(whole(line.numbers()[0]), _months(line), rules.Year(now.today.year + years), now.today)
    return doubted(point, "year_missing" if years else "")


def numeric(line: Line, now: Now) -> Point:
    """16/6/64, 2564-06-16, 16 เดือน 6 ปี 64: the day first, unless four digits lead."""
    numbers = line.numbers()
    iso = len(numbers[0].text) == rules.FULL_YEAR and len(numbers) == _DAY_MONTH_YEAR
    day, month, *rest = reversed(numbers) if iso else numbers
    if not rest and whole(month) > _LONGEST_MONTH:
        return Point(refusal="day_missing")
    year = year_of(line, rest[0], now) if rest else None
    spoken = next((number.doubt for number in numbers if number.doubt), "")
    point = rules.make_day(whole(day), (whole(month),), year, now.today)
    unsure = "numeric_short" if not rest and not line.only("sm") else ""
    return doubted(point, spoken or unsure)


def _compact(line: Line, now: Now) -> Point | None:
    text = line.numbers()[0].text
    if len(text) not in _COMPACT:
        return None
    first, second = _COMPACT[len(text)]
    year = rules.read_year(text[second:], "", now.today)
    point = rules.make_day(int(text[:first]), (int(text[first:second]),), year, now.today)
    return doubted(point, "compact")


def bare_day(line: Line, now: Now) -> Point:
    """As in "16", "วันที่ 16": this month, to be confirmed; "16 นี้", "16 เดือนหน้า" are certain."""
    compact = _compact(line, now)
    if compact is not None:
        return compact
    day = line.numbers()[0]
    months = 1 if line.only("x") else -1 if line.only("lb") else 0
    moved = rules.add_months(now.today.replace(day=1), months)
    year = rules.Year(moved.year)
    point = rules.make_day(whole(day), (moved.month,), year, now.today)
    return doubted(point, day.doubt or ("" if line.only("nxlb") else "bare_day"))
