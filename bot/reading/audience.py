"""To whom something is sent: a group of people, some districts by name, or both ("ผู้นำชุมชน ภูเรือ ด่านซ้าย")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.reading.outcome import Action, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.reading.district import DistrictReader
    from bot.reading.lexicon import Lexicon

MAX_LENGTH = 300
"""Every district of a large province, with room (characters)."""
NAMED = "named"
"""The group when only districts were named."""
_LONGEST_NAME = 3
"""Words of a district's name, at most."""
_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Addressed:
    group: str
    """all, owing, sent, leaders, staff (data/audience.yaml), or named; empty when nobody was named at all."""
    districts: tuple[str, ...] = ()
    """Of the given names, in the order in which they were typed."""


class AudienceReader:
    """Reads one audience."""

    def __init__(self, lexicon: Lexicon, district: DistrictReader) -> None:
        self._text = lexicon.normaliser.text
        self._district = district
        table = lexicon.tables["audience"]
        self._verbs = {
            verb: _longest_first(self._text(word) for word in words) for verb, words in table["verbs"].items()
        }
        found = [(self._text(word), group) for group, words in table["groups"].items() for word in words]
        self._groups = sorted(found, key=lambda item: -len(item[0]))
        self._besides = frozenset(self._text(word) for word in table["besides"])
        self._apart = re.compile("|".join([r"[\s,;·/+]+", *(re.escape(self._text(word)) for word in table["apart"])]))
        self._joined = tuple(word for word in sorted(self._besides, key=len, reverse=True) if not word.isascii())
        self._particles = _longest_first(self._text(str(word)) for word in lexicon.tables["particles"]["particle"])

    def read(self, text: str, names: Sequence[str], verb: str = "") -> Reading[Addressed] | None:
        """See Reader.audience."""
        plain = self._polished(text)
        rest = self._after(verb, plain) if verb else plain
        if rest is None or len(text) > MAX_LENGTH:
            return None
        group, rest = self._group(_DIGITS.sub("", rest).strip())
        districts, action = [], Action.ACCEPT
        for name in self._names(rest, names):
            if not name.value:
                return Reading(Action.ASK, None, name.why, name.notes)
            districts.append(name.value)
            action = name.action if name.action is Action.CONFIRM else action
        group = group or (NAMED if districts else "")
        return Reading(action, Addressed(group, tuple(dict.fromkeys(districts))))

    def _polished(self, text: str) -> str:
        """Normalised, without the politeness at its end."""
        plain = " ".join(self._text(text).split())
        for word in self._particles:
            if plain.endswith(word) and plain != word:
                return plain[: -len(word)].rstrip()
        return plain

    def _after(self, verb: str, plain: str) -> str | None:
        for word in self._verbs[verb]:
            rest = plain.removeprefix(word)
            if plain.startswith(word) and not (word.isascii() and rest[:1].isalnum()):
                return rest
        return None

    def _group(self, plain: str) -> tuple[str, str]:
        """The group that the text begins with, and what follows it."""
        bare = plain.replace(" ", "")
        for word, group in self._groups:
            tight = word.replace(" ", "")
            if bare == tight:
                return group, ""
            if plain.startswith(word) and group in {"leaders", "all"}:
                return group, plain[len(word) :]
        return "", plain

    def _names(self, plain: str, names: Sequence[str]) -> Iterator[Reading[str]]:
        """A reading for each name, several words of one name together; one with nothing read ends it."""
        words = [piece for word in re.split(self._apart, plain) for piece in self._pieces(word) if piece]
        place = 0
        while place < len(words):
            found = [(size, self._district.read(" ".join(words[place : place + size]), names)) for size in _SIZES]
            taken = next((item for item in found if item[1].action is Action.ACCEPT), None)
            taken = taken or next((item for item in found if item[1].action is Action.CONFIRM), None)
            if taken is None:
                several = found[-1][1].notes.get("candidates", [])
                yield Reading(Action.ASK, None, "no_such_district", {"typed": words[place], "candidates": several})
                return
            place += min(taken[0], len(words) - place)
            yield taken[1]

    def _pieces(self, word: str) -> Iterator[str]:
        """A run of letters without the words that only join names: "และภูเรือ"."""
        while word:
            joined = next((one for one in self._joined if word.startswith(one)), "")
            if not joined:
                break
            word = word.removeprefix(joined)
        yield "" if word in self._besides else word


_SIZES = tuple(range(_LONGEST_NAME, 0, -1))


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted((word for word in words if word), key=len, reverse=True))
