"""ODK's XPath dialect on elementpath: its XPath 1.0 grammar, with ODK's functions and XPath's full path rules.

elementpath's tokens are only the syntax tree; `lower` turns them into closures. A live evaluation through its
contexts costs about 40 microseconds, a closure 1 to 3, and a form is evaluated far more often than it is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from elementpath import ElementPathError, XPath1Parser
from elementpath.xpath_tokens import XPathFunction, XPathToken

from bot.forms.xpath.library import LIBRARY

NAMESPACES: Mapping[str, str] = {
    "jr": "http://openrosa.org/javarosa",
    "orx": "http://openrosa.org/xforms",
    "odk": "http://www.opendatakit.org/xforms",
    "xhtml": "http://www.w3.org/1999/xhtml",
}
LENGTH_CAP = 20_000
"""Characters of one expression. The longest of 338 public forms has fewer than 8,000."""
DEPTH_CAP = 60
"""Open brackets at one place."""

_QUOTED = re.compile(r"(\"[^\"]*\"|'[^']*')")
_GLUED = re.compile(r"(?<![\w.@/-])(\d+\.?\d*)\s*(and|or|div|mod)\s*(?=\d)", re.ASCII)
_KIND_TESTS = {"node", "text", "comment", "processing-instruction"}
_COMPARISONS = ("=", "!=", "<", ">", "<=", ">=")


class ExpressionError(Exception):
    """The text is no XPath expression that we can run. `what` and `args_` are for a FormProblem."""

    def __init__(self, what: str, **args: str) -> None:
        super().__init__(f"{what}: {args}")
        self.what = what
        self.args_ = args


class CallToken(XPathFunction):
    """A call `name(a, b ...)`. How many arguments it may have is checked when it is lowered."""

    label = "function"

    def nud(self) -> XPathFunction:
        self.parser.advance("(")
        items: list[Any] = self._items
        if self.parser.next_token.symbol != ")":
            items.append(self.parser.expression(5))
            while self.parser.next_token.symbol == ",":
                self.parser.advance(",")
                items.append(self.parser.expression(5))
        self.parser.advance(")")
        return self

    def bind_namespace(self, namespace: str) -> None:
        """jr:choice-name and the like: the table knows them by their local name."""
        self.namespace = namespace


def _comparison_led(self: XPathToken, left: XPathToken) -> XPathToken:
    """XPath 1.0 lets comparisons chain (`3 > 2 > 1`), elementpath does not."""
    self._items[:] = [left, self.parser.expression(rbp=self.lbp)]
    return self


def _path_led(self: XPathToken, left: XPathToken) -> XPathToken:
    """Any node-set may be walked on from: instance('x')/root/item, current()/../a."""
    if self.parser.next_token.label not in self.parser.PATH_STEP_LABELS:
        self.parser.expected_next(*self.parser.PATH_STEP_SYMBOLS)
    self._items[:] = [left, self.parser.expression(75)]
    return self


class OdkParser(XPath1Parser):
    """Parses one expression at a time; not shared between threads."""

    DEFAULT_NAMESPACES: ClassVar[dict[str, str]] = {**XPath1Parser.DEFAULT_NAMESPACES, **NAMESPACES}

    @classmethod
    def teach(cls, functions: tuple[str, ...]) -> None:
        """Put our functions and path rules into this class's own symbol table (the base's stays as it is)."""
        table: dict[str, Any] = {
            symbol: token
            for symbol, token in cls.symbol_table.items()
            if not issubclass(token, XPathFunction) or symbol in _KIND_TESTS
        }
        for name in functions:
            table[name] = type("CallToken", (CallToken,), {"symbol": name, "lookup_name": name, "lbp": 90, "rbp": 90})
        for symbol in (*_COMPARISONS, "/", "//"):
            led = _path_led if symbol.startswith("/") else _comparison_led
            bp = {"=": 28, "!=": 28}.get(symbol, table[symbol].lbp)
            table[symbol] = type("OperatorToken", (table[symbol],), {"led": led, "lbp": bp, "rbp": bp})
        cls.symbol_table = table
        cls.tokenizer = cls.create_tokenizer(table)

    def parse(self, source: str) -> XPathToken:
        """Parse without elementpath's static evaluation, which would run functions without a form."""
        return super(XPath1Parser, self).parse(source)


OdkParser.teach(tuple(LIBRARY))


def parse(source: str, prefixes: Mapping[str, str] = NAMESPACES) -> XPathToken:
    """The syntax tree of `source`. Raises ExpressionError."""
    if len(source) > LENGTH_CAP:
        raise ExpressionError("expression_too_long", limit=str(LENGTH_CAP))
    source = _spaced(source)
    if _depth(source) > DEPTH_CAP:
        raise ExpressionError("expression_too_deep", limit=str(DEPTH_CAP))
    try:
        return OdkParser(dict(prefixes)).parse(source)
    except ElementPathError as error:
        name = str(error).partition("unknown function '")[2].partition("'")[0]
        if name:
            raise ExpressionError("unsupported_function", name=name) from error
        raise ExpressionError("bad_expression", why=error.message) from error
    except (SyntaxError, ValueError, TypeError, AssertionError, KeyError) as error:
        raise ExpressionError("bad_expression", why=str(error)) from error
    except RecursionError as error:
        raise ExpressionError("expression_too_deep", limit=str(DEPTH_CAP)) from error


def _spaced(source: str) -> str:
    """Spaces around the operators of `1and1`, which elementpath would read as a name."""
    pieces = _QUOTED.split(source)
    pieces[::2] = [_GLUED.sub(r"\1 \2 ", piece) for piece in pieces[::2]]
    return "".join(pieces)


def _depth(source: str) -> int:
    depth = deepest = 0
    for sign in source:
        if sign in "([":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in ")]":
            depth -= 1
    return deepest
