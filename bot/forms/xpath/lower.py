"""From elementpath's syntax tree to closures, once per expression when a form is loaded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.forms.xpath import parser
from bot.forms.xpath.data import Value, to_boolean, to_number
from bot.forms.xpath.frame import EvaluationError, Frame
from bot.forms.xpath.function import Function
from bot.forms.xpath.library import LIBRARY
from bot.forms.xpath.operators import ARITHMETIC, RELATIONS, equal, relate
from bot.forms.xpath.paths import in_order, is_path, lower_path, nodes_of
from bot.forms.xpath.places import locate, named_place, place_code, reads_of
from bot.forms.xpath.scope import Code, Scope

if TYPE_CHECKING:
    from elementpath.xpath_tokens import XPathToken

Lower = Callable[["XPathToken", Scope], Code]


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression ready to run. `reads` names what its value depends on (see scope)."""

    source: str
    code: Code = field(repr=False)
    reads: frozenset[str]
    direct: str | None = None
    """Key of the one leaf that the expression merely names, such as ${a}."""


def compile_expression(source: str, scope: Scope) -> Expression:
    """Compile `source`. Raises ExpressionError; softer faults (arity, unknown instance) gather in scope.faults."""
    place = named_place(source, scope)
    if place is not None:
        return Expression(source, place_code(place, scope), frozenset(reads_of(place)), place.node.key)
    token = parser.parse(source, scope.prefixes)
    try:
        code = lower(token, scope)
    except RecursionError as error:
        raise parser.ExpressionError("expression_too_deep", limit=str(parser.DEPTH_CAP)) from error
    named = locate(token, scope) if token.symbol == "/" else None
    return Expression(source, code, frozenset(scope.reads), None if named is None else named.node.key)


def lower(token: XPathToken, scope: Scope) -> Code:
    """The code of one token of the syntax tree."""
    symbol = token.symbol
    if token.label == "literal":
        return _literal(token)
    if symbol == "(":
        return lower(token[0], scope)
    if symbol in ARITHMETIC and len(token) > 0:
        return _arithmetic(token, scope)
    if symbol in RELATIONS:
        return _relation(token, scope)
    special = {"and": _logic, "or": _logic, "=": _equality, "!=": _equality, "|": _union}.get(symbol)
    return _path_or_call(token, scope) if special is None else special(token, scope)


def _path_or_call(token: XPathToken, scope: Scope) -> Code:
    if is_path(token):
        return lower_path(token, scope, lower)
    call = token[1] if token.symbol == ":" else token
    function = LIBRARY.get(call.symbol)
    if function is None:
        raise parser.ExpressionError("bad_expression", why=f"unexpected {call.source}")
    return _call(function, list(call), scope)


def _literal(token: XPathToken) -> Code:
    value: Value = token.value if isinstance(token.value, str) else float(str(token.value))
    return lambda _frame: value


def _logic(token: XPathToken, scope: Scope) -> Code:
    """`and`, `or`: a chain is flattened, so that a long one does not nest deep."""
    decides = token.symbol == "or"
    parts: list[Code] = []
    rest: XPathToken = token
    while rest.symbol == token.symbol and len(rest) == 2:  # noqa: PLR2004 - left and right
        parts.append(lower(rest[1], scope))
        rest = rest[0]
    parts.append(lower(rest, scope))
    parts.reverse()

    def run(frame: Frame) -> bool:
        for part in parts:
            if to_boolean(part(frame)) is decides:
                return decides
        return not decides

    return run


def _equality(token: XPathToken, scope: Scope) -> Code:
    left, right, wanted = lower(token[0], scope), lower(token[1], scope), token.symbol == "="
    return lambda frame: equal(left(frame), right(frame), frame.env, wanted=wanted)


def _relation(token: XPathToken, scope: Scope) -> Code:
    left, right, relation = lower(token[0], scope), lower(token[1], scope), RELATIONS[token.symbol]
    return lambda frame: relate(left(frame), right(frame), frame.env, relation)


def _union(token: XPathToken, scope: Scope) -> Code:
    left, right = lower(token[0], scope), lower(token[1], scope)
    return lambda frame: in_order([*nodes_of(left(frame)), *nodes_of(right(frame))])


def _arithmetic(token: XPathToken, scope: Scope) -> Code:
    first = lower(token[0], scope)
    if len(token) == 1:
        sign = -1.0 if token.symbol == "-" else 1.0
        return lambda frame: sign * to_number(first(frame), frame.env)
    second, operation = lower(token[1], scope), ARITHMETIC[token.symbol]
    return lambda frame: operation(to_number(first(frame), frame.env), to_number(second(frame), frame.env))


def _call(function: Function, arguments: list[XPathToken], scope: Scope) -> Code:
    count = len(arguments)
    if count < function.least or (function.most is not None and count > function.most):
        scope.fault("wrong_arguments", name=function.name, count=str(count))
        return _refuse(function.name)
    scope.reads.update(function.reads)
    if function.check is not None:
        function.check(arguments, scope)
    if function.lower is not None:
        return function.lower(arguments, scope, lower)
    codes = [_argument(function, argument, scope) for argument in arguments]
    if function.lazy is not None:
        lazy = function.lazy
        return lambda frame: lazy(frame, codes)
    return _eager(function, codes)


def _argument(function: Function, argument: XPathToken, scope: Scope) -> Code:
    if function.structure and is_path(argument):
        return lower_path(argument, scope, lower, structure=True)
    return lower(argument, scope)


def _eager(function: Function, codes: list[Code]) -> Code:
    call = function.call
    if len(codes) == 1:
        only = codes[0]
        return lambda frame: call(frame, only(frame))
    return lambda frame: call(frame, *[code(frame) for code in codes])


def _refuse(name: str) -> Code:
    def run(_frame: Frame) -> Value:
        raise EvaluationError(f"wrong number of arguments for {name}()")

    return run
