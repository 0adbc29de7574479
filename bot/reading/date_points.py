"""The grammar of single days: a table of symbol patterns, each with the rule that turns it into a Point."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.reading.calendar_rules import Now, Point
from bot.reading.date_counted import (
    ago,
    ahead,
    any_day_of_month,
    any_day_of_week,
    due_day,
    end_of_month,
    end_of_year,
    months_ago_or_day,
    relative,
)
from bot.reading.date_symbols import SPOKEN_PAIR, Line
from bot.reading.date_weekdays import on_weekday, weekday_day, weekday_of_week, with_relative_weekday, with_weekday
from bot.reading.date_written import bare_day, numeric, with_month, with_relative_year

if TYPE_CHECKING:
    from collections.abc import Callable


def read_point(line: Line, now: Now) -> Point | None:
    """The day that a whole line names, or None when no pattern fits."""
    numbers = line.numbers()
    if any(number.doubt == SPOKEN_PAIR for number in (numbers if len(numbers) == 1 else numbers[:-1])):
        return Point(refusal="vague")
    for pattern, rule in _PATTERNS:
        if re.fullmatch(pattern, line.codes):
            return with_weekday(rule(line, now), line, now)
    return None


def _relative_with_date(line: Line, now: Now) -> Point:
    """As in "พรุ่งนี้ 17 มิ.ย.": both must agree."""
    said = re.match(r"[RQ]|[Wa][nx]|[zZ]m[nx]?", line.codes)
    first = line.cut(0, said.end() if said else 1)
    relative = read_point(first, now) or Point()
    rest = line.cut(len(first.codes), len(line.codes))
    if rest.codes.lstrip("c") in {"W", "a"} and relative.day is not None:
        return with_relative_weekday(relative, rest, now)
    other = read_point(Line(rest.symbols[1:]) if rest.codes[:1] == "c" else rest, now)
    if other is None or other.day is None:
        return other or Point(refusal="not_a_date")
    if other.day != relative.day and relative.day is not None:
        return Point(refusal="days_differ", candidates=(other.day, relative.day))
    return Point(other.day)


_PATTERNS: tuple[tuple[str, Callable[[Line, Now], Point]], ...] = (
    (r"[Wa]?[cp]?[Td]*D[shpc]?m?[MA]p?[shc]?[Yyg]*D?c?W?", with_month),
    (r"[Wa]?[cp]?[Td]*D[shpc]?m?M[Y][nxlb]", with_relative_year),
    (r"[Wa]?c?m?M[shpc]?D(?:c?[Yyg]*D)?", with_month),
    (r"[Wa]?c?[Td]*DsD(?:s[Yyg]*D)?", numeric),
    (r"[Wa]?c?[Td]*DhD(?:h[Yyg]*D)?", numeric),
    (r"[Wa]?c?[Td]*DpD(?:p[Yyg]*D)?", numeric),
    (r"[Wa]?c?[Td]*DmD(?:[Yyg]*D)?", numeric),
    (r"[Wa]?c?[Td]*DD[Yyg]*D", numeric),
    (r"Dm[lb]", months_ago_or_day),
    (r"[Td]*D(?:n|m[nxlb])?|[Wa][Td]*Dm[nxlb]", bare_day),
    (r"[RQ]n?P?", relative),
    (r"W[nxlb]?P?", on_weekday),
    (r"W[wa][nxlb]", weekday_of_week),
    (r"[Wa][Td]*Dn?", weekday_day),
    (r"eD[dwam]F?|D[dwam]F|e1?[dwam]1?", ahead),
    (r"D[dwam][lb]", ago),
    (r"[wa][nxlb]", any_day_of_week),
    (r"m[nxlb]", any_day_of_month),
    (r"[zZ]m[nxlb]?|[zZ]m?M[Yyg]*D?", end_of_month),
    (r"zY", end_of_year),
    (r"rT?D|rk|r[nxlb]", due_day),
    (r"[RQ]c?[Wa]|[RQ]c?(?=.*D)[^q]+|[Wa][nx]c?(?=.*D)[^q]+|[zZ]m[nx]?c?(?=.*D)[^q]+", _relative_with_date),
)
