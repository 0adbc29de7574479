"""ODK XPath: functions on numbers and on counts."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from bot.forms.xpath.data import Value, node_text, text_number, to_number
from bot.forms.xpath.frame import Frame
from bot.forms.xpath.function import Function, eager, structural, table
from bot.forms.xpath.paths import nodes_of

_HAIR = 1e-9
_PLACES = 300
"""Decimal places beyond which rounding a double means nothing."""


def number(frame: Frame, *values: Value) -> float:
    env = frame.env
    return to_number(values[0], env) if values else text_number(node_text(frame.node, env), env.zone)


def _numbers(frame: Frame, values: tuple[Value, ...]) -> list[float]:
    found: list[float] = []
    for value in values:
        if isinstance(value, list):
            frame.env.charge(len(value))
            found.extend(text_number(node_text(node, frame.env), frame.env.zone) for node in value)
        else:
            found.append(to_number(value, frame.env))
    return found


def _best(choose: Callable[[list[float]], float]) -> Callable[..., float]:
    def run(frame: Frame, *values: Value) -> float:
        found = _numbers(frame, values)
        return math.nan if not found or any(map(math.isnan, found)) else choose(found)

    return run


def total(frame: Frame, nodes: Value) -> float:
    return sum(_numbers(frame, (nodes_of(nodes),)))


def count(_frame: Frame, nodes: Value) -> float:
    return float(len(nodes_of(nodes)))


def count_non_empty(frame: Frame, nodes: Value) -> float:
    found = nodes_of(nodes)
    frame.env.charge(len(found))
    return float(sum(1 for node in found if node_text(node, frame.env)))


def round_(frame: Frame, value: Value, places: Value = 0.0) -> float:
    """Half goes away from zero; with places, also left of the point (negative)."""
    amount, digits = to_number(value, frame.env), to_number(places, frame.env)
    if not math.isfinite(amount) or not math.isfinite(digits):
        return amount if math.isfinite(digits) else math.nan
    digits = max(-_PLACES, min(_PLACES, math.trunc(digits)))
    if digits < 0:
        scale = 10.0**-digits
        return _half_up(Decimal(repr(amount)) / Decimal(scale), 0) * scale
    return _half_up(Decimal(repr(amount)), digits)


def _half_up(amount: Decimal, digits: int) -> float:
    exponent = amount.as_tuple().exponent
    if not isinstance(exponent, int) or -exponent <= digits or digits > 20:  # noqa: PLR2004 - past a double's digits
        return float(amount)
    return float(amount.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP))


def _whole(cut: Callable[[float], int]) -> Callable[..., float]:
    def run(frame: Frame, value: Value) -> float:
        amount = to_number(value, frame.env)
        return float(cut(amount)) if math.isfinite(amount) else amount

    return run


def _truncated(amount: float) -> int:
    """Days between two dates come out a hair beside the whole number: the local midnight is no binary fraction."""
    near = round(amount)
    return near if abs(amount - near) < _HAIR else math.trunc(amount)


def _real(apply: Callable[[float], float]) -> Callable[..., float]:
    """A function of one real number; outside its domain it is NaN, as in ODK."""

    def run(frame: Frame, value: Value) -> float:
        try:
            return apply(to_number(value, frame.env))
        except ValueError:
            return math.nan
        except OverflowError:
            return math.inf

    return run


def power(frame: Frame, base: Value, exponent: Value) -> float:
    try:
        return math.pow(to_number(base, frame.env), to_number(exponent, frame.env))
    except ValueError:
        return math.nan
    except OverflowError:
        return math.inf


def atan2(frame: Frame, y: Value, x: Value) -> float:
    return math.atan2(to_number(y, frame.env), to_number(x, frame.env))


def _log(apply: Callable[[float], float]) -> Callable[[float], float]:
    return lambda amount: -math.inf if amount == 0 else apply(amount)


_REAL: dict[str, Callable[[float], float]] = {
    "abs": abs,
    "sqrt": math.sqrt,
    "exp": math.exp,
    "exp10": lambda amount: math.pow(10.0, amount),
    "log": _log(math.log),
    "log10": _log(math.log10),
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "asin": math.asin,
    "acos": math.acos,
    "atan": math.atan,
}

NUMBER_FUNCTIONS: dict[str, Function] = table(
    [
        eager("number", 0, 1, number),
        eager("min", 1, None, _best(min)),
        eager("max", 1, None, _best(max)),
        eager("sum", 1, 1, total),
        structural("count", 1, 1, count),
        eager("count-non-empty", 1, 1, count_non_empty),
        eager("round", 1, 2, round_),
        eager("int", 1, 1, _whole(_truncated)),
        eager("floor", 1, 1, _whole(math.floor)),
        eager("ceiling", 1, 1, _whole(math.ceil)),
        eager("pow", 2, 2, power),
        eager("atan2", 2, 2, atan2),
        eager("pi", 0, 0, lambda _frame: math.pi),
        *(eager(name, 1, 1, _real(apply)) for name, apply in _REAL.items()),
    ]
)
