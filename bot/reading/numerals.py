"""Numbers, and those written in digits: which groupings are certain, which need a yes, which are no count at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

MAX_DIGITS = 9
"""No count of the office has more digits; longer ones are telephone or identity numbers."""

LEADING_POINT = re.compile(r"(?:^|[\s=:(+-])\.\d")
"""As in ".5", which is no 5."""
_LETTER_FOR_DIGIT = re.compile(r"(?<![a-z])[oli|]+(?=\d)|(?<=\d)[oli|]+(?![a-z])|^o$")
_DIGIT_OF = str.maketrans({"o": "0", "l": "1", "i": "1", "|": "1"})
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


@dataclass(frozen=True, slots=True)
class Number:
    """One number read from neighbouring tokens.

    `value` None means not a count (`refusal` says why). `doubt` asks for a yes. `low` and `high` hold a spoken range
    ("สองสามหลัง"), `candidates` the readings of an ambiguous form. `space` and `line` tell what stood before it.
    """

    value: int | None
    start: int
    end: int
    doubt: str = ""
    refusal: str = ""
    low: int | None = None
    high: int | None = None
    candidates: tuple[int, ...] = ()
    isan: bool = False
    spoken: bool = False
    space: bool = False
    line: bool = False
    text: str = ""


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


def letters_to_digits(text: str) -> str:
    """The letters o, l, i and the bar beside figures as the digits they stand for ("32o" is 320); lower case wanted."""
    return _LETTER_FOR_DIGIT.sub(lambda found: found.group().translate(_DIGIT_OF), text)
