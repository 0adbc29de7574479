"""What provincial staff order about a district's report: "ส่งคืน ภูเรือ ครั้งที่ 1 ช่อง 9 มากกว่ายอดในทะเบียน".

The reason stays word for word: what comes before it is taken off the text as it was typed, piece by piece.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.reading.outcome import Action

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.reading.lexicon import Lexicon
    from bot.reading.outcome import Reading

MAX_LENGTH = 600
LONGEST_WORD = 40
"""Letters of a word that is looked for, as typed: marks and stray characters may stand in it."""
_BETWEEN = " :·\n\t-"
MOST_DIGITS = 3


@dataclass(frozen=True, slots=True)
class OfficeOrder:
    verb: str
    """return, accept, waive, reopen, history, close_round or open_round."""
    district: str = ""
    """One of the given names; '' when none of them is named."""
    round: int | None = None
    boxes: Mapping[int, str] = field(default_factory=dict)
    """Reasons by box number, word for word; '' where none is given."""
    words: str = ""
    """The reason without a box; with no district, all that follows the verb."""


class OfficeOrderReader:
    """Reads one order; `district` matches a name that was not typed exactly."""

    def __init__(self, lexicon: Lexicon, district: Callable[[str, Sequence[str]], Reading[str]]) -> None:
        self._normaliser = lexicon.normaliser
        self._district = district
        table = lexicon.tables["office_orders"]
        self._verbs = {self._plain(word): verb for verb, words in table["verbs"].items() for word in words}
        kinds = ("district", "round", "box", "and", "because")
        self._words = {kind: {self._plain(word): kind for word in table[kind]} for kind in kinds}

    def read(self, text: str, districts: Sequence[str] = ()) -> OfficeOrder | None:
        """See Reader.office_order."""
        verb, rest = self._take(text.strip(), self._verbs)
        if not verb or len(text) > MAX_LENGTH:
            return None
        name, number, rest = self._where(rest, districts)
        boxes, words = self._boxes(rest)
        return OfficeOrder(verb, name, number, boxes, words)

    def _where(self, rest: str, districts: Sequence[str]) -> tuple[str, int | None, str]:
        """The district and the round, in any order, and what follows them."""
        name, number, rest = "", None, rest.strip(_BETWEEN)
        for _ in range(2):
            if not name:
                name, rest = self._name(rest, districts)
            if number is None:
                number, rest = self._number("round", rest)
        return name, number, rest

    def _name(self, rest: str, districts: Sequence[str]) -> tuple[str, str]:
        _prefix, bare = self._take(rest, self._words["district"])
        found, after = self._take(bare, {self._plain(name): name for name in districts})
        if found:
            return found, after
        first, _space, after = bare.partition(" ")
        near = self._district(first, districts) if first and districts else None
        if near is not None and near.action is not Action.ASK and near.value is not None:
            return near.value, after.strip(_BETWEEN)
        return "", rest

    def _number(self, kind: str, rest: str) -> tuple[int | None, str]:
        """The number after a word of that kind; (None, the same text) when there is none."""
        word, after = self._take(rest, self._words[kind])
        digits = _digits(after) if word else ""
        return (int(digits), after[len(digits) :].strip(_BETWEEN)) if digits else (None, rest)

    def _boxes(self, rest: str) -> tuple[dict[int, str], str]:
        """Each box, or several in a row, with the words that follow; without a box the words alone."""
        places = [place for place in range(len(rest)) if place == 0 or rest[place - 1] in _BETWEEN]
        starts = [place for place in places if self._number("box", rest[place:])[0] is not None]
        if not starts:
            return {}, self._reason(rest)
        boxes: dict[int, str] = {}
        for start, end in zip(starts, [*starts[1:], len(rest)], strict=True):
            numbers, words = self._row(rest[start:end])
            boxes |= dict.fromkeys(numbers, self._reason(words))
        common = next((words for words in reversed(boxes.values()) if words), "")
        return {number: words or common for number, words in boxes.items()}, self._reason(rest[: starts[0]])

    def _row(self, rest: str) -> tuple[list[int], str]:
        """ช่อง 9 และ 10: the numbers of one row of boxes."""
        first, rest = self._number("box", rest)
        numbers = [first] if first is not None else []
        while True:
            joined, after = self._take(rest, self._words["and"])
            digits = _digits(after) if joined else ""
            if not digits:
                return numbers, rest
            numbers.append(int(digits))
            rest = after[len(digits) :].strip(_BETWEEN)

    def _reason(self, rest: str) -> str:
        """The reason without the word that announces it, and without the marks around it."""
        _because, words = self._take(rest.strip(_BETWEEN), self._words["because"])
        return words.strip(_BETWEEN).strip("\"'“”").strip()

    def _take(self, text: str, words: Mapping[str, str]) -> tuple[str, str]:
        """What the longest of `words` at the beginning stands for, and what follows; ('', the text) when none does."""
        for length in range(min(len(text), LONGEST_WORD), 0, -1):
            head, after = text[:length], text[length:]
            meant = words.get(self._plain(head))
            inside = head[-1].isascii() and head[-1].isalpha() and after[:1].isascii() and after[:1].isalpha()
            if meant and not inside and not self._splits(after):
                return meant, after.strip(_BETWEEN)
        return "", text

    def _splits(self, after: str) -> bool:
        """Whether a letter would be parted from its own vowel or tone mark."""
        return after[:1] in self._normaliser.dependent

    def _plain(self, words: str) -> str:
        return self._normaliser.word(words)


def _digits(text: str) -> str:
    """The digits at the beginning, Thai ones too, as many as a box or a round can have."""
    found = ""
    for character in text:
        if not character.isdecimal():
            break
        found += character
    return found if len(found) <= MOST_DIGITS else ""
