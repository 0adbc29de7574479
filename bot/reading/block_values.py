"""One box of a block, read by the reader of its kind: a count, a date, a choice, a text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.reading.block_collect import Value
from bot.reading.block_fields import Asked, BlockField
from bot.reading.outcome import Action, Reading

if TYPE_CHECKING:
    from bot.reading.choice import ChoiceReader
    from bot.reading.date import DateReader
    from bot.reading.quantity import QuantityReader


@dataclass(frozen=True, slots=True)
class Readers:
    """The readers of single values that a block uses."""

    quantity: QuantityReader
    date: DateReader
    choice: ChoiceReader

    def read(self, known: BlockField, text: str, asked: Asked) -> Reading[Value]:
        if known.kind == "date":
            day = self.date.read(text, asked.now, asked.rounds)
            named = self.choice.read(text, known.options, numbered=False)
            if day.action is Action.ASK and named.action is Action.ACCEPT:
                return Reading(Action.ACCEPT, dt.date.fromisoformat(str(named.value)))
            return Reading(day.action, day.value, day.why, day.notes)
        if known.kind == "choice":
            chosen = self.choice.read(text, known.options, multiple=known.multiple)
            return Reading(chosen.action, chosen.value, chosen.why, chosen.notes)
        if known.kind == "text":
            return Reading(Action.ACCEPT, text.strip())
        count = self.quantity.read(text, known.target)
        if count.action is Action.CONFIRM and count.value is None:
            return Reading(Action.ASK, None, count.why, count.notes)
        return Reading(count.action, count.value, count.why, count.notes)
