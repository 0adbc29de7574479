"""Orders that say what they are about: "แก้ อายุ" (edit), "ลบ เด็กคนที่ 2" (remove), "เพิ่มอีก" (more), "พอแล้ว" (no_more)."""

from __future__ import annotations

import re
from collections.abc import Iterable
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
    name: str = ""
    """`about` without the number at its end and the word that counts: เด็ก of "เด็กคนที่ 2"."""
    number: int | None = None
    """The number at its end."""


_NUMBERED = re.compile(r"(.*?)(\d{1,4})", re.DOTALL)


class OrderReader:
    """Reads one order."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._normaliser = lexicon.normaliser
        tables = lexicon.tables["orders"]
        found = {self._normaliser.text(str(word)): verb for verb, words in tables["verbs"].items() for word in words}
        self._counters = _longest_first(self._normaliser.text(str(word)) for word in tables["counters"])
        self._verbs = sorted(found.items(), key=lambda item: -len(item[0]))
        particles = (self._normaliser.text(str(word)) for word in lexicon.tables["particles"]["particle"])
        self._particles = _longest_first(particles)

    def plain(self, text: str) -> str:
        """See Reader.plain."""
        return self._normaliser.text(text)

    def read(self, text: str) -> Order | None:
        """See Reader.order."""
        if len(text) > MAX_LENGTH:
            return None
        plain = self._without_particles(" ".join(self._normaliser.text(text).split()))
        for word, verb in self._verbs:
            rest = plain[len(word) :]
            if plain.startswith(word) and not (word.isascii() and rest[:1].isalnum()):
                return self._order(verb, rest.strip(" :"))
        return None

    def _order(self, verb: str, about: str) -> Order:
        found = _NUMBERED.fullmatch(about)
        name, number = (found.group(1).strip(), int(found.group(2))) if found else (about, None)
        counter = next((word for word in self._counters if number is not None and name.endswith(word)), "")
        return Order(verb, about, name.removesuffix(counter).strip(), number)

    def _without_particles(self, plain: str) -> str:
        """Without the politeness at its end."""
        for word in self._particles:
            if plain.endswith(word) and plain != word:
                return plain[: -len(word)].rstrip()
        return plain


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted((word for word in words if word), key=len, reverse=True))
