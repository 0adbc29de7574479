"""Which house number belongs to which photo, by the times at which people sent them; delivery may be in any order.

Within two minutes a photo and a number belong together. Whoever begins with a photo goes on photo, number, photo,
number; whoever begins with a number, the other way round. Several photos and then several numbers have two readings:
nothing is decided then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

TOGETHER = 120_000
"""Milliseconds between a photo and its number."""


@dataclass(frozen=True, slots=True)
class Item:
    """A photo (`house` is empty) or a house number."""

    id: str
    """LINE's id of the message."""
    at: int
    """LINE's time of sending, milliseconds."""
    house: str = ""
    bound: str = ""
    """Of a photo: the house that it was said to show, by an earlier look at the same messages."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Photos and numbers that belong to each other in more than one way, each in the order of sending."""

    photos: tuple[Item, ...]
    numbers: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Pairing:
    sure: Mapping[str, Item] = field(default_factory=dict)
    """By a photo's id the number that is its own."""
    doubts: tuple[Doubt, ...] = ()
    photos: tuple[Item, ...] = ()
    """Without a number so far."""
    numbers: tuple[Item, ...] = ()
    """Without a photo so far."""


def pair(items: Iterable[Item]) -> Pairing:
    """The same for every order of `items`."""
    sure: dict[str, Item] = {}
    doubts: list[Doubt] = []
    alone: list[Item] = []
    for spell in _spells(sorted(items, key=lambda item: (item.at, item.id))):
        for group in _groups(spell):
            photos = tuple(item for item in group if not item.house)
            numbers = tuple(item for item in group if item.house)
            if len(photos) == len(numbers) == 1:
                sure[photos[0].id] = numbers[0]
            elif photos and numbers:
                doubts.append(Doubt(photos, numbers))
            else:
                alone += group
    return Pairing(
        sure,
        tuple(doubts),
        tuple(item for item in alone if not item.house),
        tuple(item for item in alone if item.house),
    )


def _spells(ordered: Sequence[Item]) -> Iterator[list[Item]]:
    """Cut where nothing came for longer than two minutes."""
    spell: list[Item] = []
    for item in ordered:
        if spell and item.at - spell[-1].at > TOGETHER:
            yield spell
            spell = []
        spell.append(item)
    if spell:
        yield spell


def _groups(spell: Sequence[Item]) -> Iterator[list[Item]]:
    """Each run of the kind that came first, with the run that follows it."""
    runs = [list(run) for _, run in groupby(spell, key=lambda item: bool(item.house))]
    for place in range(0, len(runs), 2):
        yield [item for run in runs[place : place + 2] for item in run]
