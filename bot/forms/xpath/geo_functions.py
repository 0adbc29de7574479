"""ODK XPath: lengths, areas and places on a sphere. Points are "latitude longitude [altitude [accuracy]]" in degrees.

Formulas and the radius are those of ODK's own test suite.
"""

from __future__ import annotations

import itertools
import math

from bot.forms.xpath.data import Value, node_text, to_text
from bot.forms.xpath.frame import Frame
from bot.forms.xpath.function import Function, eager, table

RADIUS = 6_378_100.0
"""Of the Earth at the equator, in metres."""
_RIGHT_ANGLE = 90
_HALF_TURN = 180
_LEAST = 3
"""Points that enclose anything."""

Point = tuple[float, float]
"""Latitude and longitude in degrees."""


def _texts(frame: Frame, values: tuple[Value, ...]) -> list[str]:
    texts: list[str] = []
    for value in values:
        if isinstance(value, list):
            texts.extend(node_text(node, frame.env) for node in value)
        else:
            texts.append(to_text(value, frame.env))
    return texts


def _points(frame: Frame, values: tuple[Value, ...]) -> list[Point] | None:
    """The points of traces, shapes, or single points; None when one of them is none."""
    parts = [part.strip() for text in _texts(frame, values) for part in text.split(";")]
    frame.env.charge(len(parts))
    found = [_point(part) for part in parts if part]
    points = [point for point in found if point is not None]
    return points if len(points) == len(found) and points else None


def _point(text: str) -> Point | None:
    numbers = text.split()
    try:
        latitude, longitude = float(numbers[0]), float(numbers[1])
    except (IndexError, ValueError):
        return None
    is_real = abs(latitude) <= _RIGHT_ANGLE and abs(longitude) <= _HALF_TURN
    return (latitude, longitude) if is_real else None


def distance(frame: Frame, *values: Value) -> float:
    """The length of a line through the points, in metres."""
    points = _points(frame, values)
    if points is None:
        return math.nan
    return round(sum(_between(a, b) for a, b in itertools.pairwise(points)), 2)


def _between(start: Point, end: Point) -> float:
    """By the haversine formula."""
    lat1, lon1, lat2, lon2 = (math.radians(degrees) for degrees in (*start, *end))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * RADIUS * math.asin(min(1.0, math.sqrt(half)))


def area(frame: Frame, *values: Value) -> float:
    """The area that the points enclose, in square metres."""
    points = _points(frame, values)
    if points is None:
        return math.nan
    if len(points) < _LEAST:
        return 0.0
    rad = [(math.radians(latitude), math.radians(longitude)) for latitude, longitude in points]
    twice = sum(
        (lon2 - lon1) * (2 + math.sin(lat1) + math.sin(lat2))
        for (lat1, lon1), (lat2, lon2) in zip(rad, [*rad[1:], rad[0]], strict=True)
    )
    return round(abs(twice) * RADIUS * RADIUS / 2, 2)


def geofence(frame: Frame, place: Value, shape: Value) -> bool:
    """Whether a point lies in a shape."""
    points, ring = _points(frame, (place,)), _points(frame, (shape,))
    if points is None or ring is None or len(ring) < _LEAST:
        return False
    (y, x), inside = points[0], False
    for (y1, x1), (y2, x2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def intersects(frame: Frame, line: Value) -> bool:
    """Whether a trace or the outline of a shape crosses itself."""
    points = _points(frame, (line,)) or []
    edges = list(itertools.pairwise(points))
    frame.env.charge(len(edges) ** 2)
    return any(
        _cross(*edges[one], *edges[other])
        for one in range(len(edges))
        for other in range(one + 2, len(edges))
        if not (one == 0 and edges[one][0] == edges[other][1])
    )


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    return _side(a, b, c) * _side(a, b, d) <= 0 and _side(c, d, a) * _side(c, d, b) <= 0


def _side(a: Point, b: Point, c: Point) -> float:
    return math.copysign(1.0, side) if (side := (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])) else 0.0


GEO_FUNCTIONS: dict[str, Function] = table(
    [
        eager("distance", 1, None, distance),
        eager("area", 1, 1, area),
        eager("enclosed-area", 1, 1, area),
        eager("geofence", 2, 2, geofence),
        eager("intersects", 1, 1, intersects),
    ]
)
