"""Which texts are values of which kind: ODK's lexical forms."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping

from bot.forms.kinds import NO, YES, Kind

INTEGER_CAP = 2**31 - 1
"""ODK's int has 32 bits."""
ACKNOWLEDGED = "OK"

_INTEGER = re.compile(r"-?\d{1,10}", re.ASCII)
_DECIMAL = re.compile(r"-?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME = re.compile(r"\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)?", re.ASCII)


def is_value(kind: Kind, text: str) -> bool:
    """Whether `text` (not empty) can be stored in a box of this kind. Choices are checked elsewhere."""
    check = _CHECKS.get(kind)
    return check is None or check(text)


def _is_integer(text: str) -> bool:
    return _INTEGER.fullmatch(text) is not None and abs(int(text)) <= INTEGER_CAP


def _is_date(text: str) -> bool:
    if _DATE.fullmatch(text) is None:
        return False
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_time(text: str) -> bool:
    if _TIME.fullmatch(text) is None:
        return False
    try:
        dt.time.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_datetime(text: str) -> bool:
    date, mark, time = text.partition("T")
    return bool(mark) and _is_date(date) and _is_time(time)


def is_point(text: str) -> bool:
    """Latitude, longitude and perhaps altitude and accuracy (both in metres), with spaces between."""
    numbers = text.split(" ")
    if not 2 <= len(numbers) <= 4 or any(_DECIMAL.fullmatch(number) is None for number in numbers):  # noqa: PLR2004
        return False
    return abs(float(numbers[0])) <= 90 and abs(float(numbers[1])) <= 180  # noqa: PLR2004 - degrees


def _are_points(text: str, least: int) -> bool:
    points = [point.strip() for point in text.split(";") if point.strip()]
    return len(points) >= least and all(is_point(point) for point in points)


_CHECKS: Mapping[Kind, Callable[[str], bool]] = {
    Kind.INTEGER: _is_integer,
    Kind.DECIMAL: lambda value: _DECIMAL.fullmatch(value) is not None,
    Kind.DATE: _is_date,
    Kind.TIME: _is_time,
    Kind.DATETIME: _is_datetime,
    Kind.ACKNOWLEDGE: lambda value: value == ACKNOWLEDGED,
    Kind.ANOTHER: lambda value: value in {YES, NO},
    Kind.GEOPOINT: is_point,
    Kind.GEOTRACE: lambda value: _are_points(value, 2),
    Kind.GEOSHAPE: lambda value: _are_points(value, 3),
}
