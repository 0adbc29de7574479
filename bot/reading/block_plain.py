"""Answers to a block that name no box: counts by their place or label, and boxes of several kinds in order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.reading.block_collect import single
from bot.reading.block_counts import Counts
from bot.reading.block_fields import Asked, BlockReading
from bot.reading.block_labels import Labels
from bot.reading.block_scan import scan
from bot.reading.outcome import Action, Reading

if TYPE_CHECKING:
    from bot.reading.block_values import Readers
    from bot.reading.lexicon import Lexicon

_MOST_NUMBERS = 300
"""No message answers so many boxes in a row."""
_FIGURES = re.compile(r"\d+")


class PlainReader:
    """Reads values without keys."""

    def __init__(self, lexicon: Lexicon, readers: Readers) -> None:
        self._lexicon = lexicon
        self._readers = readers

    def read(self, normal: str, text: str, asked: Asked, labels: Labels) -> BlockReading:
        kinds = {known.kind for known in asked.fields}
        if kinds != {"integer"}:
            return self._by_lines(normal, asked)
        if len(normal) > _MOST_NUMBERS and len(_FIGURES.findall(normal)) > _MOST_NUMBERS:
            return BlockReading(Action.ASK, {}, labels.asked_names, "too_many")
        found = scan(normal, labels, self._lexicon)
        counts = Counts(labels, found, asked.current)
        if len(asked.fields) == 1:
            return self._one_count(text, asked, counts)
        return counts.read()

    def _one_count(self, text: str, asked: Asked, counts: Counts) -> BlockReading:
        """One count: by its label if one is named, else as a quantity; another unit than the box's is read back."""
        only = asked.fields[0]
        sorts = {piece.sort for piece in counts.scan.pieces}
        if sorts == {"same"} or "label" in sorts:
            reading = counts.read()
            if reading.action is not Action.ASK:
                return reading
        quantity = self._readers.quantity.read(text, only.target)
        said = quantity.notes.get("unit")
        if quantity.action is Action.ACCEPT and said is not None and only.unit is not None and said != only.unit:
            quantity = Reading(Action.CONFIRM, quantity.value, "unit", quantity.notes)
        return single(only, quantity)

    def _by_lines(self, normal: str, asked: Asked) -> BlockReading:
        """Boxes of several kinds in order, one a line, or parted by commas or spaces."""
        names = tuple(known.name for known in asked.fields)
        for parts in (normal.split("\n"), normal.split(","), normal.split()):
            if len(parts) != len(names):
                continue
            readings = [self._readers.read(known, part, asked) for known, part in zip(asked.fields, parts, strict=True)]
            if all(reading.action is not Action.ASK and reading.value is not None for reading in readings):
                doubt = next((reading.why for reading in readings if reading.action is Action.CONFIRM), "")
                values = {n: r.value for n, r in zip(names, readings, strict=True) if r.value is not None}
                return BlockReading(Action.CONFIRM if doubt else Action.ACCEPT, values, (), doubt)
        return BlockReading(Action.ASK, {}, names, "mixed")
