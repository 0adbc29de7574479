"""Charts as inline SVG, drawn by the server: where each bar and word stands. Pure; desk/charts.html writes it.

Sideways everything is in per cent of the width and upwards in pixels, so that a chart fits a telephone and a desk
without its letters being drawn smaller. A library that draws with attributes alone, without inline styles (which the
desk's policy forbids), script or a fixed width, was not found among those that are kept up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bot.messages.bubbles import Text, Value
from services.desk.today.arrivals import Arrivals
from services.desk.today.figures import RoundBar, Shares

HEIGHT = 200
"""Pixels of a chart of days."""
_TOP = 26
_FOOT = 26
_LEFT = 2.0
"""Per cent of the width left free on both sides."""
_MIDDLE = 50
"""Per cent: words beside what lies further right end there."""
_ROW = 30
_NAMES = 34.0
"""Per cent of the width that the districts' names have."""
_BARS = 52.0
_STACK = 62
_WORDS_FIT = 9.0
"""Per cent of the width from which on a number has room in its part of a bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle: `x` and `width` in per cent, `y` and `height` in pixels."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    """Its class in the style sheet."""


@dataclass(frozen=True, slots=True)
class Word:
    x: float
    """Per cent."""
    y: float
    said: str
    anchor: str = "middle"
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line from one point to another: x in per cent, y in pixels."""

    x1: float
    y1: float
    x2: float
    y2: float
    kind: str


@dataclass(frozen=True, slots=True)
class Drawing:
    height: int
    bars: tuple[Bar, ...]
    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()


def arrivals(shown: Arrivals, named: Sequence[str], due: str, all_of_them: str) -> Drawing:
    """A bar for each day, as high as what had come in by its end, what came late on top of the rest; lines for the
    due day and for all districts.

    `named`: the days as they are written, one for each; `due` and `all_of_them` stand at the two lines.
    """
    room = HEIGHT - _TOP - _FOOT
    wide = (100 - 2 * _LEFT) / len(shown.days)
    bars, words = [], []
    labelled = _labelled(shown)
    in_time = max((number for day, number in shown.days if day <= shown.due), default=0)
    for place, (day, number) in enumerate(shown.days):
        x = _LEFT + place * wide
        ground = float(HEIGHT - _FOOT)
        for part, kind in ((min(number, in_time), "done"), (number - in_time, "late")):
            high = room * max(part, 0) / max(shown.total, 1)
            ground -= high
            if high:
                bars.append(Bar(_p(x + wide * 0.12), _p(ground), _p(wide * 0.76), _p(high), kind))
        if day in labelled:
            anchor = "start" if place == 0 else "end" if place == len(shown.days) - 1 else "middle"
            edge = {"start": x, "end": x + wide, "middle": x + wide / 2}[anchor]
            words.append(Word(_p(edge), HEIGHT - 6, named[place], anchor))
    at_due = _LEFT + wide * (1 + max((shown.due - shown.days[0][0]).days, 0))
    rules = (
        Rule(_LEFT, _TOP, 100 - _LEFT, _TOP, "whole"),
        Rule(_LEFT, HEIGHT - _FOOT, 100 - _LEFT, HEIGHT - _FOOT, "ground"),
        Rule(_p(at_due), _TOP - 8, _p(at_due), HEIGHT - _FOOT, "mark"),
    )
    ends = at_due > _MIDDLE
    words.append(Word(_p(min(at_due, 100 - _LEFT)), 13, due, "end" if ends else "start"))
    words.append(Word(_LEFT, 13, all_of_them, "start") if ends else Word(98, 13, all_of_them, "end"))
    return Drawing(HEIGHT, tuple(bars), tuple(words), rules)


def _labelled(shown: Arrivals) -> set[dt.date]:
    """The days whose names are written: the first, the due day and the last, as far as they stand apart."""
    first, last = shown.days[0][0], shown.days[-1][0]
    apart = max(len(shown.days) // 4, 1)
    far = (shown.due - first).days >= apart and ((last - shown.due).days >= apart or last == shown.due)
    return {first, last, shown.due} if far else {first, last}


def shares(shown: Shares) -> Drawing:
    """A bar for each district; a line where help is needed below."""
    bars, words = [], []
    for place, bar in enumerate(shown.bars):
        y = 8 + place * _ROW
        part = _BARS * min(bar.share, 100) / 100
        bars.append(Bar(_NAMES, y, _BARS, 18, "whole"))
        bars.append(Bar(_NAMES, y, _p(part), 18, "low" if bar.share < shown.below else "done"))
        words.append(Word(_NAMES - 1.5, y + 14, bar.area.short, "end"))
        words.append(Word(_NAMES + _BARS + 1.5, y + 14, f"{bar.share}%", "start"))
    foot = 8 + len(shown.bars) * _ROW
    mark = _p(_NAMES + _BARS * shown.below / 100)
    words.append(Word(mark, foot + 16, f"{shown.below}%"))
    return Drawing(foot + 24, tuple(bars), tuple(words), (Rule(mark, 2, mark, foot, "mark"),))


def rounds(shown: Sequence[RoundBar], named: Sequence[str]) -> Drawing:
    """A bar for each round, made of what came in time, what came late and what is missing. `named`: each one's line."""
    bars, words = [], []
    for place, one in enumerate(shown):
        y = 4 + place * _STACK
        words.append(Word(_LEFT, y + 15, named[place], "start"))
        total, x = max(one.in_time + one.late + one.missing, 1), _LEFT
        for number, kind in ((one.in_time, "done"), (one.late, "late"), (one.missing, "open")):
            width = (100 - 2 * _LEFT) * number / total
            if number:
                bars.append(Bar(_p(x), y + 22, _p(width), 26, kind))
            if number and width > _WORDS_FIT:
                words.append(Word(_p(x + width / 2), y + 40, str(number), "middle", f"on-{kind}"))
            x += width
    return Drawing(4 + len(shown) * _STACK, tuple(bars), tuple(words))


def round_line(bar: RoundBar) -> Text:
    """What a round's bar says."""
    sent = bar.in_time + bar.late
    values: dict[str, Value] = {"round": bar.called, "sent": sent, "total": sent + bar.missing}
    if bar.share is None:
        return Text("desk.today.round_line", values)
    return Text("desk.today.round_line_share", {**values, "share": bar.share})


def _p(value: float) -> float:
    return round(value, 2)
