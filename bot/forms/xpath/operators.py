"""XPath's operators with ODK's rule that dates count as days."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable

from bot.forms.xpath.data import Value, moment, node_text, text_number, to_boolean, to_number
from bot.forms.xpath.frame import Env
from bot.forms.xpath.nodes import Node

Relation = Callable[[float, float], bool]

RELATIONS: dict[str, Relation] = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


def equal(left: Value, right: Value, env: Env, *, wanted: bool) -> bool:
    """`=` (wanted) and `!=` (not wanted): on node-sets, true when any pair fits."""
    if isinstance(left, list):
        return _nodes_equal(left, right, env, wanted=wanted)
    if isinstance(right, list):
        return _nodes_equal(right, left, env, wanted=wanted)
    return _plain_equal(left, right, env) is wanted


def _plain_equal(left: Value, right: Value, env: Env) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) == to_boolean(right)
    if isinstance(left, str) and isinstance(right, str):
        return left == right or _same_moment(left, right, env)
    return to_number(left, env) == to_number(right, env)


def _same_moment(left: str, right: str, env: Env) -> bool:
    """Two spellings of one date are equal: a day and its midnight."""
    if left[4:5] != "-" or right[4:5] != "-":
        return False
    first, second = moment(left, env.zone), moment(right, env.zone)
    return first is not None and second is not None and first.at == second.at


def _nodes_equal(nodes: list[Node], other: Value, env: Env, *, wanted: bool) -> bool:
    if isinstance(other, bool):
        return (bool(nodes) == other) is wanted
    if isinstance(other, list):
        texts = {node_text(node, env) for node in other}
        env.charge(len(texts) + len(nodes))
        return any(_any_pair(node_text(node, env), texts, wanted=wanted) for node in nodes)
    return any(_plain_equal(node_text(node, env), other, env) is wanted for node in nodes)


def _any_pair(text: str, others: set[str], *, wanted: bool) -> bool:
    if wanted:
        return text in others
    return len(others) > 1 or (len(others) == 1 and text not in others)


def relate(left: Value, right: Value, env: Env, relation: Relation) -> bool:
    """`<` and its kin: by number; on node-sets, true when any pair fits."""
    lefts, rights = _numbers(left, env), _numbers(right, env)
    env.charge(len(lefts) + len(rights))
    if len(lefts) == 1 and len(rights) == 1:
        return relation(lefts[0], rights[0])
    if not lefts or not rights:
        return False
    lefts, rights = _ends(lefts), _ends(rights)
    return any(relation(a, b) for a in lefts for b in rights)


def _numbers(value: Value, env: Env) -> list[float]:
    if not isinstance(value, list):
        return [to_number(value, env)]
    return [text_number(node_text(node, env), env.zone) for node in value]


def _ends(numbers: list[float]) -> list[float]:
    """Only the least and the greatest can decide an order relation, so pairs never multiply."""
    real = [n for n in numbers if not math.isnan(n)]
    return [min(real), max(real)] if real else []


def divide(left: float, right: float) -> float:
    if right != 0:
        return left / right
    if left == 0 or math.isnan(left):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def modulo(left: float, right: float) -> float:
    """The remainder has the sign of the dividend, as in XPath."""
    if right == 0 or math.isinf(left) or math.isnan(left) or math.isnan(right):
        return math.nan
    return math.fmod(left, right)


ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": divide,
    "mod": modulo,
}
