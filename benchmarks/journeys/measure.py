"""What a job costs the person who does it, and how long it takes by a fixed model of hands and eyes.

The model is not a stop-watch: it exists to compare one version of the chat with another. Its numbers are the
designer's estimates: a tap 7 s, a short number 10 to 14 s, five numbers 30 s, the review card 40 s.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass

TAP = 7.0
TYPED = 8.0
A_NUMBER = 4.0
"""To look up and type one."""
A_LETTER = 0.5
REMINDER = 13.0
"""To read what to prepare for a first report."""
SIGNATURE = 10.0
"""To sign with a finger."""
WHOLE_CARD = 40.0
"""To check the review card of a whole report before sending it."""
A_LINE = 4.0
"""To check a line of a card that shows only what has changed; its title and its request are furniture."""

_NUMBER = re.compile(r"\d+(?:[/.,:-]\d+)*(?!\d*=)")
_NAME = re.compile(r"\d+=")


def typing(words: str) -> float:
    """Seconds to type `words`. A date or a house number counts as one number; the box of 8=3200 is read off."""
    rest = _NAME.sub(" ", words)
    numbers = _NUMBER.findall(rest)
    letters = sum(character.isalpha() for character in rest)
    return TYPED + A_NUMBER * len(numbers) + A_LETTER * letters


def checking(lines: int) -> float:
    """Seconds to check a card of so many lines that shows only what has changed, never more than for a whole one."""
    return min(WHOLE_CARD, A_LINE * max(lines - 2, 0))


@dataclass(slots=True)
class Measure:
    """One played job. Bytes are those of the reply requests' bodies as they are sent."""

    turns: int = 0
    typed: int = 0
    """Characters, spaces counted."""
    seconds: float = 0.0
    bytes: int = 0
    """Of all replies."""
    largest: int = 0
    """Of the largest reply."""

    def figures(self) -> dict[str, float]:
        return {name: round(value, 1) for name, value in asdict(self).items()}


FIGURES = ("turns", "typed", "seconds", "bytes", "largest")
TOLERANCE = {"bytes": 1.05, "largest": 1.05}
"""A sentence more or less is no worse conversation: only replies that grow by more than this are."""


def over_limit(measured: dict[str, float], limits: dict[str, float]) -> list[str]:
    """Which figures exceed their limit, in words."""
    return [
        f"{name} {measured[name]:g} is over the limit of {limit:g}"
        for name, limit in limits.items()
        if measured[name] > limit
    ]


def worse(measured: dict[str, float], before: dict[str, float]) -> list[str]:
    """Which figures are worse than those of the baseline, in words."""
    return [
        f"{name} {measured[name]:g} is worse than the baseline's {before[name]:g}"
        for name in FIGURES
        if measured[name] > before[name] * TOLERANCE.get(name, 1.0)
    ]


def better(measured: dict[str, float], before: dict[str, float]) -> bool:
    """Whether the baseline can be tightened: some figure is clearly better."""
    return any(measured[name] * TOLERANCE.get(name, 1.0) < before[name] for name in FIGURES)
