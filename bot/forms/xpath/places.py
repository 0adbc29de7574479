"""Which node of the form a path names, found when the form is loaded, and what the path depends on.

Inside repeats a path means the instance that its expression stands in, as far as they share repeats (JavaRosa's rule
for absolute paths too); beyond that it means all instances.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.forms.xpath.axes import AXES
from bot.forms.xpath.frame import Frame
from bot.forms.xpath.nodes import Node, Type
from bot.forms.xpath.scope import EVERYTHING, NodeCode, Scope, marker, pattern

if TYPE_CHECKING:
    from elementpath.xpath_tokens import XPathToken

_INWARD = frozenset({"child", "self", "descendant", "descendant-or-self", "attribute"})
_OUTWARD = frozenset(AXES) - _INWARD | {"..", "current"}
_PLAIN_PATH = re.compile(r"(?:/[^\W\d][\w-]*)+")
_Down = Callable[[Frame, list[Node], bool], list[Node]]


@dataclass(frozen=True, slots=True)
class Place:
    """A node of the form's template. `bound`: how many of the repeats around it (outermost first) are the origin's
    own instances; -1 while that is open, for a path from the root."""

    node: Node
    bound: int


def locate(token: XPathToken, scope: Scope, *, loose: bool = False) -> Place | None:
    """The one template node that a path names. None when only the running form can tell. `loose` passes over
    predicates, so that the place is where the path can lead at most."""
    symbol = token.symbol
    if symbol in {".", "..", "(name)", "@"}:
        return _step(_at(scope.at), token)
    if symbol == "current":
        return _at(scope.origin)
    if symbol == "[" and loose:
        return _any_instance(locate(token[0], scope, loose=True))
    if symbol != "/" or len(token) == 0:
        return None
    base = _root(scope) if len(token) == 1 else locate(token[0], scope, loose=loose)
    last = token[len(token) - 1]
    if last.symbol == "[" and loose:
        return _any_instance(_step(base, _bare(last)))
    return _step(base, last)


def _at(node: Node | None) -> Place | None:
    return None if node is None else Place(node, node.depth)


def _root(scope: Scope) -> Place | None:
    return None if scope.tree is None else Place(scope.tree, -1)


def _any_instance(place: Place | None) -> Place | None:
    """A repeat with a predicate: which instance is not known now."""
    if place is None or not place.node.repeat:
        return place
    return Place(place.node, max(0, min(place.bound, place.node.depth - 1)))


def _bare(step: XPathToken) -> XPathToken:
    while step.symbol == "[":
        step = step[0]
    return step


def _step(base: Place | None, step: XPathToken) -> Place | None:
    if base is None:
        return None
    if step.symbol == "(name)":
        found = base.node.child(str(step.value))
    elif step.symbol == "@":
        found = base.node.attribute(str(step[0].value)) if step[0].symbol == "(name)" else None
    elif step.symbol == "..":
        found = base.node.parent
    else:
        found = base.node if step.symbol == "." else None
    if found is None:
        return None
    return Place(found, min(base.bound, found.depth) if step.symbol == ".." else base.bound)


def named_place(source: str, scope: Scope) -> Place | None:
    """The place that a plain path from the root names (/data/a/b), found without parsing: labels hold little else."""
    path = source.strip()
    node = scope.tree if _PLAIN_PATH.fullmatch(path) else None
    for name in path.split("/")[1:]:
        node = None if node is None else node.child(name)
    return None if node is None else settled(Place(node, -1), scope)


def is_nowhere(token: XPathToken, scope: Scope) -> bool:
    """Whether a path names a place that the form does not have, so that it is empty whatever is answered."""
    if token.symbol == "(name)":
        return scope.at is not None and locate(token, scope) is None
    if token.symbol != "/" or len(token) == 0:
        return False
    base = _root(scope) if len(token) == 1 else locate(token[0], scope)
    last = token[len(token) - 1]
    if base is None:
        return len(token) > 1 and is_nowhere(token[0], scope)
    return last.symbol == "(name)" and base.node.child(str(last.value)) is None


def settled(place: Place, scope: Scope, *, through: bool = False) -> Place:
    """The place with its instances decided. A path from the root that ends in a repeat means all its instances,
    unless it goes on from there (`through`)."""
    if place.bound >= 0:
        return place
    own = set() if scope.origin is None else set(scope.origin.line())
    around = [node for node in place.node.line() if node.repeat and (through or node is not place.node)]
    bound = 0
    for repeat in reversed(around):
        if repeat not in own:
            break
        bound += 1
    return Place(place.node, bound)


def place_code(place: Place, scope: Scope) -> NodeCode:
    """What gives the nodes of a settled place when the form runs."""
    node = place.node
    if not scope.repeats:
        nodes = [node]
        return lambda _frame: nodes
    if node.depth == 0:
        address = node.address
        return lambda frame: frame.env.placed(address)
    own = [] if scope.origin is None else list(scope.origin.line())
    line = list(node.line())
    anchor = next(step for step in line if step.depth <= place.bound and (step in own or step.depth == 0))
    down = _descent(line[: line.index(anchor)][::-1])
    several = place.bound < node.depth
    if anchor.depth == 0:
        top = anchor.address
        return lambda frame: down(frame, frame.env.placed(top), several)
    hops = own.index(anchor)
    return lambda frame: down(frame, [_up(frame.current, hops)], several)


def _up(node: Node, hops: int) -> Node:
    for _ in range(hops):
        node = node.parent or node
    return node


def _descent(steps: list[Node]) -> _Down:
    names = [step.name for step in steps if step.type is not Type.ATTRIBUTE]
    attribute = next((step.name for step in steps if step.type is Type.ATTRIBUTE), None)

    def run(frame: Frame, nodes: list[Node], several: bool) -> list[Node]:  # noqa: FBT001 - called twice, above
        for name in names:
            nodes = [child for node in nodes for child in node.children if child.name == name]
            frame.env.charge(len(nodes) + 1)
        if attribute is not None:
            nodes = [found for node in nodes if (found := node.attribute(attribute)) is not None]
        return frame.env.applying(nodes) if several else nodes

    return run


def reads_of(place: Place, *, structure: bool = False) -> Iterator[str]:
    """What a settled place depends on: how many instances there are and, unless only the `structure` matters, what
    they hold."""
    node = place.node
    for step in node.line():
        if step.repeat and step.depth > place.bound:
            yield pattern(min(place.bound, step.depth - 1), marker(step.address))
    if structure:
        return
    if node.type is Type.ATTRIBUTE and node.key is not None:
        yield pattern(min(place.bound, node.depth), node.key)
    for inner in node.walk():
        if inner.key is not None and inner.type is not Type.ATTRIBUTE:
            yield pattern(min(place.bound, inner.depth), inner.key)
        if inner.repeat and inner is not node:
            yield pattern(min(place.bound, inner.depth - 1), marker(inner.address))


def reach(token: XPathToken, scope: Scope) -> set[str]:
    """What a path that must be walked can at most depend on."""
    if scope.tree is None:
        return set()
    start, outward = token, False
    found = locate(start, scope, loose=True)
    while found is None and start.symbol in {"/", "//", "["} and len(start) == 2:  # noqa: PLR2004 - left and right
        outward = outward or (start.symbol != "[" and _goes_out(start[1]))
        start = start[0]
        found = locate(start, scope, loose=True)
    if found is None:
        absolute = start.symbol in {"/", "//"}
        outward = outward or _goes_out(start[0] if absolute and len(start) else start)
        found = _root(scope) if absolute else _at(scope.at)
    if outward:
        return {EVERYTHING}
    if found is not None:
        return set(reads_of(settled(found, scope)))
    return set() if scope.inside_form else {EVERYTHING}


def _goes_out(step: XPathToken) -> bool:
    return _bare(step).symbol in _OUTWARD
