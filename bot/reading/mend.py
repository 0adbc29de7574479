"""Mends slips of one letter in long words: an unknown piece that is one step from exactly one meaning takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.reading.distance import one_slip
from bot.reading.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.reading.tokens import Vocabulary

_SHORTEST = 5
"""Shorter words lie too close to each other (characters)."""
_MOST_UNKNOWN = 6
"""A text of many unknown words is a story, not a slip."""


_COUNTING = ("digit", "ten", "power", "yi", "ed", "zero", "sao")


def mend(
    tokens: Sequence[Token], vocabulary: Vocabulary, kinds: Sequence[str], shortest: int = _SHORTEST
) -> list[Token]:
    """Replace unknown tokens by the words of the given kinds they must be; others stay unknown.

    A slip often leaves a known word and an unknown rest, so an unknown token is first tried with its neighbours. A
    piece that touches a number in words stays as it is: it may be the rest of that number. A
    word that begins otherwise than the one it is taken for has the kind "other_start": จัดไป may be no slip of ถัดไป.
    """
    mended = list(tokens)
    if sum(not token.known for token in tokens) > _MOST_UNKNOWN:
        return mended
    for place in range(len(mended)):
        if place >= len(mended) or mended[place].known or _touches_number(mended, place):
            continue
        for first, last in ((place - 1, place + 1), (place - 1, place), (place, place + 1), (place, place)):
            word = _joined(mended, first, last)
            found = _only_meaning(word, vocabulary, kinds) if len(word) >= shortest else None
            if found is not None:
                start, end = mended[first], mended[last]
                mended[first : last + 1] = [Token(word, found, start.start, end.end, start.space, start.line)]
                break
    return mended


def _touches_number(tokens: Sequence[Token], place: int) -> bool:
    before, after = tokens[:place][-1:], tokens[place + 1 : place + 2]
    glued = [*([] if tokens[place].space else before), *(token for token in after if not token.space)]
    return any(token.has(*_COUNTING) for token in glued)


def _joined(tokens: Sequence[Token], first: int, last: int) -> str:
    if first < 0 or last >= len(tokens) or any(token.has("number") for token in tokens[first : last + 1]):
        return ""
    return "".join(token.text for token in tokens[first : last + 1])


def _only_meaning(word: str, vocabulary: Vocabulary, kinds: Sequence[str]) -> dict[str, object] | None:
    meanings: dict[str, dict[str, object]] = {}
    for known, has in vocabulary.words.items():
        if len(known) < _SHORTEST or abs(len(known) - len(word)) > 1 or not one_slip(word, known):
            continue
        shared = {kind: has[kind] for kind in kinds if kind in has}
        if shared:
            other = meanings.setdefault(repr(shared), {**shared, "other_start": True})
            if known[0] == word[0]:
                other.pop("other_start", None)
    return next(iter(meanings.values())) if len(meanings) == 1 else None
