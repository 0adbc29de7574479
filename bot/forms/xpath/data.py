"""XPath 1.0 values and ODK's conversions between them: strings, numbers, booleans, node-sets, moments."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from decimal import Decimal

from bot.forms.xpath.frame import Env
from bot.forms.xpath.nodes import Node, Type

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
DAY_SECONDS = 86400.0


@dataclass(frozen=True, slots=True)
class Moment:
    """ODK's date value. `timed` moments are written with their time even at midnight."""

    at: dt.datetime
    """Aware."""
    timed: bool = False

    @property
    def days(self) -> float:
        """Days since 1970-01-01T00:00Z, which is what ODK compares and computes with."""
        return (self.at - EPOCH).total_seconds() / DAY_SECONDS

    def __str__(self) -> str:
        if not self.timed and self.at.time() == dt.time():
            return self.at.date().isoformat()
        return self.at.isoformat(timespec="milliseconds")


class NoDate(str):
    """What date() makes of something that is no date: ODK's words for it, but false and stored as empty."""

    __slots__ = ()


Value = str | float | bool | list[Node] | Moment

_NUMBER = re.compile(r"\s*-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*", re.ASCII)
_DATE = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)(?:T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6})\d*)?(Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
_INTEGRAL = 1e15


def moment(text: str, zone: dt.tzinfo) -> Moment | None:
    """Read an ISO date or date-time; a date is its midnight in `zone`. None when it is no such thing."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second, fraction, offset = found.groups()
    try:
        if hour is None:
            return Moment(dt.datetime(int(year), int(month), int(day), tzinfo=zone))
        micro = int((fraction or "0").ljust(6, "0"))
        clock = (int(hour), int(minute), int(second), micro)
        at = dt.datetime(int(year), int(month), int(day), *clock, tzinfo=_offset(offset, zone))
        return Moment(at.astimezone(zone))
    except (ValueError, OverflowError):
        return None


def _offset(text: str | None, zone: dt.tzinfo) -> dt.tzinfo:
    if not text:
        return zone
    if text == "Z":
        return dt.UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    delta = dt.timedelta(hours=hours, minutes=minutes)
    return dt.timezone(-delta if text[0] == "-" else delta)


def from_days(days: float, zone: dt.tzinfo) -> Moment | None:
    """The moment `days` after the epoch; None for NaN and for days outside the calendar."""
    if not math.isfinite(days):
        return None
    try:
        return Moment((EPOCH + dt.timedelta(milliseconds=round(days * DAY_SECONDS * 1000))).astimezone(zone))
    except OverflowError:
        return None


def node_text(node: Node, env: Env) -> str:
    """The string-value of a node; a form leaf's is what the draft holds now."""
    if node.key is not None:
        return env.read(node.key)
    if node.type > Type.ELEMENT or not node.children:
        return node.value
    env.charge(1)
    return "".join(
        node_text(c, env)
        for c in node.walk()
        if c is not node and (c.type is Type.TEXT or (c.type is Type.ELEMENT and not c.children))
    )


def to_text(value: Value, env: Env) -> str:
    """XPath string()."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, list):
        return node_text(first_in_order(value), env) if value else ""
    return str(value)


def first_in_order(nodes: list[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else min(nodes, key=lambda node: node.order)


def number_text(number: float) -> str:
    """A number as XPath writes it: no exponent, no trailing .0."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == int(number) and abs(number) < _INTEGRAL:
        return str(int(number))
    text = repr(number)
    return format(Decimal(text), "f").removesuffix(".0") if "e" in text else text.removesuffix(".0")


def to_number(value: Value, env: Env) -> float:
    """XPath number(); ODK also turns ISO dates into days since the epoch."""
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, float):
        return value
    if isinstance(value, Moment):
        return value.days
    return text_number(value if isinstance(value, str) else to_text(value, env), env.zone)


def text_number(text: str, zone: dt.tzinfo) -> float:
    if _NUMBER.fullmatch(text):
        return float(text)
    day = moment(text, zone)
    return math.nan if day is None else day.days


def to_boolean(value: Value) -> bool:
    """XPath boolean()."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return not (value == 0 or math.isnan(value))
    if isinstance(value, Moment | NoDate):
        return isinstance(value, Moment)
    return len(value) > 0
