"""Which computed thing depends on which, so that a change recomputes its dependants and nothing else."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.forms.xpath.scope import EVERYTHING, KNOWN

if TYPE_CHECKING:
    from bot.forms.compiled import Formula


class Role(StrEnum):
    RELEVANT = "relevant"
    CALCULATE = "calculate"
    REQUIRED = "required"
    READONLY = "readonly"
    CONSTRAINT = "constraint"
    OFFERED = "offered"
    """What is left of a pick when its choice filter no longer offers all of it."""


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """One computed thing. `changes` names the boxes whose value differs when it does."""

    id: str
    role: Role
    name: str
    formula: Formula
    changes: tuple[str, ...] = ()

    @property
    def reads(self) -> frozenset[str]:
        reads = self.formula.expression.reads
        return reads | {self.name} if self.role is Role.OFFERED else reads


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    cells: tuple[Cell, ...]
    """In an order in which each comes after what it reads."""
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


class CycleError(Exception):
    """Boxes whose values depend on each other in a circle. `names` are in it."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(", ".join(names))
        self.names = tuple(names)


def build_graph(cells: Sequence[Cell], relevance: Mapping[str, tuple[str, ...]]) -> Graph:
    """Order the cells. Raises CycleError when they cannot be ordered."""
    ordered = _ordered_loosely(cells)
    readers: dict[str, list[int]] = {}
    for place, cell in enumerate(ordered):
        for key in cell.reads:
            readers.setdefault(key, []).append(place)
    return Graph(
        cells=tuple(ordered),
        readers={key: tuple(places) for key, places in readers.items()},
        relevance=relevance,
        calculates={cell.name: cell.id for cell in ordered if cell.role is Role.CALCULATE},
        offers={cell.name: cell.id for cell in ordered if cell.role is Role.OFFERED},
        closers={
            cell.id: frozenset(cell.changes) if cell.role is Role.RELEVANT else frozenset({cell.name})
            for cell in ordered
            if cell.role in {Role.RELEVANT, Role.READONLY}
        },
    )


def _ordered_loosely(cells: Sequence[Cell]) -> list[Cell]:
    """Two lists that filter each other are no circle to ODK: nobody waits for whether a pick is still offered then."""
    try:
        return _ordered(cells)
    except CycleError:
        loose = [replace(cell, changes=()) if cell.role is Role.OFFERED else cell for cell in cells]
        return _ordered(loose)


def _ordered(cells: Sequence[Cell]) -> list[Cell]:
    """Kahn's algorithm, first come first served. A calculation may read its own value (once()), relevance may not."""
    setters: dict[str, list[int]] = {}
    for place, cell in enumerate(cells):
        for name in cell.changes:
            setters.setdefault(name, []).append(place)
    waits = [_waits_for(place, cell, setters) for place, cell in enumerate(cells)]
    _wait_for_everything(cells, waits, setters)
    waiting: dict[int, list[int]] = {}
    for place, needs in enumerate(waits):
        for need in needs:
            waiting.setdefault(need, []).append(place)
    ready = [place for place, needs in enumerate(waits) if not needs]
    heapq.heapify(ready)
    order: list[Cell] = []
    while ready:
        done = heapq.heappop(ready)
        order.append(cells[done])
        for place in waiting.get(done, ()):
            waits[place].discard(done)
            if not waits[place]:
                heapq.heappush(ready, place)
    if len(order) < len(cells):
        raise CycleError(sorted({cells[place].name for place, needs in enumerate(waits) if needs}))
    return order


def _waits_for(place: int, cell: Cell, setters: Mapping[str, list[int]]) -> set[int]:
    needs = {need for key in cell.reads for need in setters.get(key, ())}
    return needs if cell.role is Role.RELEVANT else needs - {place}


def _wait_for_everything(cells: Sequence[Cell], waits: list[set[int]], setters: Mapping[str, list[int]]) -> None:
    """A path that only the running form resolves waits for every setter that does not itself wait for its cell."""
    every = {place for places in setters.values() for place in places}
    for place, cell in enumerate(cells):
        if EVERYTHING in cell.reads:
            waits[place] |= every - _dependants(place, waits) - {place}


def _dependants(place: int, waits: Sequence[set[int]]) -> set[int]:
    found: set[int] = set()
    edge = {place}
    while edge:
        edge = {other for other, needs in enumerate(waits) if needs & edge} - found
        found |= edge
    return found
