"""Several options chosen in one message: parted by signs, words or spaces, or by their numbers side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.reading.options import Chosen, Option
from bot.reading.outcome import Action, Reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.reading.lexicon import Lexicon
    from bot.reading.tokens import Vocabulary

_PAIR = 2


class SeveralReader:
    """Reads a choice of several, each by the reader of one."""

    def __init__(
        self,
        lexicon: Lexicon,
        vocabulary: Vocabulary,
        one: Callable[[str, Sequence[Option]], Reading[str]],
        bare: Callable[[str], str],
    ) -> None:
        self._lexicon = lexicon
        self._vocabulary = vocabulary
        self._one = one
        self._bare = bare

    def read(self, text: str, options: Sequence[Option]) -> Reading[Chosen]:
        normal = self._lexicon.normaliser.text(text)
        word = self._bare(text)
        kinds = self._vocabulary.words.get(word, {})
        if "every" in kinds:
            return Reading(Action.CONFIRM, tuple(option.name for option in options), "all")
        if "nothing" in kinds:
            return Reading(Action.CONFIRM, (), "none")
        for parts in self._splits(normal):
            if read := self._parts(parts, options):
                return read
        return self._numbers_only(normal, options) or Reading(Action.ASK, None, "unknown")

    def _splits(self, normal: str) -> list[list[str]]:
        """Ways to part the text, the surest first: by signs and joining words, then by spaces."""
        tokens = self._lexicon.tokeniser.cut(normal, self._vocabulary)
        by_words: list[str] = [""]
        by_spaces: list[str] = [""]
        for token in tokens:
            if token.has("joint"):
                by_words.append("")
                by_spaces.append("")
                continue
            if token.space:
                by_spaces.append("")
                by_words[-1] += " "
            by_words[-1] += token.text
            by_spaces[-1] += token.text
        cleaned = [[part.strip() for part in parts if part.strip()] for parts in (by_words, by_spaces)]
        commas = [piece for part in cleaned[1] for piece in re.split(r"[,.]", part) if piece]
        return [*cleaned, commas]

    def _parts(self, parts: Sequence[str], options: Sequence[Option]) -> Reading[Chosen] | None:
        if not _PAIR <= len(parts) <= len(options) + _PAIR:
            return None
        readings = [self._one(part, options) for part in parts]
        if any(reading.action is Action.ASK or reading.value is None for reading in readings):
            return None
        names = tuple(dict.fromkeys(str(reading.value) for reading in readings))
        doubt = next((reading.why for reading in readings if reading.action is Action.CONFIRM), "")
        places = [re.search(r"\d+$", part.strip()) for part in parts]
        figures = {place is not None and int(place.group()) <= len(options) for place in places}
        doubt = doubt or ("more_words" if len(figures) > 1 else "")
        return Reading(Action.CONFIRM if doubt else Action.ACCEPT, names, doubt)

    def _numbers_only(self, normal: str, options: Sequence[Option]) -> Reading[Chosen] | None:
        """As in "1-3" and "134" for fewer than ten worded options: plausible, so read back."""
        if any(option.numeric for option in options) or len(options) > 9:  # noqa: PLR2004 (one digit an option)
            return None
        dense = "".join(normal.split())
        if span := re.fullmatch(r"(\d)-(\d)", dense):
            places = list(range(int(span[1]), int(span[2]) + 1))
        elif re.fullmatch(r"\d{2,9}", dense) and len(set(dense)) == len(dense):
            places = [int(digit) for digit in dense]
        else:
            return None
        if not places or not all(1 <= place <= len(options) for place in places):
            return Reading(Action.ASK, None, "no_such_option")
        return Reading(Action.CONFIRM, tuple(options[place - 1].name for place in places), "digits_together")
