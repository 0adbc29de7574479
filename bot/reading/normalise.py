"""Makes typed text comparable before anything is read from it.

People type Thai, Arabic and full-width digits mixed, paste zero-width characters, put marks in the wrong order and
stretch words. Everything here keeps the meaning; what could change it (a wrong keyboard) is offered separately.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_FULL_WIDTH = range(0xFF01, 0xFF5F)
_FULL_WIDTH_SHIFT = 0xFEE0


class Normaliser:
    """Normal form of typed text, by the rules of data/normalise.yaml."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._replace: dict[str, str] = data["replace"]
        self._drop = frozenset(data["drop"])
        self._rules = [(re.compile(pattern), replacement) for pattern, replacement in data["rules"]]
        self._digit_row: dict[str, str] = data["digit_row"]
        self._to_thai = str.maketrans(dict(zip(data["latin_keys"], data["thai_keys"], strict=True)))
        self.dependent = frozenset(data["dependent"].split())
        self.leading = frozenset(data["leading"].split())
        self.silent = frozenset(data["silent"].split())
        self.sonorants = frozenset(data["sonorants"].split())

    def text(self, raw: str) -> str:
        """The normal form: ASCII digits, one form of each sign, marks in order, case folded; line breaks stay."""
        folded = "".join(self._character(character) for character in raw).casefold()
        for pattern, replacement in self._rules:
            folded = pattern.sub(replacement, folded)
        lines = (" ".join(line.split()) for line in folded.split("\n"))
        return "\n".join(line for line in lines if line)

    def word(self, raw: str) -> str:
        """The normal form without any space: how words of the lexicon are compared."""
        return "".join(self.text(raw).split())

    def digits_on_thai_keys(self, raw: str) -> str | None:
        """The digits meant when a whole number was typed with the Thai keyboard on; None if it is not such text."""
        keys = raw.strip()
        letters = sum(1 for key in keys if unicodedata.category(key) == "Lo")
        if len(keys) < 2 or letters == 0 or any(key not in self._digit_row for key in keys):  # noqa: PLR2004 (one key is a word of its own)
            return None
        return "".join(self._digit_row[key] for key in keys)

    def thai_on_latin_keys(self, raw: str) -> str | None:
        """The Thai text meant when it was typed with the Latin keyboard on; None if the text is not all ASCII."""
        keys = raw.strip()
        return self.text(keys.translate(self._to_thai)) if keys and keys.isascii() else None

    def _character(self, character: str) -> str:
        if character in self._replace:
            return self._replace[character]
        if ord(character) in _FULL_WIDTH:
            return chr(ord(character) - _FULL_WIDTH_SHIFT)
        category = unicodedata.category(character)
        if category == "Nd":
            return str(unicodedata.digit(character))
        if category in {"Cf", "Cc"} and character != "\n":
            return ""
        if category == "Zs":
            return " "
        return "" if character in self._drop else character
