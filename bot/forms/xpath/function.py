"""How a function of ODK XPath is described."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.forms.xpath.data import Value
from bot.forms.xpath.frame import Frame
from bot.forms.xpath.scope import Code, Scope

if TYPE_CHECKING:
    from elementpath.xpath_tokens import XPathToken

Call = Callable[..., Value]
"""call(frame, *values): arguments already evaluated."""
LazyCall = Callable[[Frame, list[Code]], Value]
"""lazy(frame, codes): evaluates what it needs."""
LowerCall = Callable[["list[XPathToken]", Scope, Callable[["XPathToken", Scope], Code]], Code]
"""lower(arguments, scope, lower): the code of a call whose arguments are no plain values."""


@dataclass(frozen=True, slots=True)
class Function:
    """`least` to `most` arguments (`most` None: any number). `reads`: what it depends on besides its arguments."""

    name: str
    least: int
    most: int | None
    call: Call
    lazy: LazyCall | None = None
    reads: frozenset[str] = frozenset()
    check: Callable[[list[XPathToken], Scope], None] | None = None
    """Looks at the arguments when the form is loaded; may note faults and dependencies."""
    structure: bool = False
    """Asks of its arguments only which nodes there are, not what they hold."""
    lower: LowerCall | None = None
    """Makes the code of the whole call itself."""


def eager(name: str, least: int, most: int | None, call: Call) -> Function:
    return Function(name, least, most, call)


def lazy(name: str, least: int, most: int | None, call: LazyCall) -> Function:
    """A function that decides itself which of its arguments to evaluate."""

    def unused(_frame: Frame, *_values: Value) -> Value:
        raise NotImplementedError(name)

    return Function(name, least, most, unused, call)


def reading(function: Function, *keys: str) -> Function:
    return replace(function, reads=frozenset(keys))


def structural(name: str, least: int, most: int | None, call: Call) -> Function:
    """A function of which nodes there are, whatever they hold."""
    return Function(name, least, most, call, structure=True)


def table(functions: Iterable[Function]) -> dict[str, Function]:
    return {function.name: function for function in functions}
