"""Splits a message of "box = value" pairs: "8=3200 9=3000", "ช่อง 8 3150", a pasted fill-in text with its labels.

The sign = is certain, but the key before it is not: in "15=28 มิ.ย. 64 16 สถานะ=เสร็จ" only the value before tells
where the next key begins. So every possible key is tried, and a split that leaves an unreadable value is dropped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bot.reading.block_fields import BlockField
    from bot.reading.block_labels import Labels
    from bot.reading.lexicon import Lexicon

_LABELLED, _BARE, _WORDED = range(3)
_LONGEST_KEY = 80
"""A key is a box number and a short title; what lies further before a sign belongs to the value (characters)."""
_MOST_PAIRS = 120
_FIGURES = re.compile(r"\d+")
_ANY_BOX = re.compile(r"\d{1,2}")


@dataclass(frozen=True, slots=True)
class Key:
    """A key found before a "=": its field (None for a box that the form lacks) and how sure it is."""

    start: int
    field: BlockField | None
    rank: int
    box: int | None = None
    by_case: bool = False


@dataclass(slots=True)
class Pairs:
    """What stood before the first key, the (key, value text) pairs, and boxes that do not exist."""

    leftover: str = ""
    found: list[tuple[BlockField, str]] = field(default_factory=list)
    unknown_boxes: list[int] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    by_case: set[str] = field(default_factory=set)
    worded: bool = False
    doubt: str = ""


class PairSplitter:
    """Splits by the words of data/block.yaml."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.tables["block"]
        self._word = lexicon.normaliser.word
        box, sign, equals = (_either(table[key], self._word) for key in ("box", "is", "equals"))
        to = _either(table["to"], self._word)
        self._heading = re.compile(rf"^\s*{_either(table['heading'], self._word)}")
        self._box_then_value = re.compile(rf"(?:{box})\s*(\d{{1,2}})(?![\d.,])\s*(?:{sign})?\s*(?=\S)")
        # "10:30" is a time of day, not box 10
        self._value_by_sign = re.compile(
            rf"(?<![\d.,/:])(?!(?:[01]?\d|2[0-3]):[0-5]\d(?!\d))(\d{{1,2}})\s*(?:{equals}|{to})\s*(?=\d)"
        )
        self._box_alone = re.compile(rf"(?:{box})\s*(\d{{1,2}})")
        joint = _either([*table["joint"], *table["dash"], *table["span"]], self._word)
        self._names_boxes = re.compile(rf"(?:{box})\s*\d{{1,2}}\s*(?:{joint})\s*\d{{1,2}}(?!\d|\s*=)")
        self._box_end = re.compile(rf"(?:{box}|{_either(table['case'], self._word)})$")

    def box_alone(self, text: str) -> int | None:
        """As in "แก้ช่อง 8", "ข้อ 8": the box a person wants to change, without a value."""
        found = self._box_alone.fullmatch(text)
        return int(found[1]) if found else None

    def names_boxes(self, text: str) -> bool:
        """As in "แก้ช่อง 8 กับ 9", "ช่อง 10-14 ไม่มี": several boxes named at once, so that no number is a value."""
        return self._names_boxes.match(text) is not None

    def split(self, text: str, labels: Labels, readable: Callable[[BlockField, str], bool]) -> Pairs | None:
        """The pairs of a message in normal form; None if it has no sign of pairs."""
        lines = [line for line in text.split("\n") if not self._heading.search(line)]
        signed = "\n".join(self._signed(line, labels) for line in lines)
        if "=" not in signed.strip("= \n") or signed.count("=") > _MOST_PAIRS:
            return None
        return self._walk(signed.split("="), labels, readable)

    def _signed(self, line: str, labels: Labels) -> str:
        known = {str(box) for box in labels.by_box}

        def sign(found: re.Match[str]) -> str:
            return (
                f" {found[1]}="
                if str(int(found[1])) in known or found.group().rstrip().endswith("=")
                else found.group()
            )

        return self._value_by_sign.sub(sign, self._box_then_value.sub(sign, line))

    def _walk(self, parts: Sequence[str], labels: Labels, readable: Callable[[BlockField, str], bool]) -> Pairs:
        pairs = Pairs()
        open_field: BlockField | None = None
        for place, part in enumerate(parts):
            key = None if place == len(parts) - 1 else self._key(part, labels, open_field, readable)
            self._close(open_field, part if key is None else part[: key.start], pairs, first=place == 0)
            if place < len(parts) - 1:
                self._open(key, part, pairs)
            open_field = key.field if key is not None else None
        return pairs

    def _open(self, key: Key | None, part: str, pairs: Pairs) -> None:
        if key is None:
            pairs.unreadable.append(part.strip())
            return
        pairs.worded = pairs.worded or key.box is None
        if key.field is None:
            pairs.unknown_boxes.append(key.box or 0)
        elif key.by_case:
            pairs.by_case.add(key.field.name)

    def _close(self, open_field: BlockField | None, value: str, pairs: Pairs, *, first: bool) -> None:
        text = self._box_end.sub("", value.strip(" ,;\n/|")).strip(" ,;\n/|")
        if first:
            pairs.leftover = text
        elif open_field is not None:
            pairs.found.append((open_field, text))

    def _key(
        self,
        part: str,
        labels: Labels,
        open_field: BlockField | None,
        readable: Callable[[BlockField, str], bool],
    ) -> Key | None:
        """The key at the end of a part: the surest kind among those that leave a readable value before them."""
        possible = list(self._keys(part, labels))
        keys = [key for key in possible if self._leaves_value(part[: key.start], open_field, readable)]
        if not keys:
            keys = possible if len({key.rank for key in possible} - {_LABELLED}) <= 1 else []
        if not keys:
            return None
        best = min(key.rank for key in keys)
        surest = [key for key in keys if key.rank == best]
        return surest[0] if best != _WORDED or len(surest) == 1 else None

    def _leaves_value(
        self, before: str, open_field: BlockField | None, readable: Callable[[BlockField, str], bool]
    ) -> bool:
        text = self._box_end.sub("", before.strip(" ,;\n/|")).strip(" ,;\n/|")
        return open_field is None or not text or readable(open_field, text)

    def _keys(self, part: str, labels: Labels) -> Iterator[Key]:
        for start in _starts(part):
            if start < len(part) - _LONGEST_KEY:
                continue
            suffix = part[start:].strip()
            if not suffix:
                continue
            found = self._box_key(start, suffix, labels) or self._word_key(start, suffix, labels)
            if found is not None:
                yield found

    def _box_key(self, start: int, suffix: str, labels: Labels) -> Key | None:
        number = _ANY_BOX.match(suffix)
        if (
            number is None
            or suffix[number.end() : number.end() + 1] in {".", ","}
            or suffix[number.end() :][:1].isdigit()
        ):
            return None
        box, rest = int(number.group()), suffix[number.end() :].strip(" .)")
        known = labels.by_box.get(box)
        if not rest:
            return Key(start, known, _BARE, box)
        if known is None:
            return None
        word = self._word(rest)
        if not self._own_figures(word, labels, known):
            return None
        fits = word in labels.marks(known) or known.name in labels.find(word)
        return Key(start, known, _LABELLED if fits else _WORDED, box)

    def _own_figures(self, word: str, labels: Labels, known: BlockField) -> bool:
        """Whether figures between a box number and its sign are those of its label, and no other box's value."""
        own = "".join((*labels.marks(known), *(self._word(label) for label in known.labels)))
        return all(figures in own for figures in _FIGURES.findall(word))

    def _word_key(self, start: int, suffix: str, labels: Labels) -> Key | None:
        word = self._word(self._box_end.sub("", suffix))
        marked = [known for known in labels.pool if word in labels.marks(known)]
        if marked:
            return Key(start, marked[0], _LABELLED, by_case=True)
        names = labels.find(word) if not any(character.isdigit() for character in word) else ()
        return Key(start, labels.by_name[names[0]], _LABELLED) if len(names) == 1 else None


def _either(words: Sequence[str], word: Callable[[str], str]) -> str:
    return "|".join(re.escape(word(surface)) for surface in sorted(words, key=len, reverse=True))


def _starts(part: str) -> Iterator[int]:
    """Where a key may begin: the start, after a space or a sign, and where digits meet letters."""
    yield 0
    for place in range(1, len(part)):
        before, here = part[place - 1], part[place]
        if before in " \n,;/|" and here not in " \n,;/|":
            yield place
