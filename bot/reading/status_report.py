"""One text about how far work is, cut, and the readings that the rules make of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from bot.reading.numerals import Number
from bot.reading.outcome import Action, Reading
from bot.reading.tokens import Token

DONE, IN_PROGRESS, NOT_STARTED, PROBLEM = "done", "in_progress", "not_started", "problem"


@dataclass(slots=True)
class Report:
    """One text, cut; `day` is a date found among the words that status knows nothing of."""

    items: list[Token | Number]
    today: dt.date | None = None
    day: Reading[dt.date] | None = None
    notes: dict[str, object] = field(default_factory=dict)

    @property
    def numbers(self) -> list[Number]:
        return [item for item in self.items if isinstance(item, Number)]

    def has(self, *kinds: str) -> bool:
        return any(isinstance(item, Token) and item.has(*kinds) for item in self.items)

    def before(self, first: tuple[str, ...], second: tuple[str, ...]) -> bool:
        """Whether a word of the first kinds stands before one of the second, other known words between allowed."""
        seen = False
        for item in self.items:
            if isinstance(item, Token):
                if seen and item.has(*second):
                    return True
                seen = seen or item.has(*first)
        return False

    def only(self, *kinds: str) -> bool:
        return all(isinstance(item, Token) and item.has(*kinds, "filler") for item in self.items)

    def take(self, value: str, doubt: str = "") -> Reading[str]:
        return Reading(Action.CONFIRM if doubt else Action.ACCEPT, value, doubt, self.notes)

    def ask(self, why: str) -> Reading[str]:
        return Reading(Action.ASK, None, why, self.notes)
