"""Gathers the values of "box = value" pairs; one unreadable value never costs the others."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.reading.block_fields import BlockField, BlockReading
from bot.reading.outcome import Action, Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Value = int | str | dt.date | tuple[str, ...]


@dataclass(slots=True)
class Collected:
    """Values, boxes carried over from last time, boxes left empty, and readings that failed."""

    read: Callable[[BlockField, str], Reading[Value]]
    is_same: Callable[[str], bool]
    values: dict[str, Value] = field(default_factory=dict)
    same: tuple[str, ...] = ()
    failed: dict[str, Reading[Value]] = field(default_factory=dict)
    doubt: str = ""

    def take(self, pairs: Sequence[tuple[BlockField, str]]) -> Collected:
        """Read every pair; an empty value leaves its box open."""
        for known, text in pairs:
            if self.is_same(text):
                self.same = (*self.same, known.name)
            elif text:
                self._read(known, text)
        return self

    def _read(self, known: BlockField, text: str) -> None:
        reading = self.read(known, text)
        if reading.action is Action.ASK or reading.value is None:
            self.failed[known.name] = reading
            return
        self.values[known.name] = reading.value
        if reading.action is Action.CONFIRM:
            self.doubt = self.doubt or reading.why

    @property
    def notes(self) -> dict[str, object]:
        """What the caller has to tell besides the values."""
        return ({"same": self.same} if self.same else {}) | ({"failed": self.failed} if self.failed else {})


def single(known: BlockField, reading: Reading[Value] | Reading[int]) -> BlockReading:
    """The reading of the only asked box as a block."""
    if reading.action is Action.ASK or reading.value is None:
        return BlockReading(Action.ASK, {}, (known.name,), reading.why, reading.notes)
    return BlockReading(reading.action, {known.name: reading.value}, (), reading.why, reading.notes)
