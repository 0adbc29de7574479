"""ODK XPath: pulldata() and randomize(), on the rows of lists."""

from __future__ import annotations

import hashlib
import math
from typing import TYPE_CHECKING

from bot.forms.xpath.data import Value, node_text, to_number, to_text
from bot.forms.xpath.frame import Frame
from bot.forms.xpath.function import Function, eager, table
from bot.forms.xpath.nodes import Node
from bot.forms.xpath.paths import in_order, nodes_of
from bot.forms.xpath.scope import Scope

if TYPE_CHECKING:
    from elementpath.xpath_tokens import XPathToken

_MODULUS = 2**31 - 1
_MULTIPLIER = 16_807


def pulldata(frame: Frame, instance: Value, column: Value, key_column: Value, key: Value) -> str:
    """The `column` of the first row whose `key_column` is `key`; '' when there is none."""
    name, wanted = to_text(instance, frame.env), to_text(key, frame.env)
    row = frame.env.row(name.removesuffix(".csv"), to_text(key_column, frame.env), wanted)
    found = None if row is None else row.child(to_text(column, frame.env))
    return "" if found is None else node_text(found, frame.env)


def check_file(arguments: list[XPathToken], scope: Scope) -> None:
    """pulldata() must name, in quotes, a file that the form has."""
    name = str(arguments[0].value) if arguments[0].label == "literal" else arguments[0].source
    if name.removesuffix(".csv") not in scope.instances:
        scope.fault("unknown_instance", name=name)


def randomize(frame: Frame, nodes: Value, *seed: Value) -> list[Node]:
    """The nodes shuffled as ODK shuffles them: the same seed gives the same order everywhere. Without a seed the
    order follows from the draft and the box, so that a list does not change while it is read."""
    ordered = in_order(nodes_of(nodes))
    frame.env.charge(len(ordered))
    shuffled: list[Node] = []
    state = _seed(frame, seed)
    for place, node in enumerate(ordered):
        state = state * _MULTIPLIER % _MODULUS
        other = math.floor((state - 1) / (_MODULUS - 1) * (place + 1))
        shuffled.insert(other, node)
        if other < place:
            shuffled.append(shuffled.pop(other + 1))
    return shuffled


def _seed(frame: Frame, seed: tuple[Value, ...]) -> int:
    """A state for Park and Miller's generator. What is no number counts by its SHA-256, as in JavaRosa."""
    if seed:
        number = to_number(seed[0], frame.env)
        text = to_text(seed[0], frame.env)
    else:
        number, text = math.nan, f"{frame.env.seed}/{frame.current.address or frame.current.key}"
    if math.isfinite(number):
        whole = math.trunc(number)
    else:
        whole = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big", signed=True)
    state = math.trunc(math.fmod(whole, _MODULUS)) if abs(whole) < 2**53 else whole % _MODULUS
    return state + _MODULUS - 1 if state <= 0 else state


LIST_FUNCTIONS: dict[str, Function] = table(
    [Function("pulldata", 4, 4, pulldata, check=check_file), eager("randomize", 1, 2, randomize)]
)
