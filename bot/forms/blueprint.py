"""All that layouts of one form are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.forms.board import Board
from bot.forms.graph import build_graph
from bot.forms.layout import Layout, Shape
from bot.forms.order import Unit
from bot.forms.parts import Group, Question, Repeat, Step
from bot.forms.xpath.nodes import Node

Item = Step | Repeat


@dataclass(frozen=True, slots=True, eq=False)
class Blueprint:
    tree: Node
    tails: Mapping[Node, str]
    """Node -> its address inside its innermost repeat."""
    units: tuple[Unit, ...]
    """The form's computed things, in order."""
    owners: Mapping[str, tuple[Node, ...]]
    """Address of a box or group -> the nodes, outermost first, whose relevance decides whether it applies."""
    items: tuple[Item, ...]
    """Steps and repeats in document order."""
    steps: tuple[Step, ...]
    questions: Mapping[str, Question]
    groups: Mapping[str, Group]
    repeats: Mapping[str, Repeat]

    def layout(self, shape: Shape) -> Layout:
        """The form with so many instances of each repeat."""
        if not self.repeats:
            return self._only()
        from bot.forms.expand import Expansion  # noqa: PLC0415 - it is made from this

        return Expansion(self, shape).layout()

    def _only(self) -> Layout:
        """A form without repeats: the template itself."""
        cells = {place: unit[0] for place, unit in enumerate(self.units)}
        relevance = {
            address: tuple(f"relevant:{node.address}" for node in nodes) for address, nodes in self.owners.items()
        }
        return Layout(
            tree=self.tree,
            graph=build_graph(cells, relevance),
            steps=self.steps,
            questions=self.questions,
            groups=self.groups,
            board=Board(self.steps),
        )
