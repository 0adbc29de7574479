"""The grammar of single days: a table of symbol patterns, each with the rule that turns it into a Point."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.reading import calendar_rules as rules
from bot.reading.calendar_rules import Point
from bot.reading.date_symbols import SPOKEN_PAIR, Line, Symbol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_LONGEST_MONTH = 31
_COMPACT = {6: (2, 4), 8: (2, 4)}


@dataclass(frozen=True, slots=True)
class Now:
    """What relative words count from: today, and the due day of each round."""

    today: dt.date
    rounds: Mapping[int, dt.date] = field(default_factory=dict)


def read_point(line: Line, now: Now) -> Point | None:
    """The day that a whole line names, or None when no pattern fits."""
    numbers = line.numbers()
    if any(number.doubt == SPOKEN_PAIR for number in (numbers if len(numbers) == 1 else numbers[:-1])):
        return Point(refusal="vague")
    for pattern, rule in _PATTERNS:
        if re.fullmatch(pattern, line.codes):
            return _with_weekday(rule(line, now), line, now)
    return None


def year_of(line: Line, symbol: Symbol, now: Now) -> rules.Year:
    """The year said by a number, by the era word before it."""
    era = "ce" if line.only("g") else "be" if line.only("y") else ""
    read = rules.read_year(symbol.text, era, now.today)
    return rules.Year(read.value, read.doubt or symbol.doubt, read.refusal)


def _value(symbol: Symbol) -> int:
    return int(str(symbol.value))


def _months(line: Line) -> tuple[int, ...]:
    found = line.only("MA")
    return tuple(int(part) for part in str(found[0].value).split(","))


def _with_month(line: Line, now: Now) -> Point:
    """16 มิ.ย. 64, with or without year."""
    day, *rest = line.numbers()
    month_first = line.codes.find("D") > max(line.codes.find("M"), line.codes.find("A"))
    if month_first and not rest and _value(day) > _LONGEST_MONTH:
        return Point(refusal="day_missing")
    year = year_of(line, rest[0], now) if rest else None
    point = rules.make_day(_value(day), _months(line), year, now.today)
    return _doubted(point, day.doubt)


def _with_relative_year(line: Line, now: Now) -> Point:
    """18 มิ.ย. ปีนี้; of another year it is read back."""
    years = 1 if line.only("x") else -1 if line.only("lb") else 0
    point = rules.make_day(_value(line.numbers()[0]), _months(line), rules.Year(now.today.year + years), now.today)
    return _doubted(point, "year_missing" if years else "")


def _numeric(line: Line, now: Now) -> Point:
    """16/6/64, 2564-06-16, 16 เดือน 6 ปี 64: the day first, unless four digits lead."""
    numbers = line.numbers()
    iso = len(numbers[0].text) == 4 and len(numbers) == 3  # noqa: PLR2004 (a year leads three parts)
    day, month, *rest = reversed(numbers) if iso else numbers
    if not rest and _value(month) > _LONGEST_MONTH:
        return Point(refusal="day_missing")
    year = year_of(line, rest[0], now) if rest else None
    spoken = next((number.doubt for number in numbers if number.doubt), "")
    point = rules.make_day(_value(day), (_value(month),), year, now.today)
    unsure = "numeric_short" if not rest and not line.only("sm") else ""
    return _doubted(point, spoken or unsure)


def _compact(line: Line, now: Now) -> Point | None:
    text = line.numbers()[0].text
    if len(text) not in _COMPACT:
        return None
    first, second = _COMPACT[len(text)]
    year = rules.read_year(text[second:], "", now.today)
    point = rules.make_day(int(text[:first]), (int(text[first:second]),), year, now.today)
    return _doubted(point, "compact")


def _bare_day(line: Line, now: Now) -> Point:
    """As in "16", "วันที่ 16": this month, to be confirmed; "16 นี้", "16 เดือนหน้า" are certain."""
    compact = _compact(line, now)
    if compact is not None:
        return compact
    day = line.numbers()[0]
    months = 1 if line.only("x") else -1 if line.only("lb") else 0
    moved = rules.add_months(now.today.replace(day=1), months)
    year = rules.Year(moved.year)
    point = rules.make_day(_value(day), (moved.month,), year, now.today)
    return _doubted(point, day.doubt or ("" if line.only("nxlb") else "bare_day"))


def _relative(line: Line, now: Now) -> Point:
    symbol = line.only("RQ")[0]
    day = now.today + dt.timedelta(days=_value(symbol))
    return Point(day, doubt="colloquial" if symbol.code == "Q" else "")


def _weekday_value(line: Line) -> int:
    symbol = line.only("Wa")[0]
    return 6 if symbol.code == "a" else _value(symbol)


def _weekday(line: Line, now: Now) -> Point:
    """ศุกร์นี้, ศุกร์หน้า, ศุกร์ที่แล้ว, ศุกร์."""
    wanted = _weekday_value(line)
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


def _weekday_of_week(line: Line, now: Now) -> Point:
    """ศุกร์สัปดาห์หน้า."""
    weeks = 1 if line.only("x") else -1 if line.only("lb") else 0
    return Point(rules.week_span(now.today, weeks)[0] + dt.timedelta(days=_weekday_value(line)))


def _weekday_day(line: Line, now: Now) -> Point:
    """As in "ศุกร์ที่ 18": certain when that day of this month is a Friday."""
    wanted, day = _weekday_value(line), _value(line.numbers()[0])
    spans = (rules.month_span(now.today, months)[0] for months in (0, 1, -1))
    days = [found for span in spans if (found := rules.safe_date(span.year, span.month, day))]
    if days and days[0].month == now.today.month and days[0].weekday() == wanted:
        return Point(days[0])
    if not days:
        return Point(refusal="no_such_day", notes={"day": day})
    others = [found for found in days if found.weekday() == wanted] or [_nearest(days[0], wanted, now)]
    return Point(refusal="weekday_differs", candidates=(days[0], *others))


def _nearest(day: dt.date, wanted: int, now: Now) -> dt.date:
    """The day of the wanted weekday within three days of a day, the one nearer to now first."""
    near = sorted((day + dt.timedelta(days=d) for d in range(-3, 4)), key=lambda other: abs((other - now.today).days))
    return next(other for other in near if other.weekday() == wanted)


def _ahead(line: Line, now: Now) -> Point:
    """อีก 2 วัน, อีก 1 สัปดาห์, 3 วันข้างหน้า; ภายใน 3 วัน."""
    return _moved(line, now, 1)


def _months_ago_or_day(line: Line, now: Now) -> Point:
    """As in "3 เดือนก่อน", three months ago; "18 เดือนที่แล้ว" rather is the 18th of last month. Both are read back."""
    if _value(line.numbers()[0]) <= 12:  # noqa: PLR2004 (months of a year)
        return _moved(line, now, -1)
    return _doubted(_bare_day(line, now), "bare_day")


def _ago(line: Line, now: Now) -> Point:
    return _moved(line, now, -1)


def _moved(line: Line, now: Now, sign: int) -> Point:
    number = next(iter(line.numbers()), Symbol("D", 1, "1", doubt="colloquial"))
    count = _value(number) * sign
    isan = any(symbol.isan for symbol in line.symbols)
    if abs(count) > 3660:  # noqa: PLR2004 (ten years: no due day lies further)
        return Point(refusal="far_year")
    if line.only("wa"):
        return Point(now.today + dt.timedelta(weeks=count), doubt="weeks")
    if line.only("m"):
        return Point(rules.add_months(now.today, count), doubt="months")
    doubt = "dialect" if isan else number.doubt
    return Point(now.today + dt.timedelta(days=count), doubt=doubt)


def _week(line: Line, now: Now) -> Point:
    weeks = 1 if line.only("x") else -1 if line.only("lb") else 0
    first, last = rules.week_span(now.today, weeks)
    return Point(first=first, last=last, doubt="week")


def _month(line: Line, now: Now) -> Point:
    months = 1 if line.only("x") else -1 if line.only("lb") else 0
    first, last = rules.month_span(now.today, months)
    return Point(first=first, last=last, doubt="month")


def _end_of_month(line: Line, now: Now) -> Point:
    """สิ้นเดือน, สิ้นเดือนหน้า, สิ้นเดือนมิถุนายน 2564, วันแรกของเดือน."""
    months = 1 if line.only("x") else -1 if line.only("lb") else 0
    moved = rules.add_months(now.today.replace(day=1), months)
    if named := line.only("M"):
        year = year_of(line, line.numbers()[0], now) if line.numbers() else rules.Year(now.today.year)
        if year.value is None:
            return Point(refusal=year.refusal)
        moved = dt.date(year.value, _value(named[0]), 1)
    return Point(moved if line.only("Z") else rules.month_span(moved, 0)[1], doubt="end_of_month")


def _end_of_year(_line: Line, now: Now) -> Point:
    return Point(dt.date(now.today.year, 12, 31), doubt="end_of_year")


def _round(line: Line, now: Now) -> Point:
    """The due day of a round, always read back."""
    known = sorted(now.rounds)
    if not known:
        return Point(refusal="no_such_round")
    words = [str(symbol.value) for symbol in line.only("k")]
    if line.numbers():
        number = _value(line.numbers()[0])
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


def _relative_with_date(line: Line, now: Now) -> Point:
    """As in "พรุ่งนี้ 17 มิ.ย.": both must agree."""
    said = re.match(r"[RQ]|[Wa][nx]|[zZ]m[nx]?", line.codes)
    first = line.cut(0, said.end() if said else 1)
    relative = read_point(first, now) or Point()
    rest = line.cut(len(first.codes), len(line.codes))
    if rest.codes.lstrip("c") in {"W", "a"} and relative.day is not None:
        return _on_weekday(relative, rest, now)
    other = read_point(Line(rest.symbols[1:]) if rest.codes[:1] == "c" else rest, now)
    if other is None or other.day is None:
        return other or Point(refusal="not_a_date")
    if other.day != relative.day and relative.day is not None:
        return Point(refusal="days_differ", candidates=(other.day, relative.day))
    return Point(other.day)


def _on_weekday(point: Point, said: Line, now: Now) -> Point:
    """As in "พรุ่งนี้วันพฤหัส"."""
    wanted = _weekday_value(said)
    if point.day is not None and point.day.weekday() == wanted:
        return Point(point.day, doubt=point.doubt, notes={"weekday": wanted})
    days = () if point.day is None else (point.day, _nearest(point.day, wanted, now))
    return Point(refusal="weekday_differs", candidates=days)


def _doubted(point: Point, doubt: str) -> Point:
    if not doubt or point.day is None or point.doubt:
        return point
    return Point(point.day, doubt=doubt, notes=point.notes)


def _with_weekday(point: Point, line: Line, now: Now) -> Point:
    """A weekday that does not belong to the day shows a slip in one of the two: ask."""
    said = line.only("W") or (line.only("a") if line.numbers() and not line.only("nxlbed") else [])
    if not said or point.day is None or not line.numbers():
        return point
    wanted = _weekday_value(line)
    if point.day.weekday() == wanted:
        return Point(point.day, doubt=point.doubt, notes={**point.notes, "weekday": wanted})
    return Point(refusal="weekday_differs", candidates=(point.day, _nearest(point.day, wanted, now)))


_PATTERNS: tuple[tuple[str, Callable[[Line, Now], Point]], ...] = (
    (r"[Wa]?[cp]?[Td]*D[shpc]?m?[MA]p?[shc]?[Yyg]*D?c?W?", _with_month),
    (r"[Wa]?[cp]?[Td]*D[shpc]?m?M[Y][nxlb]", _with_relative_year),
    (r"[Wa]?c?m?M[shpc]?D(?:c?[Yyg]*D)?", _with_month),
    (r"[Wa]?c?[Td]*DsD(?:s[Yyg]*D)?", _numeric),
    (r"[Wa]?c?[Td]*DhD(?:h[Yyg]*D)?", _numeric),
    (r"[Wa]?c?[Td]*DpD(?:p[Yyg]*D)?", _numeric),
    (r"[Wa]?c?[Td]*DmD(?:[Yyg]*D)?", _numeric),
    (r"[Wa]?c?[Td]*DD[Yyg]*D", _numeric),
    (r"Dm[lb]", _months_ago_or_day),
    (r"[Td]*D(?:n|m[nxlb])?|[Wa][Td]*Dm[nxlb]", _bare_day),
    (r"[RQ]n?P?", _relative),
    (r"W[nxlb]?P?", _weekday),
    (r"W[wa][nxlb]", _weekday_of_week),
    (r"[Wa][Td]*Dn?", _weekday_day),
    (r"eD[dwam]F?|D[dwam]F|e1?[dwam]1?", _ahead),
    (r"D[dwam][lb]", _ago),
    (r"[wa][nxlb]", _week),
    (r"m[nxlb]", _month),
    (r"[zZ]m[nxlb]?|[zZ]m?M[Yyg]*D?", _end_of_month),
    (r"zY", _end_of_year),
    (r"rT?D|rk|r[nxlb]", _round),
    (r"[RQ]c?[Wa]|[RQ]c?(?=.*D)[^q]+|[Wa][nx]c?(?=.*D)[^q]+|[zZ]m[nx]?c?(?=.*D)[^q]+", _relative_with_date),
)
