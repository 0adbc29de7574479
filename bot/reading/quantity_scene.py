"""One text about a quantity, cut, and what the rules say of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.reading.numerals import Number
from bot.reading.outcome import Action, Reading
from bot.reading.tokens import Token

_PIECES = ("yi", "ed", "one_short", "kilo", "power", "digit", "zero", "ten", "sao")


@dataclass(slots=True)
class Scene:
    """One text, cut, with its numbers folded and what was noticed beside them."""

    items: list[Token | Number]
    target: int | None
    doubt: str = ""
    second_place: bool = False
    pointed: bool = False
    notes: dict[str, object] = field(default_factory=dict)

    @property
    def numbers(self) -> list[Number]:
        return [item for item in self.items if isinstance(item, Number)]

    def has(self, *kinds: str) -> bool:
        return any(isinstance(item, Token) and item.has(*kinds) for item in self.items)

    def unknown(self) -> bool:
        """Whether a word is not understood; a piece of a number that joined no number counts as such."""
        return self.has("unknown", *_PIECES)

    def drop(self, *places: int) -> None:
        self.items = [item for place, item in enumerate(self.items) if place not in places]

    def kind(self, place: int, *kinds: str) -> bool:
        if not 0 <= place < len(self.items):
            return False
        item = self.items[place]
        return isinstance(item, Token) and item.has(*kinds)

    def ask(self, why: str, value: int | None = None, **notes: object) -> Reading[int]:
        return Reading(Action.ASK, value, why, {**self.notes, **notes})

    def confirm(self, why: str, value: int | None, **notes: object) -> Reading[int]:
        return Reading(Action.CONFIRM, value, why, {**self.notes, **notes})
