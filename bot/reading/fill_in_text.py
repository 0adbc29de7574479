"""A text as its keys are looked for in it: without what cannot be seen, letter for letter in their plain form."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator

EDGES = " \t\n,;|/"
_PARTS = frozenset(EDGES)
_WIDE_FIRST, _WIDE_LAST = "\uff01", "\uff5e"
"""The full-width forms of ASCII, in ASCII's order from ! to ~."""


class FoldedText:
    """A folded text, in which words are found whatever spaces and line breaks stand between their letters."""

    def __init__(self, folded: str) -> None:
        self.folded = folded
        self._places = [place for place, letter in enumerate(folded) if not letter.isspace()]
        self._tight = "".join(folded[place] for place in self._places)

    def match(self, tight: str, start: int) -> int | None:
        """Where the letters of `tight` end that begin at `start`; None when others stand there."""
        first = bisect_left(self._places, start)
        if not tight or not self._tight.startswith(tight, first):
            return None
        return self._places[first + len(tight) - 1] + 1

    def begins(self) -> Iterator[int]:
        """Where a label may begin: at the start, after a space or a sign that parts cells."""
        before = " "
        for place, letter in enumerate(self.folded):
            if before in _PARTS and letter not in _PARTS:
                yield place
            before = letter

    def opens_line(self, start: int) -> bool:
        return not self.folded[:start].rpartition("\n")[2].strip()


def tight(words: str) -> str:
    return "".join(plain(cleaned(words)).split())


def cleaned(text: str) -> str:
    """Without what cannot be seen, each letter in its usual form."""
    usual = unicodedata.normalize("NFC", text).replace("\u0e4d\u0e32", "\u0e33").replace("\r", "\n")
    return "".join(letter for letter in usual if unicodedata.category(letter) != "Cf")


def plain(text: str) -> str:
    """Letter for letter the same length: ASCII digits and signs, small letters, plain spaces."""
    return "".join(_letter(letter) for letter in text)


def _letter(letter: str) -> str:
    if letter in {"\n", "\t"}:
        return letter
    if unicodedata.category(letter) == "Nd":
        return str(unicodedata.digit(letter))
    if unicodedata.category(letter) == "Zs":
        return " "
    wide = _WIDE_FIRST <= letter <= _WIDE_LAST
    small = chr(ord(letter) - ord(_WIDE_FIRST) + ord("!")).lower() if wide else letter.lower()
    return small if len(small) == 1 else letter
