"""Dates as people type them: Buddhist years, Thai months, relative days, ranges, limits and rounds."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.reading.calendar_rules import Now, Point
from bot.reading.clock_time import take_time
from bot.reading.date_points import read_point
from bot.reading.date_symbols import Line, Symbol, symbols_of
from bot.reading.mend import mend
from bot.reading.outcome import Action, Reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.reading.lexicon import Lexicon

MAX_LENGTH = 200
"""A date is never a longer text (characters)."""

_LONGEST_MONTH = 31


class DateReader:
    """Reads one date, or a span of days."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._vocabulary = lexicon.vocabulary("particles", "numbers", "dates", digits=r"\d+")

    def read(
        self, text: str, now: dt.datetime, rounds: Mapping[int, dt.date], *, lenient: bool = False
    ) -> Reading[dt.date]:
        """See Reader.date. `lenient` reads back a day that stands beside a few unknown words."""
        if len(text) > MAX_LENGTH:
            return Reading(Action.ASK, None, "too_long")
        tokens = mend(self._lexicon.cut(text, self._vocabulary), self._vocabulary, ("month", "weekday", "relative"))
        line, time = take_time(symbols_of(tokens))
        line, bound, approx = _take_frame(line)
        today = Now(now.date(), rounds)
        point = _read(line, today, bounded=bound or "")
        if lenient and point.refusal == "not_a_date":
            point = _amid_words(line, today) or point
        return _reading(point, line, {"time": time, "bound": bound}, approx=approx)


def _take_frame(line: Line) -> tuple[Line, str | None, bool]:
    """Set aside what stands around the day: a limit word, a guess word, a stray time word."""
    approx = bool(line.only("~"))
    line = _tidy(line.dropping("~t"))
    codes = line.codes
    span = re.search(r"D.*[qh].*D", codes) and not re.search(r"DhDhD", codes)
    if codes[:1] == "j" and len(codes) > 1:
        return line.cut(1, len(codes)), None, approx
    if codes[:1] not in {"b", "f"} or len(codes) == 1:
        return line, None, approx
    bound = None if span else str(line.symbols[0].value) if codes[0] == "b" else "after"
    return line.cut(1, len(codes)), bound, approx


def _tidy(line: Line) -> Line:
    """Without parts of the day, a closing point, วัน before a weekday; "เมื่อศุกร์" is the Friday that has been."""
    line = line.dropping("PC") if line.only("DRQW") else line
    codes = line.codes
    if re.fullmatch(r"E[Td]*[Wa]", codes):
        return Line((line.symbols[-1], Symbol("l", True, "")))  # noqa: FBT003 (a value, not a switch)
    kept = re.sub(r"E|(?<!D)d(?=W)|(?<=[DM])[pc]+$", lambda found: " " * len(found.group()), codes)
    return Line(tuple(symbol for symbol, code in zip(line.symbols, kept, strict=True) if code != " "))


def _amid_words(line: Line, now: Now) -> Point | None:
    """As in "ผู้ใหญ่บอก 18 มิ.ย.": a day with a month or a word of its own is read back, whatever stands around it."""
    found = re.fullmatch(r"(u{0,4})([^u]+)(u{0,4})", line.codes)
    if found is None or not found.group(1) + found.group(3):
        return None
    middle = line.cut(found.start(2), found.end(2))
    point = read_point(middle, now)
    if point is None or point.day is None or not re.search(r"M|[RQ]|D[sph]D[sph]D|W.*D|D.*W", middle.codes):
        return None
    return Point(point.day, doubt="unknown_words", notes=point.notes)


def _read(line: Line, now: Now, *, bounded: str) -> Point:
    if refusal := next(
        (why for code, why in (("!", "negation"), ("?", "question"), ("v", "vague")) if code in line.codes), ""
    ):
        return Point(refusal=refusal)
    if bounded and re.fullmatch(r"D[dwam]", line.codes):
        line = Line((Symbol("e", True, ""), *line.symbols))  # noqa: FBT003 (a value, not a switch)
    if bounded == "within" and re.fullmatch(r"m?M(?:[Yyg]*D)?", line.codes) and _no_day_of_month(line):
        line = Line((Symbol("z", True, ""), *line.symbols))  # noqa: FBT003 (a value, not a switch)
    point = read_point(line, now)
    if point is not None and not _could_be_span(line, point):
        return point
    return _span(line, now) or _several(line, now) or point or Point(refusal="not_a_date")


