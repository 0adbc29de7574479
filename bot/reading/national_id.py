"""Finds Thai national identity numbers in typed text, so that they are never stored (PDPA, data minimisation)."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

_LENGTH = 13
_MODULUS = 11
_JOINTS = frozenset(" -./_\t\u00a0\u00b7\u2010\u2011\u2012\u2013\u2014\u2022\u2212")
"""Commas and new lines part figures, and are none."""
_LONGEST_GAP = 2
_MOST_GROUPS = 5


def find_national_ids(text: str) -> list[tuple[int, int]]:
    """Spans (start, end) of 13-digit numbers with a right check digit, in any digits, with dashes or spaces inside."""
    digits = _digits(text)
    spans: list[tuple[int, int]] = []
    first = 0
    while first + _LENGTH <= len(digits):
        window = digits[first : first + _LENGTH]
        alone = _stands_alone(digits, first) and _near(window, text) and _grouped(window, text)
        if alone and _valid([value for _place, value in window]):
            spans.append((window[0][0], window[-1][0] + 1))
            first += _LENGTH
        else:
            first += 1
    return spans


def mask(text: str) -> str:
    """The text with every digit of an identity number replaced by "x"; its length stays."""
    characters = list(text)
    for start, end in find_national_ids(text):
        for place in range(start, end):
            if characters[place].isdigit():
                characters[place] = "x"
    return "".join(characters)


def _digits(text: str) -> list[tuple[int, int]]:
    return [(place, unicodedata.digit(character)) for place, character in enumerate(text) if character.isdecimal()]


def _stands_alone(digits: list[tuple[int, int]], first: int) -> bool:
    """Not in the middle of a longer unbroken run of digits."""
    before, after = first - 1, first + _LENGTH
    runs_in = before >= 0 and digits[before][0] + 1 == digits[first][0]
    runs_on = after < len(digits) and digits[after - 1][0] + 1 == digits[after][0]
    return not runs_in and not runs_on


def _near(window: list[tuple[int, int]], text: str) -> bool:
    """Only dashes, spaces and the like between the digits, at most two in a row, or one between spaces.

    Invisible characters do not count.
    """
    for (left, _), (right, _) in pairwise(window):
        gap = [character for character in text[left + 1 : right] if unicodedata.category(character) != "Cf"]
        spaced = len(gap) == _LONGEST_GAP + 1 and gap[0] == gap[-1] == " " != gap[1]
        if (len(gap) > _LONGEST_GAP and not spaced) or any(character not in _JOINTS for character in gap):
            return False
    return True


def _grouped(window: list[tuple[int, int]], text: str) -> bool:
    """As people write it: in at most five groups (1-2345-67890-12-3), or digit by digit; house numbers come in more."""
    gaps = (text[left + 1 : right] for (left, _), (right, _) in pairwise(window))
    groups = 1 + sum(any(character in _JOINTS for character in gap) for gap in gaps)
    return groups <= _MOST_GROUPS or groups == _LENGTH


def _valid(values: list[int]) -> bool:
    weights = range(_LENGTH, 1, -1)
    total = sum(weight * value for weight, value in zip(weights, values, strict=False))
    return values[0] != 0 and (_MODULUS - total % _MODULUS) % 10 == values[-1]
