"""Turns the tokens of a date into symbols, one character each, so that the grammar of dates is a table of patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.reading.numerals import Number
from bot.reading.spoken import fold_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.reading.tokens import Token

# The first kind that a token has decides its symbol; a word of several kinds stands under the symbol of the first.
SYMBOLS: tuple[tuple[str, str], ...] = (
    ("negation", "!"),
    ("question", "?"),
    ("month", "M"),
    ("months", "A"),
    ("weekday", "W"),
    ("sunday_or_week", "a"),
    ("week", "w"),
    ("relative", "R"),
    ("relative_unsure", "Q"),
    ("be", "y"),
    ("ce", "g"),
    ("year_word", "Y"),
    ("month_word", "m"),
    ("end_of", "z"),
    ("start_of", "Z"),
    ("before", "b"),
    ("after", "f"),
    ("between", "j"),
    ("approx", "~"),
    ("vague", "v"),
    ("this", "n"),
    ("next", "x"),
    ("last", "l"),
    ("ago", "l"),
    ("ahead", "e"),
    ("from_now", "F"),
    ("one_short", "1"),
    ("round", "r"),
    ("round_word", "k"),
    ("of_day", "T"),
    ("day", "d"),
    ("midnight", "I"),
    ("noon", "O"),
    ("afternoon", "B"),
    ("evening", "V"),
    ("night", "G"),
    ("hour_mark", "N"),
    ("mong", "U"),
    ("minute_half", "H"),
    ("evening_part", "C"),
    ("day_part", "P"),
    ("when_past", "E"),
    ("time_word", "t"),
    ("slash", "s"),
    ("dash", "h"),
    ("to", "q"),
    ("dot", "p"),
    ("colon", "o"),
    ("comma", "c"),
    ("and", "c"),
    ("particle", ""),
    ("filler", ""),
)
_NOT_A_NUMBER = "u"
SPOKEN_PAIR = "spoken_pair"
"""Doubt of "หกเจ็ด": the year 67 after a month, else a guess between six and seven."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """One meaningful token of a date: its symbol, its value (number, month, weekday ...) and its text."""

    code: str
    value: object
    text: str
    isan: bool = False
    doubt: str = ""


def whole(symbol: Symbol) -> int:
    """The value of a number."""
    return int(str(symbol.value))


@dataclass(frozen=True, slots=True)
class Line:
    """Symbols in order; `codes` is the string that the patterns are matched against."""

    symbols: tuple[Symbol, ...]

    @property
    def codes(self) -> str:
        return "".join(symbol.code for symbol in self.symbols)

    def cut(self, start: int, end: int) -> Line:
        return Line(self.symbols[start:end])

    def without(self, start: int, end: int) -> Line:
        return Line(self.symbols[:start] + self.symbols[end:])

    def only(self, codes: str) -> list[Symbol]:
        return [symbol for symbol in self.symbols if symbol.code in codes]

    def dropping(self, codes: str) -> Line:
        return Line(tuple(symbol for symbol in self.symbols if symbol.code not in codes))

    def numbers(self) -> list[Symbol]:
        return self.only("D")


def symbols_of(tokens: Sequence[Token]) -> Line:
    """The line of a tokenised text; unknown words become "u"."""
    found = (_symbol(item) for item in fold_numbers(list(tokens)))
    return Line(tuple(symbol for symbol in found if symbol is not None))


def _symbol(item: Token | Number) -> Symbol | None:
    if isinstance(item, Number):
        return _number(item)
    for kind, code in SYMBOLS:
        if item.has(kind):
            return Symbol(code, item.kinds[kind], item.text, item.has("isan")) if code else None
    return Symbol(_NOT_A_NUMBER, None, item.text)


def _number(item: Number) -> Symbol:
    if re.fullmatch(r"\d+", item.text):
        return Symbol("D", int(item.text), item.text)
    value, doubt = item.value, item.doubt
    if item.refusal == "range" and item.low is not None and item.high is not None and item.high <= 9:  # noqa: PLR2004 (two digits said one by one, "หกเจ็ด")
        value, doubt = item.low * 10 + item.high, SPOKEN_PAIR
    if value is None:
        return Symbol(_NOT_A_NUMBER, None, item.text)
    return Symbol("D", value, str(value), item.isan, doubt)