def _no_day_of_month(line: Line) -> bool:
    """As in "ภายใน มิ.ย. 64": the number after the month is a year."""
    return all(int(str(number.value)) > _LONGEST_MONTH for number in line.numbers())


def _could_be_span(line: Line, point: Point) -> bool:
    """As in "7-11" may be 7 November or the 7th to the 11th; "16-18" can only be a span."""
    return re.fullmatch(r"[Td]*DhD", line.codes) is not None and point.refusal == "no_such_month"


def _span(line: Line, now: Now) -> Point | None:
    """As in "7-11 มิ.ย.", "28 มิ.ย. ถึง 2 ก.ค. 64", "7-11/6/64": the first day takes what it lacks from the last."""
    for found in re.finditer(r"[qh]", line.codes):
        right = line.cut(found.end(), len(line.codes))
        last = read_point(right, now)
        first = _first_of_span(line.cut(0, found.start()), right, now)
        if last is None or first is None or first.day is None:
            continue
        if last.day is None:
            return last if last.refusal else None
        if first.day > last.day:
            return Point(refusal="span_backwards", candidates=(first.day, last.day))
        doubt = last.doubt or (first.doubt if first.doubt != "bare_day" else "")
        return Point(first=first.day, last=last.day, doubt=doubt)
    return None


def _first_of_span(left: Line, right: Line, now: Now) -> Point | None:
    if re.fullmatch(r"[Wa]?[Td]*D", left.codes):
        tail = re.sub(r"^[Wa]?[Td]*D", "", right.codes)
        return read_point(Line(left.symbols + right.symbols[len(right.codes) - len(tail) :]), now)
    if re.fullmatch(r"[Wa]?[Td]*D(?:[MA]p?|[sp]D)", left.codes):
        year = re.search(r"(?<=[MAp])[Yyg]*D$|(?<=[sp]D)[sp][Yyg]*D$", right.codes)
        joined = Line(left.symbols + right.symbols[year.start() :]) if year else left
        return read_point(joined, now)
    return read_point(left, now)


def _several(line: Line, now: Now) -> Point | None:
    """As in "7, 14 และ 21 มิ.ย.": several days are never guessed at; they are offered."""
    places = [found.start() for found in re.finditer("c", line.codes)]
    if not places:
        return None
    edges = [-1, *places, len(line.codes)]
    parts = [line.cut(start + 1, end) for start, end in pairwise(edges)]
    points = [_first_of_span(part, parts[-1], now) for part in parts if part.symbols]
    days = tuple(point.day for point in points if point and point.day)
    return Point(refusal="several", candidates=days) if len(days) == len(points) else None


def _reading(point: Point, line: Line, notes: dict[str, object], *, approx: bool) -> Reading[dt.date]:
    facts = {**{key: value for key, value in notes.items() if value}, **point.notes}
    if notes["bound"] in {"by", "within"}:
        facts["bound"] = "before"
    if any(symbol.isan for symbol in line.symbols):
        facts["dialect"] = "isan"
    if point.candidates:
        facts["candidates"] = list(point.candidates)
    if point.refusal:
        return Reading(Action.ASK, None, point.refusal, facts)
    value = point.day
    if point.first and point.last:
        facts |= {"from": point.first, "to": point.last}
        value = {"within": point.last, "by": point.first, "after": point.first}.get(str(notes["bound"]))
    doubt = point.doubt or ("approximate" if approx else "") or ("bound" if notes["bound"] else "")
    doubt = doubt or ("dialect" if "dialect" in facts else "")
    return Reading(Action.CONFIRM if doubt else Action.ACCEPT, value, doubt, facts)
