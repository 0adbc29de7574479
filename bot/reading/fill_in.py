"""Cuts a filled-in text that was sent back ("8 ครัวเรือน=3150  9 ครบ=") into the cells that it was made of.

Unlike block_pairs, the keys are known word for word, since the bot has written them. What people do to such a text is
expected: they fill in any order, cut lines and labels off, lose line breaks, leave cells empty. Where a cell ends is
told by the next key; what cannot be cut surely is told as doubtful and never stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.reading.fill_in_keys import (
    ALONE,
    ANY_NUMBER,
    ANY_SIGN,
    CHANGED,
    DOT,
    EQUALS,
    LABEL,
    UNKNOWN,
    WHOLE,
    Cell,
    Cells,
    Key,
    after_hint,
    of_number,
    with_changed_label,
)
from bot.reading.fill_in_text import EDGES, FoldedText, cleaned, plain, tight

if TYPE_CHECKING:
    from bot.reading.lexicon import Lexicon

_MANY, _FEW = 3, 2
_BLANK = re.compile(r"[\s.…_]*")
_FORMS_KEPT = 64


@dataclass(frozen=True, slots=True)
class Filled:
    """What was written for each cell that the text names ('' where it was left empty).

    `doubtful`: cells whose value cannot be told from its neighbours, with what stands there. `unknown`: box numbers
    that no cell has. `leftover`: what stands before the first key. `sure`: by its keys,
    the message is such a text.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    doubtful: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[int, ...] = ()
    leftover: str = ""
    sure: bool = False


class FillInReader:
    """Cuts by the words of data/block.yaml."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = sorted(lexicon.tables["block"]["box"], key=len, reverse=True)
        box = "|".join(re.escape(word.lower()) for word in words)
        self._number = re.compile(rf"(?={ALONE}((?:{box})?)\s*({ANY_NUMBER}|\d{{1,2}}(?=-))(?!\d))")
        self._negations: tuple[str, ...] = tuple(lexicon.tables["block"]["negation"])
        self._known = lru_cache(_FORMS_KEPT)(Cells)

    def cut(self, text: str, cells: Sequence[Cell]) -> Filled:
        """The cells that `text` names, each with what was written for it."""
        raw = cleaned(text)
        folded = plain(raw)
        keys = self._keys(FoldedText(folded), self._known(tuple(cells)))
        if not keys:
            return Filled(leftover=raw.strip())
        ends = [key.start for key in keys[1:]] + [len(raw)]
        pieces = [(key, raw[key.end : end].strip(EDGES)) for key, end in zip(keys, ends, strict=True)]
        doubtful = self._torn(folded, keys)
        values: dict[str, str] = {}
        for key, piece in pieces:
            if key.cell is None:
                continue
            _keep(key.cell, "" if _BLANK.fullmatch(piece) else piece, values, doubtful)
        return Filled(
            {name: value for name, value in values.items() if name not in doubtful},
            doubtful,
            tuple(dict.fromkeys(key.number for key in keys if key.cell is None)),
            raw[: keys[0].start].strip(EDGES),
            _is_sheet(keys),
        )

    def _keys(self, text: FoldedText, cells: Cells) -> list[Key]:
        """The surest keys that do not overlap, in the order of the text."""
        possible = (*self._numbered(text, cells), *self._labelled(text, cells), *with_changed_label(text, cells))
        kept: list[Key] = []
        for key in sorted(possible, key=lambda key: (key.rank, key.start - key.end, key.start)):
            if not any(key.overlaps(other) for other in kept):
                kept.append(key)
        return sorted(kept, key=lambda key: key.start)

    def _numbered(self, text: FoldedText, cells: Cells) -> Iterator[Key]:
        """Keys that begin with a number: of a cell, with its label or alone, or of no cell."""
        for found in self._number.finditer(text.folded):
            start, boxed = found.start(1), bool(found[1])
            for number in {found[2], found[2].partition("-")[0]}:
                cell = cells.by_number.get(number.lstrip("0"))
                after = found.start(2) + len(number)
                dot = DOT.match(text.folded, after)
                after = dot.end() if dot else after
                if cell is None:
                    sign = EQUALS.match(text.folded, after)
                    if sign is not None and "-" not in found[2]:
                        yield Key(start, sign.end(), UNKNOWN, None, int(number))
                else:
                    yield from of_number(text, cell, start, after, boxed=boxed)

    def _labelled(self, text: FoldedText, cells: Cells) -> Iterator[Key]:
        """Keys that are a label alone."""
        for start in text.begins():
            for cell in cells.by_letter.get(text.folded[start], ()):
                end = text.match(cells.tight[cell.name], start)
                sign = ANY_SIGN.match(text.folded, after_hint(text, cell, end)) if end is not None else None
                if sign is None or self._denied(text.folded[:start]):
                    continue
                yield Key(start, sign.end(), LABEL if cell.number else WHOLE, cell)

    def _denied(self, before: str) -> bool:
        """Whether a label is denied by the word before it: "ไม่ ครบ=110". "27 อุปสรรค=ไม่มี" is a value of its own."""
        words = before.rpartition("\n")[2].rstrip()
        word = next((negation for negation in self._negations if words.endswith(negation)), None)
        return word is not None and not words.removesuffix(word).rstrip().endswith(("=", ":"))

    def _torn(self, text: str, keys: Sequence[Key]) -> dict[str, str]:
        """Cells with a neighbour's number, or another sign, where only their own value should stand."""
        torn: dict[str, str] = {}
        numbers = {key.cell.number for key in keys if key.cell is not None} | {str(key.number) for key in keys}
        ends = [key.start for key in keys[1:]] + [len(text)]
        for place, (key, end) in enumerate(zip(keys, ends, strict=True)):
            value = text[key.end : end]
            if key.cell is not None and "=" in value and not key.cell.free:
                torn[key.cell.name] = value.strip(EDGES)
            after = keys[place + 1] if place + 1 < len(keys) else None
            if after is None or after.rank != LABEL or after.cell is None:
                continue
            stray = re.search(rf"{ALONE}(\d{{1,2}})[ .)]*$", value)
            if (
                stray is not None
                and stray[1] != after.cell.number
                and _is_key(value[: stray.start()], stray[1], numbers)
            ):
                torn[after.cell.name] = f"{stray[1]} {after.cell.label}"
                if key.cell is not None:
                    torn[key.cell.name] = value.strip(EDGES)
        return torn


def _is_sheet(keys: Sequence[Key]) -> bool:
    """Whether the message is a sheet that was filled in, rather than a chat about a box or two."""
    numbered = [key for key in keys if key.cell is not None and key.cell.number and key.rank != LABEL]
    worded = [key for key in keys if key.cell is not None and not key.cell.number]
    labelled = any(key.rank in {WHOLE, CHANGED} for key in numbered)
    return labelled or len(numbered) >= _MANY or (len(worded) >= _FEW)


def _is_key(before: str, number: str, numbers: set[str]) -> bool:
    """Whether a number right before a label may be another box's, rather than the value before it."""
    return bool(before.strip(EDGES)) or "\n" in before or number in numbers


def _keep(cell: Cell, value: str, values: dict[str, str], doubtful: dict[str, str]) -> None:
    """Twice the same is once; two different values are none."""
    before = values.get(cell.name, "")
    if before and value and tight(before) != tight(value):
        doubtful[cell.name] = f"{before} · {value}"
    values[cell.name] = value or before
