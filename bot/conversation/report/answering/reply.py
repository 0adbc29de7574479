"""What an answer was read as: values to store, to confirm first, or what to ask again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.messages.bubbles import Bubble, Words


@dataclass(frozen=True, slots=True)
class Answered:
    """Values to store now; `besides` tells of other boxes that could not be read."""

    changes: Mapping[str, str]
    besides: tuple[Words, ...] = ()
    as_last: frozenset[str] = frozenset()
    """Those of the changes that were answered with the last round's value."""
    rest_as_last: bool = False
    """All that has not been given yet is as in the last round too."""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Values that are stored after a yes; `bubble` reads them back as they would stand."""

    changes: Mapping[str, str]
    lines: tuple[Words, ...]
    as_last: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Unread:
    """Nothing may be stored; `bubble` says what was understood, what is needed, and one example."""

    bubble: Bubble


@dataclass(frozen=True, slots=True)
class EditWanted:
    """A box was named without a value: ask for it."""

    box: int


@dataclass(frozen=True, slots=True)
class NamedWanted:
    """Boxes that were named by their words, to be changed: one, or some to choose from, or any when there is none."""

    names: tuple[str, ...] = ()


Reply = Answered | Doubtful | Unread | EditWanted | NamedWanted
