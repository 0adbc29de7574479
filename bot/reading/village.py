"""A village as people name it in an order: หมู่ 5 สานตม, ม.5 ต.สานตม, บ้านนาทุ่ม, or its code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.reading.lexicon import Lexicon

_NUMBER = re.compile(r"\d+")
_CODE_DIGITS = 8
_MOST_DIGITS = 2


@dataclass(frozen=True, slots=True)
class VillageNamed:
    """All that was said of it; a village is meant when all of it holds."""

    code: str = ""
    moo: int | None = None
    parts: tuple[str, ...] = ()
    """Parts of the names of the village, its tambon or its district."""


class VillageReader:
    """Reads what stands after the verb of an order."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._normaliser = lexicon.normaliser
        words = (self._normaliser.text(str(word)) for word in lexicon.tables["orders"]["village"])
        self._prefixes = sorted(words, key=len, reverse=True)

    def read(self, text: str) -> VillageNamed:
        """See Reader.village."""
        plain = self._normaliser.text(text)
        numbers = _NUMBER.findall(plain)
        code = next((number for number in numbers if len(number) == _CODE_DIGITS), "")
        moo = next((int(number) for number in numbers if len(number) <= _MOST_DIGITS), None)
        words = (self._bare(word) for word in _NUMBER.sub(" ", plain).replace(",", " ").split())
        return VillageNamed(code, moo, tuple(word for word in words if word))

    def _bare(self, word: str) -> str:
        """Without หมู่, บ้าน, ต. and the like before it."""
        found = next((prefix for prefix in self._prefixes if word.startswith(prefix)), "")
        return word.removeprefix(found).strip(".")
