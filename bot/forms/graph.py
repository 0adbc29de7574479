"""Which computed thing depends on which, so that a change recomputes its dependants and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.forms.xpath.scope import EVERYTHING, KNOWN

if TYPE_CHECKING:
    from bot.forms.texts import Formula


class Role(StrEnum):
    RELEVANT = "relevant"
    CALCULATE = "calculate"
    REQUIRED = "required"
    READONLY = "readonly"
    CONSTRAINT = "constraint"
    OFFERED = "offered"
    """What is left of a pick when its choice filter no longer offers all of it."""
    COUNT = "count"
    """How many instances a repeat has."""


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """One computed thing. `changes` names what differs when its result does."""

    id: str
    role: Role
    name: str
    formula: Formula
    reads: frozenset[str]
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """The computed things of one form, or of one layout of a form with repeats."""

    cells: Mapping[int, Cell]
    """By place: each comes after what it reads."""
    readers: Mapping[str, tuple[int, ...]]
    """What is read -> places of the cells that read it."""
    relevance: Mapping[str, tuple[str, ...]]
    """Name of a box or group -> ids of the cells that decide whether it is relevant (own and its groups')."""
    calculates: Mapping[str, str] = field(default_factory=dict)
    """Name of a computed box -> id of its cell."""
    offers: Mapping[str, str] = field(default_factory=dict)
    """Name of a select with a choice filter -> id of the cell that watches its pick."""
    closers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Id of a cell that can close boxes (not relevant, or read-only for now) -> their names."""

    def affected_by(self, keys: Iterable[str]) -> set[int]:
        """Places of the cells that read one of `keys`."""
        places: set[int] = set()
        for key in keys:
            places.update(self.readers.get(key, ()))
            if key.startswith(KNOWN):
                places.update(self.readers.get(KNOWN, ()))
        if any(":" not in key for key in keys):
            places.update(self.readers.get(EVERYTHING, ()))
        return places


def build_graph(cells: Mapping[int, Cell], relevance: Mapping[str, tuple[str, ...]]) -> Graph:
    """The graph of cells that have their places, every one a cell of its own (no templates)."""
    readers: dict[str, list[int]] = {}
    for place, cell in cells.items():
        for key in cell.reads:
            readers.setdefault(key, []).append(place)
    made = list(cells.values())
    return Graph(
        cells=cells,
        readers={key: tuple(places) for key, places in readers.items()},
        relevance=relevance,
        calculates={cell.name: cell.id for cell in made if cell.role is Role.CALCULATE},
        offers={cell.name: cell.id for cell in made if cell.role is Role.OFFERED},
        closers={
            cell.id: frozenset(cell.changes) if cell.role is Role.RELEVANT else frozenset({cell.name})
            for cell in made
            if cell.role in {Role.RELEVANT, Role.READONLY}
        },
    )
