"""A time of day that stands alone: "14.30 น.", บ่ายสองโมงครึ่ง, สามทุ่ม, ตีห้า, 9 โมงเช้า, "2:30 pm".

โมง counts the day twice over: สี่โมง is 10.00 or 16.00. Where only the speaker knows, both are offered.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from bot.reading.numerals import Number
from bot.reading.outcome import Action, Reading
from bot.reading.spoken import fold_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.reading.lexicon import Lexicon
    from bot.reading.tokens import Token

MAX_LENGTH = 100
"""A time is never a longer text (characters)."""

_SYMBOLS = (
    ("hour_mark", "N"),
    ("mong", "M"),
    ("morning", "m"),
    ("late_morning", "m"),
    ("evening_part", "e"),
    ("night_part", "n"),
    ("afternoon", "B"),
    ("evening", "V"),
    ("night", "G"),
    ("noon", "O"),
    ("midnight", "I"),
    ("minute_half", "H"),
    ("minute", "i"),
    ("before_noon", "a"),
    ("after_noon", "p"),
    ("dot", "."),
    ("colon", ":"),
)
_HALF = 30
_TWO = 2
"""Minutes have two digits."""
_NOON, _HOURS, _MINUTES = 12, 24, 60
_THUM = 18
"""One ทุ่ม is 19.00."""
_EARLY = 6
"""Hours of the old morning count: two โมงเช้า is 8.00."""
_LAST_CERTAIN, _FIRST_CERTAIN = 11, 7
"""Seven to eleven โมง are in the morning, whoever speaks."""

Hours = tuple[int, ...]
"""Hours that may be meant, the likeliest first; empty: none."""


class TimeReader:
    """Reads one time of day."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._vocabulary = lexicon.vocabulary("particles", "numbers", "clock", digits=r"\d+")

    def read(self, text: str) -> Reading[dt.time]:
        """See Reader.time."""
        if len(text) > MAX_LENGTH:
            return Reading(Action.ASK, None, "too_long")
        tokens = self._lexicon.cut(text, self._vocabulary)
        if any(token.has("approx") for token in tokens):
            return Reading(Action.ASK, None, "approximate")
        codes, values, texts = _line([token for token in tokens if not token.has("particle", "filler")])
        clock = _clock(codes, values, texts) or _bare(codes, texts)
        return clock or _counted(codes, values) or Reading(Action.ASK, None, "not_a_time")


def _line(tokens: Sequence[Token]) -> tuple[str, list[int], list[str]]:
    """One symbol a token, the numbers' values, and the numbers' texts; "u" for what is unknown."""
    codes, values, texts = "", [], []
    for item in fold_numbers(list(tokens)):
        if isinstance(item, Number):
            value = int(item.text) if item.text.isdecimal() else item.value
            codes += "u" if value is None else "D"
            values.append(value or 0)
            texts.append(item.text)
        else:
            codes += next((code for kind, code in _SYMBOLS if item.has(kind)), "u")
    return codes, values, texts


def _time(hour: int, minute: int) -> dt.time | None:
    return dt.time(hour, minute) if 0 <= hour < _HOURS and 0 <= minute < _MINUTES else None


def _taken(hour: int, minute: int, why: str = "") -> Reading[dt.time] | None:
    time = _time(hour, minute)
    return None if time is None else Reading(Action.CONFIRM if why else Action.ACCEPT, time, why)


def _clock(codes: str, values: list[int], texts: list[str]) -> Reading[dt.time] | None:
    """Hours and minutes with a sign between: 14.30, 14:30:00, 2.30 pm."""
    found = re.fullmatch(r"D(?:[.:]D){0,2}\.?N?([ap]?)", codes)
    if found is None or (len(values) == 1 and not found[1]):
        return None
    if any(len(text) != _TWO for text in texts[1:]) or any(value >= _MINUTES for value in values[1:]):
        return None
    hour = _of_half_day(values[0], found[1])
    return None if hour is None else _taken(hour, values[1] if len(values) > 1 else 0)


def _of_half_day(hour: int, mark: str) -> int | None:
    """An hour with am or pm; without, the hour itself."""
    if not mark:
        return hour
    if not 1 <= hour <= _NOON:
        return hour if mark == "p" and hour > _NOON else None
    return hour % _NOON + (_NOON if mark == "p" else 0)


def _bare(codes: str, texts: list[str]) -> Reading[dt.time] | None:
    """Figures alone: 1430, 0930, 9 น.; a lone 9 or 930 is read back."""
    if codes not in {"D", "DN", "DN."} or not texts[0].isdecimal():
        return None
    figures, marked = texts[0], codes != "D"
    if len(figures) in {3, 4}:
        return _taken(int(figures[:-2]), int(figures[-2:]), "" if marked or len(figures) == 4 else "time")  # noqa: PLR2004
    return _taken(int(figures), 0, "" if marked else "time")


def _counted(codes: str, values: list[int]) -> Reading[dt.time] | None:
    """The ways in which Thai counts hours, with ครึ่ง or minutes after them."""
    for pattern, hours in _PATTERNS:
        found = re.fullmatch(rf"(?:{pattern})(H|Di?)?", codes)
        if found is None:
            continue
        tail = found[1] or ""
        minute = _HALF if tail == "H" else values[-1] if tail else 0
        said = values[:-1] if tail.startswith("D") else values
        times = [time for hour in hours(said[0] if said else 0) if (time := _time(hour, minute)) is not None]
        if times:
            return _one_of(times)
    return None


def _one_of(times: list[dt.time]) -> Reading[dt.time]:
    if len(times) == 1:
        return Reading(Action.ACCEPT, times[0])
    return Reading(Action.ASK, None, "ambiguous", {"candidates": [time.isoformat("minutes") for time in times]})


def _mong(hour: int) -> Hours:
    if _FIRST_CERTAIN <= hour <= _LAST_CERTAIN or hour >= _NOON:
        return (hour,)
    if hour == _EARLY:
        return (_EARLY, _EARLY + _NOON)
    return (hour + _NOON, hour + _EARLY) if hour >= 1 else ()


def _in_the_morning(hour: int) -> Hours:
    if _EARLY <= hour <= _LAST_CERTAIN:
        return (hour,)
    return (hour + _EARLY, hour) if 1 <= hour < _EARLY else ()


def _late(hour: int) -> Hours:
    """Afternoon and evening by the clock of twelve hours."""
    return (hour,) if hour > _NOON else (hour + _NOON,) if 1 <= hour < _NOON else ()


def _thum(hour: int) -> Hours:
    return ((hour + _THUM) % _HOURS,) if 1 <= hour <= _EARLY else ()


def _fixed(hour: int) -> Callable[[int], Hours]:
    return lambda _said: (hour,)


_PATTERNS: tuple[tuple[str, Callable[[int], Hours]], ...] = (
    (r"BDM?", _late),
    (r"DM?B", _late),
    (r"BM?", _fixed(13)),
    (r"DM?[en]", _late),
    (r"[en]DM?", _late),
    (r"DMm|Dm|mDM?", _in_the_morning),
    (r"DM", _mong),
    (r"DV[n]?", _thum),
    (r"V", _fixed(19)),
    (r"GD", lambda hour: (hour,) if 1 <= hour <= _EARLY else ()),
    (r"DN", lambda hour: (hour,)),
    (r"O", _fixed(12)),
    (r"I", _fixed(0)),
)
