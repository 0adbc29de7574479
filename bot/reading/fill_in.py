"""Cuts a filled-in text that was sent back ("8 ครัวเรือน=3150  9 ครบ=") into the cells that it was made of.

Unlike block_pairs, the keys are known word for word, since the bot has written them. What people do to such a text is
expected: they fill in any order, cut lines and labels off, lose line breaks, leave cells empty. Where a cell ends is
told by the next key; what cannot be cut surely is told as doubtful and never stored.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.reading.lexicon import Lexicon

_SIGN = r"\s*(?:=|:|→|->)"
_ALONE = r"(?<![\d.,/:\-])"
"""Before a box number: no figure that it could be a part of."""
_ANY_NUMBER = r"\d{1,2}(?:-\d{1,2})?"
_LONGEST_WORDS = 60
"""Letters between a box number and its sign, when the label is not the one that was sent."""
_SHORTEST_WORDS = 2
_MANY, _FEW = 3, 2
_BLANK = re.compile(r"[\s.…_]*")
_EDGES = " \t\n,;|/"
_PARTS = frozenset(_EDGES)
_ANY_SIGN = re.compile(_SIGN)
_EQUALS = re.compile(r"\s*=")
_DOT = re.compile(r"\s*[.)]")
_MINUTES = re.compile(r"[0-5]\d(?!\d)")
_BRACKET = re.compile(r"\s*(\([^()=\n]*\))")
_CHANGED_KEY = re.compile(rf"(?={_ALONE}({_ANY_NUMBER})[ .)]+([^=:\n]{{1,{_LONGEST_WORDS}}}?)({_SIGN}))")
_FORMS_KEPT = 64


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


class _Text:
    """A folded text, in which words are found whatever spaces and line breaks stand between their letters."""

    def __init__(self, folded: str) -> None:
        self.folded = folded
        self._places = [place for place, letter in enumerate(folded) if not letter.isspace()]
        self._tight = "".join(folded[place] for place in self._places)

    def match(self, tight: str, start: int) -> int | None:
        """Where the letters of `tight` end that begin at `start`; None when others stand there."""
        first = bisect_left(self._places, start)
        if not tight or not self._tight.startswith(tight, first):
            return None
        return self._places[first + len(tight) - 1] + 1

    def begins(self) -> Iterator[int]:
        """Where a label may begin: at the start, after a space or a sign that parts cells."""
        before = " "
        for place, letter in enumerate(self.folded):
            if before in _PARTS and letter not in _PARTS:
                yield place
            before = letter

    def opens_line(self, start: int) -> bool:
        return not self.folded[:start].rpartition("\n")[2].strip()


class _Cells:
    """The cells of one form, made ready to be found."""

    def __init__(self, cells: tuple[Cell, ...]) -> None:
        self.by_number = {cell.number: cell for cell in cells if cell.number}
        self.tight = {cell.name: _tight(cell.label) for cell in cells}
        times = Counter(self.tight.values())
        self.by_letter: dict[str, list[Cell]] = {}
        for cell in cells:
            label = self.tight[cell.name]
            if label and (not cell.number or times[label] == 1):
                self.by_letter.setdefault(label[0], []).append(cell)


def _of_number(text: _Text, cell: Cell, start: int, after: int, *, boxed: bool) -> Iterator[_Key]:
    """Keys of a cell whose number ends at `after`: with the label behind it, or without."""
    folded = text.folded
    end = text.match(_tight(cell.label), after)
    if end is not None:
        end = _after_hint(text, cell, end)
        sign = _ANY_SIGN.match(folded, end)
        if sign is not None:
            yield _Key(start, sign.end(), _WHOLE, cell)
        elif text.opens_line(start) and _ends(folded, end):
            yield _Key(start, end, _UNSIGNED, cell)
    bare = _after_hint(text, cell, after)
    sign = _ANY_SIGN.match(folded, bare)
    if sign is not None and (folded[sign.end() - 1] != ":" or not _is_time_or_story(folded, start, sign.end())):
        yield _Key(start, sign.end(), _BARE, cell)
    elif sign is None and boxed and text.opens_line(start) and folded[bare : bare + 1] in {"", " ", "\n", "\t"}:
        yield _Key(start, bare, _BARE, cell)


def _ends(folded: str, end: int) -> bool:
    """Whether a label without a sign ends here: at a space, or at the value's figures."""
    follows = folded[end : end + 1]
    return not follows or follows.isspace() or (follows.isdigit() and not folded[end - 1].isdigit())


def _after_hint(text: _Text, cell: Cell, end: int) -> int:
    """The end of the brackets after a label: the hint as it was sent, or words in its place."""
    opened = _BRACKET.match(text.folded, end)
    if opened is None:
        return end
    if cell.hint:
        own = text.match(_tight(f"({cell.hint})"), opened.start(1))
        return own if own is not None else opened.end()
    return opened.end() if not any(letter.isdigit() for letter in opened[0]) else end


