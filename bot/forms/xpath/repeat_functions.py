"""ODK XPath: indexed-repeat(), which picks one instance of each repeat by its number."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from bot.forms.xpath.data import to_number
from bot.forms.xpath.frame import EvaluationError, Frame
from bot.forms.xpath.function import Function, table
from bot.forms.xpath.nodes import Node
from bot.forms.xpath.places import Place, locate, place_code, reads_of, settled
from bot.forms.xpath.scope import Code, Scope

if TYPE_CHECKING:
    from elementpath.xpath_tokens import XPathToken

Lower = Callable[["XPathToken", Scope], Code]


def indexed_repeat(arguments: list[XPathToken], scope: Scope, lower: Lower) -> Code:
    """indexed-repeat(node, repeat, number, ...): the node in that instance of the repeat, counted from 1.

    Repeats that are not named keep the instance that the expression stands in (ODK: form-operators-functions).
    """
    target = locate(arguments[0], scope)
    repeats = [locate(argument, scope) for argument in arguments[1::2]]
    if target is None or len(arguments) % 2 == 0 or not all(_is_around(repeat, target) for repeat in repeats):
        scope.fault("wrong_arguments", name="indexed-repeat", count=str(len(arguments)))
        return _impossible
    chosen = {place.node: lower(code, scope) for place, code in zip(repeats, arguments[2::2], strict=True) if place}
    own = settled(Place(target.node, -1), scope)
    found = Place(target.node, min(own.bound, *(repeat.depth - 1 for repeat in chosen)))
    scope.reads.update(reads_of(found))
    return _picked(found, chosen, scope)


def _is_around(repeat: Place | None, target: Place) -> bool:
    return repeat is not None and repeat.node.repeat and repeat.node in target.node.line()


def _picked(place: Place, chosen: Mapping[Node, Code], scope: Scope) -> Code:
    steps: list[tuple[str, Code | None]] = []
    node = place.node
    while node.depth > place.bound and node.parent is not None:
        steps.append((node.name, chosen.get(node)))
        node = node.parent
    start = place_code(Place(node, place.bound), scope)

    def run(frame: Frame) -> list[Node]:
        nodes = start(frame)
        for name, code in reversed(steps):
            same = [[child for child in parent.children if child.name == name] for parent in nodes]
            frame.env.charge(sum(map(len, same)) + 1)
            cut = slice(None) if code is None else _only(to_number(code(frame), frame.env))
            nodes = [child for children in same for child in children[cut]]
        return nodes

    return run


def _only(number: float) -> slice:
    """The place of one instance, counted from 1; an impossible number picks nothing."""
    place = int(number) if math.isfinite(number) and number >= 1 else 0
    return slice(place - 1, place) if place else slice(0)


def _impossible(_frame: Frame) -> list[Node]:
    raise EvaluationError("indexed-repeat() needs a node and the repeats around it")


def _unused(*_arguments: object) -> float:
    raise NotImplementedError


REPEAT_FUNCTIONS: dict[str, Function] = table([Function("indexed-repeat", 3, None, _unused, lower=indexed_repeat)])
