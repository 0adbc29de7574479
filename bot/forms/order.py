"""The order in which computed things are computed, fixed when a form is loaded."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.forms.graph import Cell, Role
from bot.forms.xpath.nodes import Node
from bot.forms.xpath.scope import EVERYTHING, marker, split_pattern

Unit = tuple[Cell, ...]
"""Cells that are computed together: one, or those of a repeat whose instances build on the one before."""


class CycleError(Exception):
    """Boxes whose values depend on each other in a circle. `names` are in it."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(", ".join(names))
        self.names = tuple(names)


def in_order(cells: Sequence[Cell], nodes: Iterable[Node]) -> list[Unit]:
    """The cells so that each comes after what it reads. Raises CycleError when there is no such order.

    `nodes` are the form's. Two lists that filter each other are no circle to ODK: nobody waits for whether a pick is
    still offered then. A running total, which reads the instance before its own, is none either.
    """
    try:
        return _ordered([(cell,) for cell in cells])
    except CycleError:
        loose = [replace(cell, changes=()) if cell.role is Role.OFFERED else cell for cell in cells]
        try:
            return _ordered([(cell,) for cell in loose])
        except CycleError:
            return _ordered(_with_chain(loose, nodes))


def _ordered(units: Sequence[Unit]) -> list[Unit]:
    """Kahn's algorithm, first come first served."""
    waits = _waits(units)
    waiting = _inverse(waits)
    left = [set(needs) for needs in waits]
    ready = [place for place, needs in enumerate(left) if not needs]
    heapq.heapify(ready)
    order: list[Unit] = []
    while ready:
        done = heapq.heappop(ready)
        order.append(units[done])
        for place in waiting.get(done, ()):
            left[place].discard(done)
            if not left[place]:
                heapq.heappush(ready, place)
    if len(order) < len(units):
        raise CycleError(sorted({cell.name for cell in _circle(units)}))
    return order


def _waits(units: Sequence[Unit]) -> list[set[int]]:
    """For each unit, the units that it comes after."""
    setters: dict[str, list[int]] = {}
    for place, unit in enumerate(units):
        for cell in unit:
            for name in cell.changes:
                setters.setdefault(name, []).append(place)
    waits = [_needs(place, unit, setters) for place, unit in enumerate(units)]
    _wait_for_everything(units, waits, setters)
    return waits


def _needs(place: int, unit: Unit, setters: Mapping[str, list[int]]) -> set[int]:
    """A calculation may read its own value (once()), relevance may not."""
    needs = {need for cell in unit for read in cell.reads for need in setters.get(split_pattern(read)[1], ())}
    may_read_itself = len(unit) > 1 or unit[0].role not in {Role.RELEVANT, Role.COUNT}
    return needs - {place} if may_read_itself else needs


def _wait_for_everything(units: Sequence[Unit], waits: list[set[int]], setters: Mapping[str, list[int]]) -> None:
    """A path that only the running form resolves waits for every setter that does not itself wait for its cell."""
    every = {place for places in setters.values() for place in places}
    for place, unit in enumerate(units):
        if any(EVERYTHING in cell.reads for cell in unit):
            waits[place] |= every - _dependants(place, waits) - {place}


def _dependants(place: int, waits: Sequence[set[int]]) -> set[int]:
    found: set[int] = set()
    edge = {place}
    while edge:
        edge = {other for other, needs in enumerate(waits) if needs & edge} - found
        found |= edge
    return found


def _inverse(waits: Sequence[set[int]]) -> dict[int, list[int]]:
    waiting: dict[int, list[int]] = {}
    for place, needs in enumerate(waits):
        for need in needs:
            waiting.setdefault(need, []).append(place)
    return waiting


def _circle(units: Sequence[Unit]) -> list[Cell]:
    """The cells that are in circles, or between two: what is left when all that can be first or last is taken away."""
    waits = _waits(units)
    left = set(range(len(units)))
    for edges in (waits, [set(_inverse(waits).get(place, ())) for place in range(len(units))]):
        free = [place for place in left if not edges[place] & left]
        back = _inverse(edges)
        while free:
            place = free.pop()
            left.discard(place)
            free += [other for other in back.get(place, ()) if other in left and not edges[other] & left]
    return [cell for place in sorted(left) for cell in units[place]]


def _with_chain(cells: Sequence[Cell], nodes: Iterable[Node]) -> list[Unit]:
    """Cells whose circle leads through other instances of their own repeat become one unit, computed instance by
    instance. Raises CycleError for any other circle."""
    circle = _circle([(cell,) for cell in cells])
    repeats = {_repeat_of(cell) for cell in circle}
    (repeat,) = repeats if len(repeats) == 1 else (None,)
    if repeat is None:
        raise CycleError(sorted({cell.name for cell in circle}))
    by_key = {key: node for node in nodes for key in (node.key, marker(node.address)) if key}
    loose = {
        cell.id: replace(cell, reads=frozenset(read for read in cell.reads if not _crosses(read, repeat, by_key)))
        for cell in circle
    }
    whole = {cell.id: cell for cell in circle}
    inner = [whole[cell.id] for (cell,) in _ordered([(cell,) for cell in loose.values()])]
    return [*[(cell,) for cell in cells if cell.id not in whole], tuple(inner)]


def _repeat_of(cell: Cell) -> Node | None:
    """The innermost repeat that a cell stands in."""
    if cell.role is Role.COUNT:
        return None
    return next((node for node in cell.formula.node.line() if node.repeat), None)


def _crosses(read: str, repeat: Node, by_key: Mapping[str, Node]) -> bool:
    """Whether a read reaches other instances of `repeat` than the reader's own."""
    bound, key = split_pattern(read)
    node = by_key.get(key)
    return node is not None and repeat in node.line() and bound < repeat.depth
