"""Cuts normalised text into tokens: the best cover of the text by known words, digits and unknown rests.

Thai is written without spaces, so longest-match from the left goes astray; a small dynamic programme finds the cover
with the fewest unknown characters and words. Spaces are kept as flags, because people put them anywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.reading.normalise import Normaliser

_UNKNOWN_COST = 10.0
_SPACE_COST = 0.9
_THAI_CONSONANT = re.compile("[\u0e01-\u0e2e]")
_THAI_LETTER = re.compile("[\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e]")
_LONGEST_RUN = 100
"""No number is written in more; what is longer is cut and refused (characters)."""
_NUMBER = "number"
_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text.

    `kinds` maps each category the word may have to its value; digits have "number", rests have "unknown".
    `space` tells whether white space (or a line break, `line`) stood before it; `start` and `end` count the
    characters of the text without its spaces.
    """

    text: str
    kinds: Mapping[str, Any]
    start: int
    end: int
    space: bool = False
    line: bool = False

    def has(self, *kinds: str) -> bool:
        return not self.kinds.keys().isdisjoint(kinds)

    @property
    def known(self) -> bool:
        return _UNKNOWN not in self.kinds


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words by first character, longest first, with their categories; and what counts as a run of digits."""

    words: Mapping[str, Mapping[str, Any]]
    by_first: Mapping[str, tuple[str, ...]]
    digits: re.Pattern[str]

    @classmethod
    def build(
        cls, normaliser: Normaliser, tables: Iterable[Mapping[str, Any]], digits: str = r"\d+(?:[.,]\d+)*"
    ) -> Vocabulary:
        """From lexicon tables: category -> words, or category -> value -> words."""
        words: dict[str, dict[str, Any]] = {}
        for table in tables:
            for category, entries in table.items():
                for value, surface in _entries(entries):
                    words.setdefault(normaliser.word(surface), {})[category] = value
        return cls(words, _index(words), re.compile(digits))

    def with_words(self, extra: Mapping[str, Mapping[str, Any]]) -> Vocabulary:
        """The same vocabulary with more words (normal form -> categories), such as the labels of a form."""
        words = {**self.words, **{word: {**self.words.get(word, {}), **kinds} for word, kinds in extra.items() if word}}
        firsts = {word[0] for word in extra if word}
        touched = _index(word for word in words if word[0] in firsts)
        return Vocabulary(words, {**self.by_first, **touched}, self.digits)


def _entries(entries: Any) -> Iterable[tuple[Any, str]]:
    if isinstance(entries, str):
        return ()
    if isinstance(entries, list):
        return ((True, str(surface)) for surface in entries)
    return ((value, str(surface)) for value, surfaces in entries.items() for surface in surfaces)


def _index(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    grouped: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        grouped.setdefault(word[0], []).append(word)
    return {first: tuple(group) for first, group in grouped.items()}


@dataclass(slots=True)
class _Dense:
    """The text without its spaces, and where they stood."""

    text: str
    spaces: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> _Dense:
        dense: list[str] = []
        spaces: dict[int, str] = {}
        for character in text:
            if character.isspace():
                spaces[len(dense)] = "\n" if "\n" in (character, spaces.get(len(dense))) else " "
            else:
                dense.append(character)
        return cls("".join(dense), spaces)

    def crossed(self, start: int, end: int) -> int:
        return sum(1 for place in range(start + 1, end) if place in self.spaces)


class Tokeniser:
    """Cuts text by a vocabulary. `normaliser` tells which characters cannot begin or end a Thai word."""

    def __init__(self, normaliser: Normaliser) -> None:
        self._normaliser = normaliser

    def cut(self, text: str, vocabulary: Vocabulary) -> list[Token]:
        """The tokens of a text in normal form."""
        dense = _Dense.of(text)
        size = len(dense.text)
        costs = [0.0] + [float("inf")] * size
        steps: list[tuple[int, str | None]] = [(0, None)] * (size + 1)
        for start in range(size):
            for end, cost, word in self._moves(dense, start, vocabulary):
                if costs[start] + cost < costs[end]:
                    costs[end] = costs[start] + cost
                    steps[end] = (start, word)
        return _merge(self._walk(dense, steps, vocabulary))

    def _moves(self, dense: _Dense, start: int, vocabulary: Vocabulary) -> Iterable[tuple[int, float, str | None]]:
        text = dense.text
        yield start + 1, _UNKNOWN_COST, None
        if not self._may_begin(dense, start):
            return
        for word in vocabulary.by_first.get(text[start], ()):
            end = start + len(word)
            if text.startswith(word, start) and self._may_end(dense, end) and self._stands_alone(dense, start, end):
                yield end, 1.0 + _SPACE_COST * dense.crossed(start, end), word
        if text[start].isdigit():
            yield start + len(_digits_at(dense, start, vocabulary.digits)), 1.0, _NUMBER

    def _may_begin(self, dense: _Dense, start: int) -> bool:
        if start == 0 or start in dense.spaces:
            return True
        before, first = dense.text[start - 1], dense.text[start]
        if _one_run(before, first):
            return False
        if before in self._normaliser.silent and first in self._normaliser.sonorants:
            return False
        return before not in self._normaliser.leading and first not in self._normaliser.dependent

    def _may_end(self, dense: _Dense, end: int) -> bool:
        if end == len(dense.text) or end in dense.spaces:
            return True
        if _one_run(dense.text[end - 1], dense.text[end]):
            return False
        return dense.text[end] not in self._normaliser.dependent

    def _stands_alone(self, dense: _Dense, start: int, end: int) -> bool:
        """Whether a word of one Thai letter (ม for หมู่, น for นาฬิกา) touches no other Thai letter: สะสม holds no ม."""
        if end - start > 1 or not _THAI_CONSONANT.match(dense.text[start]):
            return True
        before = dense.text[start - 1] if start and start not in dense.spaces else ""
        after = dense.text[end] if end < len(dense.text) and end not in dense.spaces else ""
        return not any(_THAI_LETTER.match(neighbour) for neighbour in (before, after))

    def _walk(self, dense: _Dense, steps: Sequence[tuple[int, str | None]], vocabulary: Vocabulary) -> list[Token]:
        tokens: list[Token] = []
        end = len(dense.text)
        while end > 0:
            start, word = steps[end]
            kinds = _kinds(word, vocabulary)
            space = dense.spaces.get(start, "")
            tokens.append(Token(dense.text[start:end], kinds, start, end, space=bool(space), line=space == "\n"))
            end = start
        return tokens[::-1]


def _digits_at(dense: _Dense, start: int, pattern: re.Pattern[str]) -> str:
    furthest = min(len(dense.text), start + _LONGEST_RUN)
    limit = next((place for place in range(start + 1, furthest) if place in dense.spaces), furthest)
    found = pattern.match(dense.text, start, limit)
    return found.group() if found else dense.text[start]


def _kinds(word: str | None, vocabulary: Vocabulary) -> Mapping[str, Any]:
    if word is None:
        return {_UNKNOWN: True}
    return {_NUMBER: True} if word == _NUMBER else vocabulary.words[word]


def _one_run(left: str, right: str) -> bool:
    """Latin letters side by side are one word, digits side by side one number."""
    letters = left.isascii() and right.isascii() and left.isalpha() and right.isalpha()
    return letters or (left.isdigit() and right.isdigit())


def _merge(tokens: Sequence[Token]) -> list[Token]:
    """Neighbouring unknown characters become one token, unless a space parts them."""
    merged: list[Token] = []
    for token in tokens:
        if merged and not token.known and not merged[-1].known and not token.space:
            last = merged.pop()
            merged.append(Token(last.text + token.text, last.kinds, last.start, token.end, last.space, last.line))
        else:
            merged.append(token)
    return merged
