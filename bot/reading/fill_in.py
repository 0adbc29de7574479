"""Cuts a filled-in text that was sent back ("8 ครัวเรือน=3150  9 ครบ=") into the cells that it was made of.

Unlike block_pairs, the keys are known word for word, since the bot has written them. What people do to such a text is
expected: they fill in any order, cut lines and labels off, lose line breaks, leave cells empty. Where a cell ends is
told by the next key; what cannot be cut surely is told as doubtful and never stored.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.reading.lexicon import Lexicon

_SIGN = r"\s*(?:=|:|→|->)"
_ALONE = r"(?<![\d.,/:\-])"
"""Before a box number: no figure that it could be a part of."""
_NO_TIME = r"(?!(?<=:)[0-5]\d(?!\d))"
"""After a sign: "8:30" is a time of day and no box."""
_ANY_NUMBER = r"\d{1,2}(?:-\d{1,2})?"
_LONGEST_WORDS = 60
"""Letters between a box number and its sign, when the label is not the one that was sent."""
_SHORTEST_WORDS = 2
_MANY, _FEW = 3, 2
_BLANK = re.compile(r"[\s.…_]*")
_EDGES = " \t\n,;|/"


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


@dataclass(frozen=True, slots=True)
class _Key:
    start: int
    end: int
    rank: int
    cell: Cell | None
    number: int = 0

    def overlaps(self, other: _Key) -> bool:
        return self.start < other.end and other.start < self.end


_WHOLE, _UNSIGNED, _LABEL, _BARE, _CHANGED, _UNKNOWN = range(6)
"""How sure a key is: number, label and sign; without sign; label alone; number alone; other words; no such box.

A label goes before a number, since figures may stand in it: "ไม่ถึง 20 คน=" is not box 20.
"""


class FillInReader:
    """Cuts by the words of data/block.yaml."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = sorted(lexicon.tables["block"]["box"], key=len, reverse=True)
        self._box = "(?:" + "|".join(re.escape(word.lower()) for word in words) + ")"
        self._negations: Sequence[str] = lexicon.tables["block"]["negation"]

    def cut(self, text: str, cells: Sequence[Cell]) -> Filled:
        """The cells that `text` names, each with what was written for it."""
        raw = _cleaned(text)
        folded = _folded(raw)
        keys = self._keys(folded, cells)
        if not keys:
            return Filled(leftover=raw.strip())
        ends = [key.start for key in keys[1:]] + [len(raw)]
        pieces = [(key, raw[key.end : end].strip(_EDGES)) for key, end in zip(keys, ends, strict=True)]
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
            raw[: keys[0].start].strip(_EDGES),
            _is_sheet(keys),
        )

    def _keys(self, text: str, cells: Sequence[Cell]) -> list[_Key]:
        """The surest keys that do not overlap, in the order of the text."""
        found = sorted(self._possible(text, cells), key=lambda key: (key.rank, key.start - key.end, key.start))
        kept: list[_Key] = []
        for key in found:
            if not any(key.overlaps(other) for other in kept):
                kept.append(key)
        return sorted(kept, key=lambda key: key.start)

    def _possible(self, text: str, cells: Sequence[Cell]) -> Iterator[_Key]:
        labels = [_tight(cell.label) for cell in cells]
        for cell, label in zip(cells, labels, strict=True):
            yield from self._of_cell(text, cell, alone=bool(label) and labels.count(label) == 1)
        by_number = {cell.number: cell for cell in cells if cell.number}
        yield from _with_changed_label(text, by_number)
        yield from self._unknown(text, by_number)

    def _of_cell(self, text: str, cell: Cell, *, alone: bool) -> Iterator[_Key]:
        number, label = re.escape(cell.number), _spaced(cell.label)
        hint = rf"(?:\s*\({_spaced(cell.hint)}\)|\s*\([^()=\n]*\))?" if cell.hint else r"(?:\s*\([^()=\n\d]*\))?"
        if number and label:
            whole = rf"{_ALONE}{self._box}?\s*{number}\s*[.)]?\s*{label}{hint}"
            yield from _matches(rf"{whole}{_SIGN}", text, _WHOLE, cell)
            glued = r"|\d" if not label[-1].isdigit() else ""
            yield from _matches(rf"(?m)^\s*{whole}(?=\s|${glued})", text, _UNSIGNED, cell)
        if number:
            bare = rf"{_ALONE}{self._box}?\s*{number}\s*[.)]?{hint}"
            yield from _matches(rf"{bare}\s*(?:=|→|->)", text, _BARE, cell)
            for key in _matches(rf"{bare}\s*:{_NO_TIME}", text, _BARE, cell):
                if not _in_words(text, key.start):
                    yield key
            yield from _matches(rf"(?m)^\s*{self._box}\s*{number}(?=\s|$)", text, _BARE, cell)
        if label and not number:
            yield from _matches(rf"(?:^|(?<=[\s,;|/])){label}{hint}{_SIGN}", text, _WHOLE, cell)
        elif alone:
            for key in _matches(rf"(?:^|(?<=[\s,;|/])){label}{hint}{_SIGN}", text, _LABEL, cell):
                if not text[: key.start].rstrip().endswith(tuple(self._negations)):
                    yield key

    def _unknown(self, text: str, known: Mapping[str, Cell]) -> Iterator[_Key]:
        for found in re.finditer(rf"{_ALONE}{self._box}?\s*(\d{{1,2}})\s*=", text):
            if found[1].lstrip("0") not in known:
                yield _Key(found.start(), found.end(), _UNKNOWN, None, int(found[1]))

    def _torn(self, text: str, keys: Sequence[_Key]) -> dict[str, str]:
        """Cells with a neighbour's number, or another sign, where only their own value should stand."""
        torn: dict[str, str] = {}
        numbers = {key.cell.number for key in keys if key.cell is not None} | {str(key.number) for key in keys}
        ends = [key.start for key in keys[1:]] + [len(text)]
        for place, (key, end) in enumerate(zip(keys, ends, strict=True)):
            value = text[key.end : end]
            if key.cell is not None and "=" in value and not key.cell.free:
                torn[key.cell.name] = value.strip(_EDGES)
            after = keys[place + 1] if place + 1 < len(keys) else None
            if after is None or after.rank != _LABEL or after.cell is None:
                continue
            stray = re.search(rf"{_ALONE}(\d{{1,2}})[ .)]*$", value)
            if (
                stray is not None
                and stray[1] != after.cell.number
                and _is_key(value[: stray.start()], stray[1], numbers)
            ):
                torn[after.cell.name] = f"{stray[1]} {after.cell.label}"
                if key.cell is not None:
                    torn[key.cell.name] = value.strip(_EDGES)
        return torn


