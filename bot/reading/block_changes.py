"""Changes of boxes that have a value: one number put in place of another, and a box named without its value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.reading.block_fields import Asked, BlockReading
from bot.reading.block_labels import Labels
from bot.reading.block_pairs import PairSplitter
from bot.reading.numerals import Number
from bot.reading.outcome import Action
from bot.reading.spoken import fold_numbers

if TYPE_CHECKING:
    from bot.reading.lexicon import Lexicon
    from bot.reading.tokens import Token, Vocabulary

LONGEST_ORDER = 200
"""A change of one box is said in fewer characters."""
_OLD_AND_NEW = 2


class ChangeReader:
    """Reads what is said about boxes that were answered before."""

    def __init__(self, lexicon: Lexicon, vocabulary: Vocabulary, splitter: PairSplitter) -> None:
        self._lexicon = lexicon
        self._vocabulary = vocabulary
        self._splitter = splitter

    def correction(self, normal: str, asked: Asked, labels: Labels) -> BlockReading | None:
        """As in "ไม่ใช่ 3150 เป็น 3510"."""
        if len(normal) > LONGEST_ORDER:
            return None
        items = fold_numbers(self._lexicon.tokeniser.cut(normal, self._vocabulary))
        numbers = [item for item in items if isinstance(item, Number)]
        words: list[Token] = [item for item in items if not isinstance(item, Number)]
        refused = any(word.has("not") for word in words)
        if len(numbers) != _OLD_AND_NEW or not any(word.has("to") for word in words):
            return None
        if not all(word.has("not", "to", "filler", "particle", "box") for word in words):
            return None
        old, new = numbers[0].value, numbers[1].value
        names = tuple(name for name, value in asked.current.items() if value == old and name in labels.by_name)
        if (not refused and not names) or (not refused and old in labels.by_box):
            return None
        open_names = tuple(known.name for known in asked.fields)
        if len(names) != 1 or new is None:
            why = "several" if names and new is not None else "no_such_value"
            return BlockReading(Action.ASK, {}, open_names, why, {"candidates": names, "old": old, "new": new})
        doubt = numbers[1].doubt or numbers[0].doubt or ("" if refused else "correction")
        remaining = tuple(name for name in open_names if name != names[0] and name not in asked.current)
        notes: dict[str, object] = {"edits": names, "old": old}
        return BlockReading(Action.CONFIRM if doubt else Action.ACCEPT, {names[0]: new}, remaining, doubt, notes)

    def edit_without_value(self, normal: str, labels: Labels, names: tuple[str, ...]) -> BlockReading | None:
        """As in "แก้ช่อง 8": which box is meant."""
        if len(normal) > LONGEST_ORDER:
            return None
        kept = [t for t in self._lexicon.tokeniser.cut(normal, self._vocabulary) if not t.has("particle")]
        said = "".join(f" {token.text}" if token.space else token.text for token in kept).strip()
        if self._splitter.names_boxes(said):
            return BlockReading(Action.ASK, {}, names, "labels")
        box = self._splitter.box_alone(said)
        if box is None:
            return None
        known = labels.by_box.get(box)
        asks_to_edit = any(token.has("edit_word") for token in kept)
        notes: dict[str, object] = {"box": box, "explicit": asks_to_edit} | ({"field": known.name} if known else {})
        return BlockReading(Action.ASK, {}, names, "edit_box" if known else "no_such_box", notes)
