"""Answers to a block of boxes, in every shape that people send them: the front of block_pairs and block_counts."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING

from bot.reading.block_changes import ChangeReader
from bot.reading.block_collect import Collected, single
from bot.reading.block_counts import Counts
from bot.reading.block_fields import Asked, BlockReading
from bot.reading.block_labels import Labels
from bot.reading.block_pairs import Pairs, PairSplitter
from bot.reading.block_plain import PlainReader
from bot.reading.block_scan import scan
from bot.reading.block_values import Readers
from bot.reading.outcome import Action

if TYPE_CHECKING:
    from bot.reading.lexicon import Lexicon

MAX_LENGTH = 5000
"""LINE's longest text message (characters)."""

_FORMS_KEPT = 128


class BlockReader:
    """Reads one message for several boxes."""

    def __init__(self, lexicon: Lexicon, readers: Readers) -> None:
        self._lexicon = lexicon
        self._vocabulary = lexicon.vocabulary("particles", "numbers", "units", "block")
        self._readers = readers
        # the words of a form are costly to prepare and the same for every message about the same boxes
        self._labels = lru_cache(maxsize=_FORMS_KEPT)(partial(Labels, lexicon, self._vocabulary))
        self._splitter = PairSplitter(lexicon)
        self._changes = ChangeReader(lexicon, self._vocabulary, self._splitter)
        self._plain = PlainReader(lexicon, readers)
        self._same = frozenset(lexicon.normaliser.word(word) for word in lexicon.tables["block"]["same"])

    def read(self, text: str, asked: Asked) -> BlockReading:
        """See Reader.block."""
        names = tuple(known.name for known in asked.fields)
        if len(text) > MAX_LENGTH or not text.strip():
            return BlockReading(Action.ASK, {}, names, "too_long" if text.strip() else "empty")
        before = self._before_rest(text)
        if before is not None:
            return self._rest_as_last(before, asked)
        labels = self._labels(tuple(asked.fields), tuple(asked.others))
        normal = self._lexicon.normaliser.text(text)
        return (
            self._own_kind(text, asked, labels)
            or self._changes.correction(normal, asked, labels)
            or self._changes.edit_without_value(normal, labels, names)
            or self._pairs(normal, asked, labels)
            or (self._plain.read(normal, text, asked, labels) if names else BlockReading(Action.ASK, why="no_box"))
        )

    # -- "5=33 ที่เหลือเท่าเดิม" -----------------------------------------------------------------------------------
    def _before_rest(self, text: str) -> str | None:
        """What stands before "the rest as last time" at the end of a message; None when it does not end so."""
        normal = self._lexicon.normaliser.text(text)
        tokens = self._lexicon.tokeniser.cut(normal, self._vocabulary)
        place = next((number for number in reversed(range(len(tokens))) if tokens[number].has("rest")), None)
        after = [] if place is None else [token for token in tokens[place + 1 :] if not token.has("particle", "filler")]
        if place is None or not after or not all(token.has("same") for token in after):
            return None
        # tokens are counted without spaces
        written = [index for index, char in enumerate(normal) if not char.isspace()]
        return normal[: written[tokens[place].start]].rstrip(" ,\n")

    def _rest_as_last(self, before: str, asked: Asked) -> BlockReading:
        """The boxes that `before` leaves open are as in the last round."""
        if not before:
            return BlockReading(Action.ACCEPT, {}, (), "", {"same_as_last": True})
        read = self.read(before, asked)
        if read.action is Action.ASK:
            return read
        notes: dict[str, object] = {key: value for key, value in read.notes.items() if key not in {"rest_zero", "same"}}
        named = read.notes.get("same", ())
        same = (*(named if isinstance(named, tuple) else ()), *read.remaining)
        why = "" if read.why == "rest_zero" else read.why
        action = Action.CONFIRM if why else Action.ACCEPT
        return BlockReading(action, read.values, (), why, {**notes, "same": same, "rest_same": True})

    # -- one field ------------------------------------------------------------------------------------------------
    def _own_kind(self, text: str, asked: Asked, labels: Labels) -> BlockReading | None:
        """A single date, choice or text is read by its own reader first; "15=30 มิ.ย." still edits a box."""
        if len(asked.fields) != 1 or asked.fields[0].kind == "integer":
            return None
        only = asked.fields[0]
        if only.kind == "text" and not self._begins_with_key(text, labels):
            return BlockReading(Action.ACCEPT, {only.name: text.strip()})
        if only.kind == "text":
            return None
        reading = self._readers.read(only, text, asked)
        if reading.action is Action.ASK and ("=" in text or self._begins_with_key(text, labels)):
            return None
        return single(only, reading)

    def _begins_with_key(self, text: str, labels: Labels) -> bool:
        normal = self._lexicon.normaliser.text(text)
        pairs = self._splitter.split(normal, labels, lambda _field, _text: True)
        return bool(pairs and pairs.found and not pairs.leftover and not pairs.unreadable)

    # -- pairs ----------------------------------------------------------------------------------------------------
    def _pairs(self, normal: str, asked: Asked, labels: Labels) -> BlockReading | None:
        pairs = self._splitter.split(
            normal,
            labels,
            lambda known, part: self._is_same(part) or self._readers.read(known, part, asked).action is not Action.ASK,
        )
        if pairs is None or not (pairs.found or pairs.unknown_boxes):
            return None
        names = tuple(known.name for known in asked.fields)
        if not names and (pairs.worded or self._says_more(pairs.leftover)):
            return None
        if pairs.unknown_boxes:
            return BlockReading(Action.ASK, {}, names, "no_such_box", {"box": pairs.unknown_boxes[0]})
        boxes = [known.name for known, _text in pairs.found]
        if len(set(boxes)) != len(boxes) or pairs.unreadable:
            return BlockReading(Action.ASK, {}, names, "labels", {"unreadable": tuple(pairs.unreadable)})
        if self._may_be_boxes(normal, pairs, labels):
            pairs.doubt = "box_or_value"
        got = Collected(lambda known, part: self._readers.read(known, part, asked), self._is_same)
        return self._collected(got.take(pairs.found), pairs, asked, labels)

    def _may_be_boxes(self, normal: str, pairs: Pairs, labels: Labels) -> bool:
        """As in "แก้ช่อง 8 9", which may name two boxes or give box 8 a nine."""
        if len(pairs.found) != 1 or pairs.worded:
            return False
        known, text = pairs.found[0]
        other = text.isdigit() and int(text) != known.box and int(text) in labels.by_box
        return other and not any(token.has("is") for token in self._lexicon.tokeniser.cut(normal, self._vocabulary))

    def _says_more(self, leftover: str) -> bool:
        """Whether there are words beside the pairs that are not mere politeness."""
        tokens = self._lexicon.tokeniser.cut(leftover, self._vocabulary)
        return not all(token.has("particle", "filler", "box") for token in tokens)

    def _is_same(self, text: str) -> bool:
        return self._lexicon.normaliser.word(text) in self._same

    def _collected(self, got: Collected, pairs: Pairs, asked: Asked, labels: Labels) -> BlockReading:
        names = tuple(known.name for known in asked.fields)
        leftover, doubt = self._leftover(pairs.leftover, got, asked, labels)
        if leftover is not None and leftover.action is Action.ASK:
            return BlockReading(Action.ASK, {}, names, leftover.why, leftover.notes)
        values = {**(leftover.values if leftover else {}), **got.values}
        notes = dict(got.notes)
        if edits := tuple(name for name in values if name not in names):
            notes["edits"] = edits
        remaining = tuple(name for name in names if name not in values and name not in got.same)
        if not values and not got.same:
            failed = next(iter(got.failed.values()), None)
            why = failed.why if failed else "value_wanted"
            return BlockReading(Action.ASK, {}, names, why, {**notes, **(failed.notes if failed else {})})
        rest = self._rest_zero(pairs, remaining, labels)
        notes |= {"rest_zero": rest} if rest else {}
        why = got.doubt or doubt or pairs.doubt or ("rest_zero" if rest else "")
        return BlockReading(Action.CONFIRM if why else Action.ACCEPT, values, remaining, why, notes)

    def _rest_zero(self, pairs: Pairs, remaining: tuple[str, ...], labels: Labels) -> tuple[str, ...]:
        """Cases named by their number or mark, not by box: the rest may be zero."""
        by_case = pairs.by_case == {known.name for known, _text in pairs.found}
        rest = tuple(name for name in remaining if labels.by_name[name].case)
        return rest if by_case and len(rest) > 1 else ()

    def _leftover(self, text: str, got: Collected, asked: Asked, labels: Labels) -> tuple[BlockReading | None, str]:
        """As in "0 17=6240": what stands before the first key answers the asked boxes that no key names."""
        open_fields = [known for known in asked.fields if known.name not in got.values and known.name not in got.same]
        found = scan(text, labels, self._lexicon) if text else None
        if found is None or not (found.pieces or found.signs):
            return None, ""
        if not found.numbers and any(piece.by_case for piece in found.pieces):
            return BlockReading(Action.ASK, why="labels"), ""
        if not found.numbers:
            return None, "unknown_words"
        if {number.value for number in found.numbers} & {known.box for known in asked.fields}:
            return BlockReading(Action.ASK, why="box_or_value"), ""
        if not open_fields:
            return BlockReading(Action.ASK, why="too_many"), ""
        rest = self._labels(tuple(open_fields), ())
        return Counts(rest, found, asked.current).read(), "mixed"
