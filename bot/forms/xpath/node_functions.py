"""XPath functions about nodes: their place, names and language, and the trees that a form has beside its own."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from bot.forms.xpath.data import Value, first_in_order, node_text, to_text
from bot.forms.xpath.frame import Frame
from bot.forms.xpath.nodes import Node, Type
from bot.forms.xpath.paths import nodes_of
from bot.forms.xpath.scope import KNOWN, KNOWN_INSTANCE, LAST, LAST_SAVED, Scope

if TYPE_CHECKING:
    from elementpath.xpath_tokens import XPathToken


def position(frame: Frame, *values: Value) -> float:
    """The place of the focus or, with a node, among its siblings of the same name."""
    if not values:
        return float(frame.position)
    nodes = nodes_of(values[0])
    if not nodes:
        return math.nan
    node = first_in_order(nodes)
    if node.parent is None:
        return 1.0
    same = [c for c in node.parent.children if c.name == node.name]
    frame.env.charge(len(same))
    return float(same.index(node) + 1 if node in same else len(same) + 1)  # the instance that would come next


def _node(frame: Frame, values: tuple[Value, ...]) -> Node | None:
    if not values:
        return frame.node
    nodes = nodes_of(values[0])
    return first_in_order(nodes) if nodes else None


def local_name(frame: Frame, *values: Value) -> str:
    node = _node(frame, values)
    return "" if node is None else node.name


def name(frame: Frame, *values: Value) -> str:
    node = _node(frame, values)
    if node is None:
        return ""
    return f"{node.prefix}:{node.name}" if node.prefix else node.name


def namespace_uri(frame: Frame, *values: Value) -> str:
    node = _node(frame, values)
    return "" if node is None else node.namespace


def lang(frame: Frame, wanted: Value) -> bool:
    """Whether the focus is in that language by xml:lang."""
    language = to_text(wanted, frame.env).lower()
    node: Node | None = frame.node
    while node is not None:
        for attribute in node.attributes if node.type is Type.ELEMENT else ():
            if attribute.name == "lang" and attribute.namespace:
                found = attribute.value.lower()
                return found == language or found.startswith(f"{language}-")
        node = node.parent
    return False


def instance(frame: Frame, wanted: Value) -> list[Node]:
    found = frame.env.instance(to_text(wanted, frame.env))
    return [] if found is None else [found]


def check_instance(arguments: list[XPathToken], scope: Scope) -> None:
    """instance() must name, in quotes, an instance that the form has."""
    wanted = arguments[0].value if arguments[0].label == "literal" else None
    if wanted == KNOWN_INSTANCE:
        scope.reads.add(KNOWN)
    if wanted == LAST_SAVED:
        scope.reads.add(LAST)
    if wanted not in {KNOWN_INSTANCE, LAST_SAVED} and wanted not in scope.instances:
        scope.fault("unknown_instance", name=str(wanted or arguments[0].source))


def with_id(frame: Frame, wanted: Value) -> list[Node]:
    """The elements of the focus's tree whose attribute `id` is one of the words."""
    texts = (
        [node_text(node, frame.env) for node in wanted] if isinstance(wanted, list) else [to_text(wanted, frame.env)]
    )
    ids = {word for text in texts for word in text.split()}
    found = [
        node for node in frame.node.root().walk() if any(a.name == "id" and a.value in ids for a in node.attributes)
    ]
    frame.env.charge(len(found))
    return found
