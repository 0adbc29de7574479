"""A form with repeats as one draft has it: every instance with its own boxes, steps and computed things.

The layout depends on nothing but how many instances there are, so drafts share it. Nothing is compiled anew: an
expression finds its way from the instance that it stands in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.forms import instances
from bot.forms.addresses import NEXT
from bot.forms.blueprint import Item
from bot.forms.board import Board
from bot.forms.graph import Cell, Graph, Role, build_graph
from bot.forms.instance_tree import InstanceTree
from bot.forms.layout import Layout, Spot
from bot.forms.order import Unit
from bot.forms.parts import Group, Question, Repeat, Step
from bot.forms.xpath.nodes import Node, number_nodes
from bot.forms.xpath.scope import marker, split_pattern

_UNIT = 32
"""Bits for the cells of one unit."""
_MARK = marker("")


@dataclass(slots=True)
class Expansion(InstanceTree):
    """One layout while it is made."""

    def layout(self) -> Layout:
        root = Node(self.plan.tree.type)
        self.nodes[root.address] = root
        for child in self.plan.tree.children:
            self._grow(child, root, "", ())
        number_nodes(root)
        questions = dict(self._questions())
        groups = dict(self._groups())
        steps = tuple(self._steps(self.plan.items, (), questions, groups))
        return Layout(
            tree=root,
            graph=self._graph(),
            steps=steps,
            questions=questions,
            groups=groups,
            board=Board(steps),
            shape=self.shape,
            counts=self.counts,
            initial=self.initial,
            nodes=self.nodes,
            spots={template: tuple(spots) for template, spots in self.spots.items()},
        )

    def _reads(self, cell: Cell, place: tuple[int, ...]) -> Iterator[str]:
        for read in cell.reads:
            bound, key = split_pattern(read)
            if key in self.spots or key.startswith(_MARK):
                yield from self.at(key, place, bound)
            else:
                yield key

    def _graph(self) -> Graph:
        cells: dict[int, Cell] = {}
        for number, unit in enumerate(self.plan.units):
            first = number << _UNIT
            for rank, cell in self._cells_of(unit):
                cells[first + rank] = cell
        return build_graph(cells, dict(self._relevance()))

    def _cells_of(self, unit: Unit) -> Iterator[tuple[int, Cell]]:
        """The cells of a unit, instance by instance."""
        for offset, cell in enumerate(unit):
            made = self._instances(cell)
            for rank, one in enumerate(made):
                yield rank * len(unit) + offset, one

    def _instances(self, cell: Cell) -> Iterator[Cell]:
        template = cell.formula.node
        if cell.role is not Role.COUNT:
            for spot in self.spots.get(template.address, ()):
                yield self._cell(cell, spot, spot.address)
        if cell.role is Role.COUNT or (cell.role is Role.RELEVANT and template.repeat):
            for spot in self.sets.get(template.address, ()):
                count = self.counts[spot.address]
                name = spot.address if cell.role is Role.COUNT else spot.address + NEXT
                yield self._cell(cell, Spot(name, (*spot.place, count + 1)), spot.address + NEXT)

    def _cell(self, cell: Cell, spot: Spot, about: str) -> Cell:
        template = cell.formula.node
        if about.endswith(NEXT):
            changes: Iterable[str] = (spot.address,) if cell.role is Role.RELEVANT else ()
        elif cell.role is Role.RELEVANT:
            changes = [key for change in cell.changes for key in self.at(change, spot.place, template.depth)]
        else:
            changes = (spot.address,) if cell.changes else ()
        return Cell(
            id=f"{cell.role}:{spot.address}",
            role=cell.role,
            name=spot.address,
            formula=cell.formula.placed(about),
            reads=frozenset(self._reads(cell, spot.place)),
            changes=tuple(changes),
        )

    def _relevance(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for template, owners in self.plan.owners.items():
            for spot in self.spots.get(template, ()):
                yield spot.address, tuple(self._owners(owners, spot.place))
            for spot in self.sets.get(template, ()):
                around = [owner for owner in owners if owner.depth <= len(spot.place)]
                ids = list(self._owners(around, spot.place))
                yield spot.address, tuple(ids)
                own = [f"{Role.RELEVANT}:{spot.address}{NEXT}"] if len(around) < len(owners) else []
                yield spot.address + NEXT, (*ids, *own)

    def _owners(self, owners: Iterable[Node], place: tuple[int, ...]) -> Iterator[str]:
        for owner in owners:
            (address,) = self.at(owner.address, place, owner.depth)
            yield f"{Role.RELEVANT}:{address}"

    def _questions(self) -> Iterator[tuple[str, Question]]:
        for template, question in self.plan.questions.items():
            for spot in self.spots.get(template, ()):
                yield spot.address, instances.question(question, spot) if spot.place else question
        for template, repeat in self.plan.repeats.items():
            if not repeat.counted:
                for spot in self.sets.get(template, ()):
                    yield spot.address + NEXT, instances.another(repeat, spot)

    def _groups(self) -> Iterator[tuple[str, Group]]:
        for template, group in self.plan.groups.items():
            for spot in self.spots.get(template, ()):
                yield spot.address, instances.group(group, spot) if spot.place else group

    def _steps(
        self,
        items: Iterable[Item],
        place: tuple[int, ...],
        questions: dict[str, Question],
        groups: dict[str, Group],
    ) -> Iterator[Step]:
        for item in items:
            if isinstance(item, Repeat):
                yield from self._repeated(item, place, questions, groups)
            elif place:
                yield self._step(item, place, questions, groups)
            else:
                yield item

    def _repeated(
        self, repeat: Repeat, place: tuple[int, ...], questions: dict[str, Question], groups: dict[str, Group]
    ) -> Iterator[Step]:
        (address,) = self.at(marker(repeat.group.template), place, len(place))
        address = address.removeprefix(_MARK)
        for position in range(1, self.counts[address] + 1):
            yield from self._steps(repeat.items, (*place, position), questions, groups)
        if not repeat.counted:
            around = tuple(self._group(group, place, groups) for group in repeat.groups)
            yield instances.another_step(questions[address + NEXT], repeat, around)

    def _step(
        self, step: Step, place: tuple[int, ...], questions: dict[str, Question], groups: dict[str, Group]
    ) -> Step:
        (address,) = self.at(step.template, place, len(place))
        return replace(
            step,
            name=address,
            label=step.label.placed(address),
            questions=tuple(self._question(one, place, questions) for one in step.questions),
            calculates=tuple(self._question(one, place, questions) for one in step.calculates),
            groups=tuple(self._group(one, place, groups) for one in step.groups),
            place=place,
        )

    def _question(self, one: Question, place: tuple[int, ...], questions: dict[str, Question]) -> Question:
        (address,) = self.at(one.template, place, one.node.depth)
        return questions[address]

    def _group(self, one: Group, place: tuple[int, ...], groups: dict[str, Group]) -> Group:
        found = self.at(one.template, place, one.depth)
        return groups[found[0]] if found else one
