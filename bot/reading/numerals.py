"""Numbers written in digits: which groupings are certain, which need a yes, and which are not a count at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

MAX_DIGITS = 9
"""No count of the office has more digits; longer ones are telephone or identity numbers."""

_PLAIN = re.compile(r"\d+")
_COMMAS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
_DOTS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_DECIMAL = re.compile(r"(\d+|[1-9]\d{0,2}(?:,\d{3})+)\.(\d+)")


@dataclass(frozen=True, slots=True)
class Numeral:
    """What a run of digits says.

    `value` is a whole number or None. `doubt` asks for a confirmation, `refusal` says why no value may be taken.
    `exact` keeps a decimal so that "12.5 พัน" can be multiplied.
    """

    value: int | None
    doubt: str = ""
    refusal: str = ""
    exact: Fraction | None = None


def numeral(text: str) -> Numeral:
    """Read digits with their points and commas; never rounds, never drops a group that does not fit."""
    if sum(character.isdigit() for character in text) > MAX_DIGITS:
        return Numeral(None, refusal="too_long")
    if _PLAIN.fullmatch(text) or _COMMAS.fullmatch(text):
        value = int(text.replace(",", ""))
        return Numeral(value, "leading_zero" if len(text) > 1 and text[0] == "0" else "", exact=Fraction(value))
    if _DOTS.fullmatch(text):
        return Numeral(int(text.replace(".", "")), "dot_thousands", exact=_fraction(text))
    if found := _DECIMAL.fullmatch(text):
        whole = int(found[1].replace(",", ""))
        if int(found[2]) == 0:
            return Numeral(whole, "decimal_point", exact=Fraction(whole))
        return Numeral(None, refusal="not_whole", exact=_fraction(text.replace(",", "")))
    return Numeral(None, refusal="grouping")


def _fraction(text: str) -> Fraction | None:
    return Fraction(text) if text.count(".") == 1 else None
