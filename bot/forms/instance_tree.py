"""The nodes of one draft: those of the form, and of every instance of a repeat its own."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.forms.addresses import NEXT
from bot.forms.blueprint import Blueprint
from bot.forms.layout import Shape, Spot
from bot.forms.xpath.nodes import Node
from bot.forms.xpath.scope import marker

BOX_CAP = 20_000
"""Boxes and groups of one draft, all instances counted."""
_MARK = marker("")


class TooManyBoxesError(Exception):
    """A draft would have more instances than any honest form needs."""


@dataclass(slots=True)
class InstanceTree:
    """The tree of one layout while it is made, and where each node of the form stands in it."""

    plan: Blueprint
    shape: Shape
    nodes: dict[str, Node] = field(default_factory=dict)
    spots: dict[str, list[Spot]] = field(default_factory=dict)
    sets: dict[str, list[Spot]] = field(default_factory=dict)
    """Address of a repeat in the template -> its sets of instances, one for each instance of what is around it."""
    counts: dict[str, int] = field(default_factory=dict)
    initial: dict[str, int] = field(default_factory=dict)
    shared: dict[tuple[str, int], dict[tuple[int, ...], list[str]]] = field(default_factory=dict)

    def _grow(self, template: Node, parent: Node, inside: str, place: tuple[int, ...]) -> None:
        """Make the node, or all instances of it, below `parent`. `inside`: the address of the instance around it."""
        tail = self.plan.tails[template]
        address = f"{inside}/{tail}" if inside else tail
        if not template.repeat:
            self._node(template, parent, address, place, inside)
            return
        self.initial[address] = self.plan.repeats[template.address].initial
        count = self.counts[address] = self.shape.get(address, self.initial[address])
        self.sets.setdefault(template.address, []).append(Spot(address, place))
        for position in range(1, count + 1):
            instance = f"{address}[{position}]"
            self._node(template, parent, instance, (*place, position), instance)
        following = Node(template.type, template.name)
        following.parent, following.address, following.repeat = parent, address + NEXT, True
        self.nodes[following.address] = following

    def _node(self, template: Node, parent: Node, address: str, place: tuple[int, ...], inside: str) -> None:
        node = parent.add(Node(template.type, template.name, template.value))
        node.repeat = template.repeat
        self._place(node, template, address, place)
        for attribute in template.attributes:
            made = node.add(Node(attribute.type, attribute.name, attribute.value, namespace=attribute.namespace))
            self._place(made, attribute, f"{address}/@{attribute.name}", place)
        for child in template.children:
            self._grow(child, node, inside, place)

    def _place(self, node: Node, template: Node, address: str, place: tuple[int, ...]) -> None:
        node.address = address
        node.key = None if template.key is None else address
        self.nodes[address] = node
        if len(self.nodes) > BOX_CAP:
            raise TooManyBoxesError
        self.spots.setdefault(template.address, []).append(Spot(address, place))

    def at(self, template: str, place: tuple[int, ...], depth: int) -> list[str]:
        """The addresses of a template node, or of a repeat's sets (#repeat), that share `depth` positions."""
        found = self.shared.get((template, depth))
        if found is None:
            found = self.shared[template, depth] = {}
            is_set = template.startswith(_MARK)
            for spot in self.sets.get(template[1:], ()) if is_set else self.spots.get(template, ()):
                address = marker(spot.address) if is_set else spot.address
                found.setdefault(spot.place[:depth], []).append(address)
        return found.get(place[:depth], [])
