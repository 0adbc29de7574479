"""Orders that say what they are about: "แก้ อายุ" (edit), "ลบ เด็กคนที่ 2" (remove), "เพิ่มอีก" (more), "พอแล้ว" (no_more)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.reading.lexicon import Lexicon

MAX_LENGTH = 200
"""An order names a box; a longer text is a story (characters)."""


@dataclass(frozen=True, slots=True)
class Order:
    verb: str
    """edit, remove, more or no_more."""
    about: str = ""
    """What follows the verb, normalised; '' when it stands alone."""


class OrderReader:
    """Reads one order."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._normaliser = lexicon.normaliser
        tables = lexicon.tables["orders"].items()
        found = {self._normaliser.text(str(word)): verb for verb, words in tables for word in words}
        self._verbs = sorted(found.items(), key=lambda item: -len(item[0]))
        particles = (self._normaliser.text(str(word)) for word in lexicon.tables["particles"]["particle"])
        self._particles = tuple(sorted((word for word in particles if word), key=len, reverse=True))

    def read(self, text: str) -> Order | None:
        """See Reader.order."""
        if len(text) > MAX_LENGTH:
            return None
        plain = self._without_particles(" ".join(self._normaliser.text(text).split()))
        for word, verb in self._verbs:
            rest = plain[len(word) :]
            if plain.startswith(word) and not (word.isascii() and rest[:1].isalnum()):
                return Order(verb, rest.strip(" :"))
        return None

    def _without_particles(self, plain: str) -> str:
        """Without the politeness at its end."""
        for word in self._particles:
            if plain.endswith(word) and plain != word:
                return plain[: -len(word)].rstrip()
        return plain