def _in_words(text: str, start: int) -> bool:
    """Whether a letter stands before, on the same line: "รายการ 1: ฝนตก" tells a story, and is no box."""
    before = text[:start].rpartition("\n")[2].rstrip()
    return bool(before) and unicodedata.category(before[-1])[0] in "LM"


def _is_sheet(keys: Sequence[_Key]) -> bool:
    """Whether the message is a sheet that was filled in, rather than a chat about a box or two."""
    numbered = [key for key in keys if key.cell is not None and key.cell.number and key.rank != _LABEL]
    worded = [key for key in keys if key.cell is not None and not key.cell.number]
    labelled = any(key.rank in {_WHOLE, _CHANGED} for key in numbered)
    return labelled or len(numbered) >= _MANY or (len(worded) >= _FEW)


def _is_key(before: str, number: str, numbers: set[str]) -> bool:
    """Whether a number right before a label may be another box's, rather than the value before it."""
    return bool(before.strip(_EDGES)) or "\n" in before or number in numbers


def _with_changed_label(text: str, known: Mapping[str, Cell]) -> Iterator[_Key]:
    """As in "8 ตรวจแล้ว=3150": the label was shortened, or something was added to it."""
    pattern = rf"(?={_ALONE}({_ANY_NUMBER})[ .)]+([^=:\n]{{1,{_LONGEST_WORDS}}}?)({_SIGN}))"
    for found in re.finditer(pattern, text):
        cell = known.get(found[1])
        if cell is not None and _alike(_folded(cell.label), found[2]):
            yield _Key(found.start(1), found.end(3), _CHANGED, cell)


def _alike(label: str, words: str) -> bool:
    """Whether all letters of one stand in the other, in order."""
    own, said = _tight(label), _tight(re.sub(r"\([^()]*\)", "", words))
    if len(said) < _SHORTEST_WORDS:
        return False
    letters = iter(own)
    return (bool(own) and own in said) or all(letter in letters for letter in said)


def _keep(cell: Cell, value: str, values: dict[str, str], doubtful: dict[str, str]) -> None:
    """Twice the same is once; two different values are none."""
    before = values.get(cell.name, "")
    if before and value and _tight(before) != _tight(value):
        doubtful[cell.name] = f"{before} · {value}"
    values[cell.name] = value or before


def _matches(pattern: str, text: str, rank: int, cell: Cell) -> Iterator[_Key]:
    for found in re.finditer(pattern, text):
        yield _Key(found.start(), found.end(), rank, cell)


def _spaced(words: str) -> str:
    """A pattern of `words` with any spaces and line breaks in between."""
    return r"\s*".join(re.escape(letter) for letter in _tight(words))


def _tight(words: str) -> str:
    return "".join(_folded(_cleaned(words)).split())


def _cleaned(text: str) -> str:
    """Without what cannot be seen, each letter in its usual form."""
    usual = unicodedata.normalize("NFC", text).replace("\u0e4d\u0e32", "\u0e33").replace("\r", "\n")
    return "".join(letter for letter in usual if unicodedata.category(letter) != "Cf")


def _folded(text: str) -> str:
    """Letter for letter the same length: ASCII digits and signs, small letters, plain spaces."""
    return "".join(_letter(letter) for letter in text)


def _letter(letter: str) -> str:
    if letter in {"\n", "\t"}:
        return letter
    if unicodedata.category(letter) == "Nd":
        return str(unicodedata.digit(letter))
    if unicodedata.category(letter) == "Zs":
        return " "
    wide = 0xFF01 <= ord(letter) <= 0xFF5E  # noqa: PLR2004 (the full-width forms of ASCII)
    small = chr(ord(letter) - 0xFEE0).lower() if wide else letter.lower()
    return small if len(small) == 1 else letter
