"""A signature as its strokes: read from what a browser sends, and drawn as a picture here.

A picture drawn by ourselves needs no trust in one that somebody uploads.
"""

from __future__ import annotations

import hashlib
import io
import math
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

import orjson
from PIL import Image, ImageDraw, ImageOps

MOST_BYTES = 200_000
MOST_POINTS = 8_000
LONGEST_SIDE = 4_000
"""Pixels of the largest screen that is drawn on."""
LEAST_LENGTH = 0.25
"""Of the shorter side of the screen: less is a dot or a slip of the finger."""
_WIDTH, _HEIGHT, _SCALE, _MARGIN = 600, 240, 3, 12
_INK = (20, 30, 90)


class Unsigned(StrEnum):
    """Why strokes are no signature. The names are catalogue keys too."""

    EMPTY = "empty"
    TOO_SHORT = "too_short"
    TOO_MUCH = "too_much"
    UNREADABLE = "unreadable"


class UnsignedError(Exception):
    """The strokes are no signature. `why` says so."""

    def __init__(self, why: Unsigned) -> None:
        super().__init__(why.value)
        self.why = why


Line = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Strokes:
    """Lines of points in the pixels of the screen that they were drawn on."""

    width: int
    height: int
    lines: tuple[Line, ...]

    def sha256(self) -> str:
        """The same drawing has the same digest, however often it is sent."""
        return hashlib.sha256(orjson.dumps([self.width, self.height, self.lines])).hexdigest()


def read_strokes(body: bytes) -> Strokes:
    """Read {"width", "height", "strokes": [[[x, y], ...], ...]}. Raises UnsignedError."""
    if len(body) > MOST_BYTES:
        raise UnsignedError(Unsigned.TOO_MUCH)
    try:
        data = orjson.loads(body)
        strokes = Strokes(_side(data["width"]), _side(data["height"]), tuple(filter(None, map(_line, data["strokes"]))))
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
        raise UnsignedError(Unsigned.UNREADABLE) from None
    _check(strokes)
    return strokes


def _side(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= LONGEST_SIDE:
        raise ValueError("no side of a screen")
    return value


def _line(points: Any) -> Line:
    return tuple((_place(x), _place(y)) for x, y in points)


def _place(value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not -LONGEST_SIDE <= value <= 2 * LONGEST_SIDE:
        raise ValueError("no place on a screen")
    return round(float(value), 1)


def _check(strokes: Strokes) -> None:
    points = sum(len(line) for line in strokes.lines)
    if points == 0:
        raise UnsignedError(Unsigned.EMPTY)
    if points > MOST_POINTS:
        raise UnsignedError(Unsigned.TOO_MUCH)
    if sum(_length(line) for line in strokes.lines) < LEAST_LENGTH * min(strokes.width, strokes.height):
        raise UnsignedError(Unsigned.TOO_SHORT)


def _length(line: Line) -> float:
    return sum(math.hypot(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(line))


def draw(strokes: Strokes) -> bytes:
    """The signature as a PNG of 600 by 240 pixels, dark blue on white, filling it, its proportions kept."""
    points = [point for line in strokes.lines for point in line]
    left, top = min(x for x, _ in points), min(y for _, y in points)
    wide, high = max(x for x, _ in points) - left, max(y for _, y in points) - top
    fit = min((_WIDTH - 2 * _MARGIN) / max(wide, 1), (_HEIGHT - 2 * _MARGIN) / max(high, 1)) * _SCALE
    shift_x, shift_y = (_WIDTH * _SCALE - wide * fit) / 2, (_HEIGHT * _SCALE - high * fit) / 2
    page = Image.new("L", (_WIDTH * _SCALE, _HEIGHT * _SCALE), 255)
    pen = ImageDraw.Draw(page)
    for line in strokes.lines:
        moved = [((x - left) * fit + shift_x, (y - top) * fit + shift_y) for x, y in line]
        pen.line(moved, fill=0, width=2 * _SCALE + 2, joint="curve")
        for x, y in (moved[0], moved[-1]):
            pen.ellipse((x - _SCALE, y - _SCALE, x + _SCALE, y + _SCALE), fill=0)
    return _png(page.resize((_WIDTH, _HEIGHT), Image.Resampling.LANCZOS))


def _png(page: Image.Image) -> bytes:
    ink = ImageOps.colorize(page, black=_INK, white="white")
    buffer = io.BytesIO()
    ink.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
