"""Matches a typed district to the names of a province: prefix stripped, one slip of the pen allowed and read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.reading.distance import one_slip
from bot.reading.outcome import Action, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.reading.lexicon import Lexicon

_SHORTEST_PART = 3
_SHORTEST_SLIP = 3


class DistrictReader:
    """Reads the name of one district among given names."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        word = lexicon.normaliser.word
        house = lexicon.tables["house"]
        self._vocabulary = lexicon.vocabulary("particles")
        self._prefixes = sorted((word(prefix) for prefix in house["amphoe"]), key=len, reverse=True)
        self._capital = word(str(house["capital_district"]))

    def read(self, text: str, names: Sequence[str]) -> Reading[str]:
        """See Reader.district."""
        typed = self._bare(text)
        known = {name: self._bare(name) for name in names}
        for alike, doubt in ((self._same, ""), (self._part, "part"), (self._slip, "typo")):
            found = [name for name, word in known.items() if alike(typed, word)]
            if len(found) == 1:
                return Reading(Action.CONFIRM if doubt else Action.ACCEPT, found[0], doubt)
            if found:
                return Reading(Action.ASK, None, "several", {"candidates": found})
        return Reading(Action.ASK, None, "no_such_district")

    def _bare(self, text: str) -> str:
        """Without politeness, spaces and อ./อำเภอ."""
        tokens: Iterable[str] = (
            token.text for token in self._lexicon.cut(text, self._vocabulary) if not token.has("particle")
        )
        word = "".join(tokens) or self._lexicon.normaliser.word(text)
        prefix = next((prefix for prefix in self._prefixes if word.startswith(prefix) and word != prefix), "")
        return word.removeprefix(prefix)

    def _same(self, typed: str, name: str) -> bool:
        """The name itself; the capital district also by its short name."""
        return typed == name or (typed == self._capital and name.startswith(self._capital))

    def _part(self, typed: str, name: str) -> bool:
        return len(typed) >= _SHORTEST_PART and name.startswith(typed)

    def _slip(self, typed: str, name: str) -> bool:
        return len(typed) >= _SHORTEST_SLIP and one_slip(typed, name)
