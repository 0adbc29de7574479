"""The keys of a filled-in text: what stands before each value, as it was sent or as people have changed it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bot.reading.fill_in_text import FoldedText, tight

_SIGN = r"\s*(?:=|:|→|->)"
ALONE = r"(?<![\d.,/:\-])"
"""Before a box number: no figure that it could be a part of."""
ANY_NUMBER = r"\d{1,2}(?:-\d{1,2})?"
_LONGEST_WORDS = 60
"""Letters between a box number and its sign, when the label is not the one that was sent."""
_SHORTEST_WORDS = 2
ANY_SIGN = re.compile(_SIGN)
EQUALS = re.compile(r"\s*=")
DOT = re.compile(r"\s*[.)]")
_MINUTES = re.compile(r"[0-5]\d(?!\d)")
_BRACKET = re.compile(r"\s*(\([^()=\n]*\))")
_CHANGED_KEY = re.compile(rf"(?={ALONE}({ANY_NUMBER})[ .)]+([^=:\n]{{1,{_LONGEST_WORDS}}}?)({_SIGN}))")


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing to fill in: its box `number` ("8", "2-3", '' without), its `label`, and a `hint` in brackets after it.

    `free`: it takes words, in which a sign may stand.
    """

    name: str
    number: str = ""
    label: str = ""
    hint: str = ""
    free: bool = False

    @property
    def key(self) -> str:
        """What stands before the sign."""
        return " ".join(part for part in (self.number, self.label, f"({self.hint})" if self.hint else "") if part)


@dataclass(frozen=True, slots=True)
class Key:
    start: int
    end: int
    rank: int
    cell: Cell | None
    number: int = 0

    def overlaps(self, other: Key) -> bool:
        return self.start < other.end and other.start < self.end


WHOLE, UNSIGNED, LABEL, BARE, CHANGED, UNKNOWN = range(6)
"""How sure a key is: number, label and sign; without sign; label alone; number alone; other words; no such box.

A label goes before a number, since figures may stand in it: "ไม่ถึง 20 คน=" is not box 20.
"""


class Cells:
    """The cells of one form, made ready to be found."""

    def __init__(self, cells: tuple[Cell, ...]) -> None:
        self.by_number = {cell.number: cell for cell in cells if cell.number}
        self.tight = {cell.name: tight(cell.label) for cell in cells}
        times = Counter(self.tight.values())
        self.by_letter: dict[str, list[Cell]] = {}
        for cell in cells:
            label = self.tight[cell.name]
            if label and (not cell.number or times[label] == 1):
                self.by_letter.setdefault(label[0], []).append(cell)


def of_number(text: FoldedText, cell: Cell, start: int, after: int, *, boxed: bool) -> Iterator[Key]:
    """Keys of a cell whose number ends at `after`: with the label behind it, or without."""
    folded = text.folded
    end = text.match(tight(cell.label), after)
    if end is not None:
        end = after_hint(text, cell, end)
        sign = ANY_SIGN.match(folded, end)
        if sign is not None:
            yield Key(start, sign.end(), WHOLE, cell)
        elif text.opens_line(start) and _ends(folded, end):
            yield Key(start, end, UNSIGNED, cell)
    bare = after_hint(text, cell, after)
    sign = ANY_SIGN.match(folded, bare)
    if sign is not None and (folded[sign.end() - 1] != ":" or not _is_time_or_story(folded, start, sign.end())):
        yield Key(start, sign.end(), BARE, cell)
    elif sign is None and boxed and text.opens_line(start) and folded[bare : bare + 1] in {"", " ", "\n", "\t"}:
        yield Key(start, bare, BARE, cell)


def _ends(folded: str, end: int) -> bool:
    """Whether a label without a sign ends here: at a space, or at the value's figures."""
    follows = folded[end : end + 1]
    return not follows or follows.isspace() or (follows.isdigit() and not folded[end - 1].isdigit())


def after_hint(text: FoldedText, cell: Cell, end: int) -> int:
    """The end of the brackets after a label: the hint as it was sent, or words in its place."""
    opened = _BRACKET.match(text.folded, end)
    if opened is None:
        return end
    if cell.hint:
        own = text.match(tight(f"({cell.hint})"), opened.start(1))
        return own if own is not None else opened.end()
    return opened.end() if not any(letter.isdigit() for letter in opened[0]) else end


def _is_time_or_story(folded: str, start: int, end: int) -> bool:
    """Whether a number with a colon is no key: "8:30", or "รายการ 1: ฝนตก"."""
    before = folded[:start].rpartition("\n")[2].rstrip()
    told = bool(before) and unicodedata.category(before[-1])[0] in "LM"
    return told or _MINUTES.match(folded, end) is not None


def with_changed_label(text: FoldedText, cells: Cells) -> Iterator[Key]:
    """As in "8 ตรวจแล้ว=3150": the label was shortened, or something was added to it."""
    for found in _CHANGED_KEY.finditer(text.folded):
        cell = cells.by_number.get(found[1])
        if cell is not None and _alike(cells.tight[cell.name], found[2]):
            yield Key(found.start(1), found.end(3), CHANGED, cell)


def _alike(label: str, words: str) -> bool:
    """Whether all letters of one stand in the other, in order."""
    own, said = label, tight(re.sub(r"\([^()]*\)", "", words))
    if len(said) < _SHORTEST_WORDS:
        return False
    letters = iter(own)
    return (bool(own) and own in said) or all(letter in letters for letter in said)
