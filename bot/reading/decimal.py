"""Numbers that may have a fraction: digits with a point, จุด in words, halves; Thai habits with commas.

A whole number is read as a count is (quantity.py), so that everything said there holds here too.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.reading.numerals import Number
from bot.reading.outcome import Action, Reading
from bot.reading.spoken import fold_numbers
from bot.reading.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.reading.lexicon import Lexicon

MAX_LENGTH = 100
"""A number is never a longer text (characters)."""
MAX_DIGITS = 15
"""More digits are no measure of the office's: telephone or identity numbers."""

_WHOLE = r"(?:\d+|[1-9]\d{0,2}(?:,\d{3})+)"
_PLAIN = re.compile(rf"({_WHOLE})(?:\.(\d+))?|\.(\d+)")
_COMMA = re.compile(r"(\d{1,3}),(\d{1,2})")
_HALF = Decimal("0.5")


class DecimalReader:
    """Reads one number."""

    def __init__(self, lexicon: Lexicon, quantity: Callable[[str], Reading[int]]) -> None:
        self._lexicon = lexicon
        self._quantity = quantity
        self._vocabulary = lexicon.vocabulary("particles", "numbers", "units", "decimals")

    def read(self, text: str) -> Reading[Decimal]:
        """See Reader.decimal."""
        if len(text) > MAX_LENGTH:
            return Reading(Action.ASK, None, "too_long")
        tokens = _stripped(self._lexicon.cut(text, self._vocabulary))
        negative = bool(tokens) and tokens[0].has("minus") and len(tokens) > 1
        reading = self._positive(tokens[1:] if negative else tokens, text)
        if not negative or reading.value is None:
            return reading
        return Reading(reading.action, -reading.value, reading.why, reading.notes)

    def _positive(self, tokens: Sequence[Token], text: str) -> Reading[Decimal]:
        dense = "".join(token.text for token in tokens)
        if sum(character.isdigit() for character in dense) > MAX_DIGITS:
            return Reading(Action.ASK, None, "long_number")
        return _digits(tokens, dense) or _spoken(tokens) or _with_unit(tokens) or self._count(text)

    def _count(self, text: str) -> Reading[Decimal]:
        """What has no fraction is a count, with all its doubts."""
        count = self._quantity(text)
        value = None if count.value is None else Decimal(count.value)
        return Reading(count.action, value, count.why, count.notes)


def _stripped(tokens: Sequence[Token]) -> Sequence[Token]:
    """Without what stands around a number: politeness, filling words, and a unit after it."""
    start, end = 0, len(tokens)
    while start < end and tokens[start].has("particle", "filler"):
        start += 1
    while end > start and tokens[end - 1].has("particle", "filler", "unit", "unsure_unit"):
        end -= 1
    return tokens[start:end]


def _digits(tokens: Sequence[Token], dense: str) -> Reading[Decimal] | None:
    spaced = any(token.space for token in tokens[1:])
    if found := _PLAIN.fullmatch(dense):
        value = Decimal(f"{(found[1] or '0').replace(',', '')}.{found[2] or found[3] or '0'}")
        return Reading(Action.CONFIRM if spaced else Action.ACCEPT, value, "spaced_thousands" if spaced else "")
    if found := _COMMA.fullmatch(dense):
        return Reading(Action.CONFIRM, Decimal(f"{found[1]}.{found[2]}"), "decimal_comma")
    return None


def _spoken(tokens: Sequence[Token]) -> Reading[Decimal] | None:
    """As in "หนึ่งจุดห้า", "สามจุดศูนย์สอง", "สองครึ่ง", "ครึ่ง"."""
    halves = [place for place, token in enumerate(tokens) if token.has("decimal_half")]
    points = [place for place, token in enumerate(tokens) if token.has("point")]
    if halves == [len(tokens) - 1] and not points:
        whole = _whole(tokens[:-1])
        return None if whole is None else Reading(Action.CONFIRM, whole + _HALF, "half")
    if len(points) != 1 or halves:
        return None
    whole, fraction = _whole(tokens[: points[0]]), _fraction(tokens[points[0] + 1 :])
    return None if whole is None or not fraction else Reading(Action.ACCEPT, whole + Decimal(f"0.{fraction}"))


def _with_unit(tokens: Sequence[Token]) -> Reading[Decimal] | None:
    """As in "1.5 ไร่", "12.5%": a number and one word that is no number; read back."""
    if len(tokens) < 2 or tokens[0].known is False:  # noqa: PLR2004 - a number and a word
        return None
    first, rest = tokens[0], tokens[1:]
    named = all(not token.has("number", "point", "minus") for token in rest) and "." in first.text
    found = _PLAIN.fullmatch(first.text)
    if not named or found is None:
        return None
    return Reading(Action.CONFIRM, Decimal(first.text.replace(",", "")), "other")


def _whole(tokens: Sequence[Token]) -> Decimal | None:
    if not tokens:
        return Decimal(0)
    items = fold_numbers(tokens)
    only = items[0] if len(items) == 1 else None
    return Decimal(only.value) if isinstance(only, Number) and only.value is not None and not only.doubt else None


def _fraction(tokens: Sequence[Token]) -> str:
    """The digits after the point, said one by one; "" for anything else (จุดยี่สิบห้า is said in several ways)."""
    digits = [_digit(token) for token in tokens]
    return "".join(digits) if all(digits) else ""


def _digit(token: Token) -> str:
    if token.has("number"):
        return token.text if token.text.isdecimal() else ""
    if token.has("zero"):
        return "0"
    return str(token.kinds["digit"]) if token.has("digit") else ""
