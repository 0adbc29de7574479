"""ODK XPath: dates and times, in the zone of the environment."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable

from bot.forms.xpath.data import DAY_SECONDS, Moment, NoDate, Value, from_days, moment, text_number, to_text
from bot.forms.xpath.frame import Env, Frame
from bot.forms.xpath.function import Function, eager, reading, table
from bot.forms.xpath.scope import NOW, TODAY

INVALID = NoDate("Invalid Date")
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d+))?)?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?", re.ASCII)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def today(frame: Frame) -> Moment:
    return Moment(frame.env.now.replace(hour=0, minute=0, second=0, microsecond=0))


def now(frame: Frame) -> Moment:
    return Moment(frame.env.now, timed=True)


def to_moment(value: Value, env: Env) -> Moment | None:
    """A date out of a date, an ISO text or a number of days."""
    if isinstance(value, Moment):
        return value
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        return from_days(value, env.zone)
    text = to_text(value, env)
    found = moment(text, env.zone)
    return found if found is not None else from_days(text_number(text, env.zone), env.zone)


def date(frame: Frame, value: Value) -> Value:
    """A date as moment; an empty value stays empty, what is no date is 'Invalid Date'."""
    found = to_moment(value, frame.env)
    if found is not None:
        return found
    return "" if to_text(value, frame.env) == "" else INVALID


def decimal_date_time(frame: Frame, value: Value) -> float:
    found = to_moment(value, frame.env)
    return math.nan if found is None else found.days


def decimal_time(frame: Frame, value: Value) -> float:
    """A time of day as fraction of the day in the local zone; NaN when it is none."""
    found = _TIME.fullmatch(to_text(value, frame.env))
    if found is None:
        return math.nan
    hour, minute, second, fraction, offset = found.groups()
    seconds = int(hour) * 3600 + int(minute) * 60 + int(second or 0) + float(f"0.{fraction or 0}")
    if offset:
        day = moment(f"1970-01-01T00:00:00{offset}", frame.env.zone)
        seconds -= 0.0 if day is None else _zone_gap(day, frame.env)
    return (seconds % DAY_SECONDS) / DAY_SECONDS


def _zone_gap(midnight: Moment, env: Env) -> float:
    """Seconds between midnight in an offset of its own and local midnight."""
    local = dt.datetime(1970, 1, 1, tzinfo=env.zone)
    return -(midnight.at - local).total_seconds()


_FIELDS: dict[str, Callable[[dt.datetime], str]] = {
    "Y": lambda at: f"{at.year:04d}",
    "y": lambda at: f"{at.year % 100:02d}",
    "m": lambda at: f"{at.month:02d}",
    "n": lambda at: str(at.month),
    "b": lambda at: _MONTHS[at.month - 1],
    "d": lambda at: f"{at.day:02d}",
    "e": lambda at: str(at.day),
    "H": lambda at: f"{at.hour:02d}",
    "h": lambda at: str(at.hour),
    "M": lambda at: f"{at.minute:02d}",
    "S": lambda at: f"{at.second:02d}",
    "3": lambda at: f"{at.microsecond // 1000:03d}",
    "a": lambda at: _DAYS[at.weekday()],
    "W": lambda at: str(at.isocalendar().week),
    "%": lambda _at: "%",
}


def format_date(frame: Frame, value: Value, pattern: Value) -> str:
    """format-date() and format-date-time(); unknown letters stay as they are."""
    if to_text(value, frame.env) == "":
        return ""
    found = to_moment(value, frame.env)
    if found is None:
        return ""
    at = found.at

    def written(sign: re.Match[str]) -> str:
        field = _FIELDS.get(sign.group(1))
        return sign.group(0) if field is None else field(at)

    return re.sub(r"%(.)", written, to_text(pattern, frame.env))


DATE_FUNCTIONS: dict[str, Function] = table(
    [
        reading(eager("today", 0, 0, today), TODAY),
        reading(eager("now", 0, 0, now), NOW),
        eager("date", 1, 1, date),
        eager("date-time", 1, 1, date),
        eager("decimal-date-time", 1, 1, decimal_date_time),
        eager("decimal-time", 1, 1, decimal_time),
        eager("format-date", 2, 2, format_date),
        eager("format-date-time", 2, 2, format_date),
    ]
)