def _is_time_or_story(folded: str, start: int, end: int) -> bool:
    """Whether a number with a colon is no key: "8:30", or "รายการ 1: ฝนตก"."""
    before = folded[:start].rpartition("\n")[2].rstrip()
    told = bool(before) and unicodedata.category(before[-1])[0] in "LM"
    return told or _MINUTES.match(folded, end) is not None


class FillInReader:
    """Cuts by the words of data/block.yaml."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = sorted(lexicon.tables["block"]["box"], key=len, reverse=True)
        box = "|".join(re.escape(word.lower()) for word in words)
        self._number = re.compile(rf"(?={_ALONE}((?:{box})?)\s*({_ANY_NUMBER}|\d{{1,2}}(?=-))(?!\d))")
        self._negations: tuple[str, ...] = tuple(lexicon.tables["block"]["negation"])
        self._known = lru_cache(_FORMS_KEPT)(_Cells)

    def cut(self, text: str, cells: Sequence[Cell]) -> Filled:
        """The cells that `text` names, each with what was written for it."""
        raw = _cleaned(text)
        folded = _folded(raw)
        keys = self._keys(_Text(folded), self._known(tuple(cells)))
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

    def _keys(self, text: _Text, cells: _Cells) -> list[_Key]:
        """The surest keys that do not overlap, in the order of the text."""
        possible = (*self._numbered(text, cells), *self._labelled(text, cells), *_with_changed_label(text, cells))
        kept: list[_Key] = []
        for key in sorted(possible, key=lambda key: (key.rank, key.start - key.end, key.start)):
            if not any(key.overlaps(other) for other in kept):
                kept.append(key)
        return sorted(kept, key=lambda key: key.start)

    def _numbered(self, text: _Text, cells: _Cells) -> Iterator[_Key]:
        """Keys that begin with a number: of a cell, with its label or alone, or of no cell."""
        for found in self._number.finditer(text.folded):
            start, boxed = found.start(1), bool(found[1])
            for number in {found[2], found[2].partition("-")[0]}:
                cell = cells.by_number.get(number.lstrip("0"))
                after = found.start(2) + len(number)
                dot = _DOT.match(text.folded, after)
                after = dot.end() if dot else after
                if cell is None:
                    sign = _EQUALS.match(text.folded, after)
                    if sign is not None and "-" not in found[2]:
                        yield _Key(start, sign.end(), _UNKNOWN, None, int(number))
                else:
                    yield from _of_number(text, cell, start, after, boxed=boxed)

    def _labelled(self, text: _Text, cells: _Cells) -> Iterator[_Key]:
        """Keys that are a label alone."""
        for start in text.begins():
            for cell in cells.by_letter.get(text.folded[start], ()):
                end = text.match(cells.tight[cell.name], start)
                sign = _ANY_SIGN.match(text.folded, _after_hint(text, cell, end)) if end is not None else None
                if sign is None or self._denied(text.folded[:start]):
                    continue
                yield _Key(start, sign.end(), _LABEL if cell.number else _WHOLE, cell)

    def _denied(self, before: str) -> bool:
        """Whether a label is denied by the word before it: "ไม่ ครบ=110". "27 อุปสรรค=ไม่มี" is a value of its own."""
        words = before.rpartition("\n")[2].rstrip()
        word = next((negation for negation in self._negations if words.endswith(negation)), None)
        return word is not None and not words.removesuffix(word).rstrip().endswith(("=", ":"))

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


def _is_sheet(keys: Sequence[_Key]) -> bool:
    """Whether the message is a sheet that was filled in, rather than a chat about a box or two."""
    numbered = [key for key in keys if key.cell is not None and key.cell.number and key.rank != _LABEL]
    worded = [key for key in keys if key.cell is not None and not key.cell.number]
    labelled = any(key.rank in {_WHOLE, _CHANGED} for key in numbered)
    return labelled or len(numbered) >= _MANY or (len(worded) >= _FEW)


def _is_key(before: str, number: str, numbers: set[str]) -> bool:
    """Whether a number right before a label may be another box's, rather than the value before it."""
    return bool(before.strip(_EDGES)) or "\n" in before or number in numbers


def _with_changed_label(text: _Text, cells: _Cells) -> Iterator[_Key]:
    """As in "8 ตรวจแล้ว=3150": the label was shortened, or something was added to it."""
    for found in _CHANGED_KEY.finditer(text.folded):
        cell = cells.by_number.get(found[1])
        if cell is not None and _alike(cells.tight[cell.name], found[2]):
            yield _Key(found.start(1), found.end(3), _CHANGED, cell)


def _alike(label: str, words: str) -> bool:
    """Whether all letters of one stand in the other, in order."""
    own, said = label, _tight(re.sub(r"\([^()]*\)", "", words))
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
