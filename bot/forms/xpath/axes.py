"""XPath's axes over our nodes, each in the axis's own order (reverse axes go outward)."""

from __future__ import annotations

from collections.abc import Callable

from bot.forms.xpath.nodes import Node, Type

Axis = Callable[[Node], list[Node]]


def child(node: Node) -> list[Node]:
    if node.children or not node.value or node.type is not Type.ELEMENT:
        return node.children
    text = Node(Type.TEXT, value=node.value)
    text.parent, text.order = node, node.order
    return [text]


def self_(node: Node) -> list[Node]:
    return [node]


def parent(node: Node) -> list[Node]:
    return [] if node.parent is None else [node.parent]


def attribute(node: Node) -> list[Node]:
    return node.attributes


def descendant(node: Node) -> list[Node]:
    return descendant_or_self(node)[1:]


def descendant_or_self(node: Node) -> list[Node]:
    return list(node.walk())


def ancestor(node: Node) -> list[Node]:
    return ancestor_or_self(node)[1:]


def ancestor_or_self(node: Node) -> list[Node]:
    line = [node]
    while line[-1].parent is not None:
        line.append(line[-1].parent)
    return line


def _siblings(node: Node) -> list[Node]:
    return [] if node.parent is None or node.type is Type.ATTRIBUTE else node.parent.children


def following_sibling(node: Node) -> list[Node]:
    return [other for other in _siblings(node) if other.order > node.order]


def preceding_sibling(node: Node) -> list[Node]:
    return [other for other in reversed(_siblings(node)) if other.order < node.order]


def following(node: Node) -> list[Node]:
    inside = set() if node.type is Type.ATTRIBUTE else set(map(id, node.walk()))
    return [other for other in node.root().walk() if other.order > node.order and id(other) not in inside]


def preceding(node: Node) -> list[Node]:
    line = set(map(id, ancestor_or_self(node)))
    before = [other for other in node.root().walk() if other.order < node.order and id(other) not in line]
    return before[::-1]


AXES: dict[str, Axis] = {
    "child": child,
    "self": self_,
    "parent": parent,
    "attribute": attribute,
    "descendant": descendant,
    "descendant-or-self": descendant_or_self,
    "ancestor": ancestor,
    "ancestor-or-self": ancestor_or_self,
    "following-sibling": following_sibling,
    "preceding-sibling": preceding_sibling,
    "following": following,
    "preceding": preceding,
    "namespace": lambda _node: [],
}
