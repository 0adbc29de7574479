"""A form as one draft has it: with as many instances of each repeat as there are now.

A form without repeats has one layout. Of a form with repeats, drafts with the same numbers of instances share one.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from bot.forms.board import Board
from bot.forms.graph import Graph, Role
from bot.forms.parts import Group, Question, Step
from bot.forms.places import Places
from bot.forms.xpath.nodes import Node
from bot.forms.xpath.scope import split_pattern

Shape = Mapping[str, int]
"""Address of a repeat (child, child[2]/toy) -> how many instances it has, where that is not what the form begins
with."""

_KEPT = 32
"""Layouts of one form that are kept. Each is some hundred kilobytes at most."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a node of the template stands in a layout."""

    address: str
    place: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    tree: Node
    graph: Graph
    steps: tuple[Step, ...]
    questions: Mapping[str, Question]
    groups: Mapping[str, Group]
    board: Board
    shape: Shape = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    """Address of a repeat -> how many instances it has."""
    initial: Mapping[str, int] = field(default_factory=dict)
    """Address of a repeat -> how many instances it begins with."""
    nodes: Mapping[str, Node] = field(default_factory=dict)
    """Address -> node of `tree`; empty for a form without repeats."""
    spots: Mapping[str, tuple[Spot, ...]] = field(default_factory=dict)
    """Address in the template -> where it stands, in document order; empty for a form without repeats."""
    places: Places = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "places", Places(self.steps, self.questions))

    def places_of(self, template: str, place: tuple[int, ...] = (), shared: int = 0) -> Iterable[str]:
        """The addresses of a template node that share the first `shared` positions of `place`."""
        if not self.spots:
            return (template,)
        found = self.spots.get(template, ())
        return [spot.address for spot in found if spot.place[:shared] == place[:shared]]

    def resolved(self, reads: Iterable[str], question: Question) -> set[str]:
        """The addresses of the boxes that an expression about `question` reads."""
        patterns = [split_pattern(read) for read in reads]
        return {address for bound, key in patterns for address in self.places_of(key, question.place, bound)}

    def sources(self, names: Iterable[str]) -> set[str]:
        """The names, and what the calculations among them are made of."""
        made_of = {cell.name: cell.reads for cell in self.graph.cells.values() if cell.role is Role.CALCULATE}
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting.extend(made_of.get(name, ()))
        return found


class Layouts:
    """Makes layouts and keeps those used last. Shared by threads."""

    def __init__(self, make: Callable[[Shape], Layout]) -> None:
        self._make = make
        self._kept: OrderedDict[frozenset[tuple[str, int]], Layout] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, shape: Shape) -> Layout:
        key = frozenset(shape.items())
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        made = self._make(dict(shape))
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return made
