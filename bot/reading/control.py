"""What a person wants the conversation to do: yes, no, back, help, a command. Unknown wishes are never guessed."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from bot.reading.mend import mend
from bot.reading.numerals import Number
from bot.reading.outcome import Action, Reading
from bot.reading.spoken import fold_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.reading.lexicon import Lexicon
    from bot.reading.tokens import Token

MAX_LENGTH = 120
"""Steering words are short; a longer text is an answer or a story (characters)."""

_LAUGHTER = re.compile(r"5{3,}\+?")
_CODE = re.compile(r"[0-9a-z]+(?:-[0-9a-z]+)*", re.IGNORECASE)
_GREETING = "none"
# "ใช่ค่ะ ส่งเลย", "ไม่ใช่ค่ะ แก้ไข": the second word says what the first one leads to
_OF_A_ROUND = frozenset({"report", "receipt", "summary", "who_missing", "remind"})
"""What can be asked of one round: ใบรับครั้งที่ 1."""
_REMARKS = frozenset({"remarks", "explain"})
"""Wishes about what the bot has numbered: ข้อสังเกต 2, ระบุเหตุผล ข้อสังเกต 2."""
_PRESSED = ({"yes", "submit"}, {"no", "edit"}, {"no", "back"})
# "ต้องทำไงต่อ", "ขอแก้ ข้อก่อนหน้า": the first word of each pair says it all
_CARRIED = {
    frozenset({"help", "resume"}): "help",
    frozenset({"help", "skip"}): "help",
    frozenset({"back", "edit"}): "back",
}


class ControlReader:
    """Reads one wish."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._vocabulary = lexicon.vocabulary("particles", "numbers", "control")
        self._confirm: frozenset[str] = frozenset(lexicon.tables["control"]["confirm_intents"])

    def read(self, text: str) -> Reading[str]:
        """See Reader.control."""
        if len(text) > MAX_LENGTH:
            return Reading(Action.ASK, None, "too_long")
        reading = self._laughter(text) or self._read(text)
        if reading.action is not Action.ASK:
            return reading
        thai = self._lexicon.normaliser.thai_on_latin_keys(text)
        meant = self._read(thai) if thai and len(thai) > 2 else reading  # noqa: PLR2004 (two keys are chance)
        if meant.action is Action.ASK or meant.why == "particle":
            return reading
        return Reading(Action.CONFIRM, meant.value, "keyboard", meant.notes)

    def says_wrong(self, text: str) -> bool:
        """Whether the text only says that what came before was wrong."""
        if len(text) > MAX_LENGTH:
            return False
        said = [token for token in self._lexicon.cut(text, self._vocabulary) if not _hollow(token)]
        meant = [token for token in said if token.has("wrong") or not _merely_soft(token)]
        return bool(meant) and all(token.has("wrong") for token in meant)

    def _read(self, text: str) -> Reading[str]:
        tokens = mend(self._lexicon.cut(text, self._vocabulary), self._vocabulary, ("intent", "unsure", "isan"))
        if _CODE.fullmatch(text.strip()) and any(token.has("number") for token in tokens):
            return Reading(Action.ASK, None, "number")
        items = fold_numbers([token for token in tokens if not _hollow(token)])
        numbers = [item for item in items if isinstance(item, Number)]
        words = [item for item in items if not isinstance(item, Number)]
        notes: dict[str, Any] = {"dialect": "isan"} if any(token.has("isan") for token in tokens) else {}
        if numbers:
            return self._with_numbers(words, numbers, text, notes)
        return self._words(tokens, words, notes)

    def _laughter(self, text: str) -> Reading[str] | None:
        found = _LAUGHTER.fullmatch(self._lexicon.normaliser.word(text))
        return Reading(Action.ACCEPT, _GREETING, "laughter") if found else None

    def _words(self, tokens: Sequence[Token], words: Sequence[Token], notes: dict[str, Any]) -> Reading[str]:
        if not words:
            return self._only_particles(tokens, notes)
        if _stalls(words):
            acknowledged = words[0].has("intent") and words[0].kinds["intent"] == "ack"
            return Reading(Action.ACCEPT, "ack" if acknowledged else _GREETING, "stalling", notes)
        if any(word.has("question") for word in words) and not all(_is_help(word) for word in words):
            return Reading(Action.ASK, None, "question", notes)
        negated = words[0].has("negation") and len(words) > 1
        meant = [word for word in words[1 if negated else 0 :] if not _merely_soft(word)]
        if not all(word.has("intent") for word in meant) or not meant:
            return Reading(Action.ASK, None, "unknown", notes)
        if any(word.has("whole") for word in meant):
            notes["whole"] = True
        return self._intent(meant, notes, negated=negated)

    def _intent(self, meant: Sequence[Token], notes: dict[str, Any], *, negated: bool) -> Reading[str]:
        intents = {str(word.kinds["intent"]) for word in meant}
        if len(intents) > 1:  # "ช่วยส่งรายงาน" asks for the sending, politely
            intents = {str(word.kinds["intent"]) for word in meant if not word.has("soft")} or intents
        if len(intents) > 1:
            intents.discard(_GREETING)
        if intents in _PRESSED:
            intents -= {"yes", "no"}
        intents = {_CARRIED[frozenset(intents)]} if frozenset(intents) in _CARRIED else intents
        if _denies_denial(meant):
            intents = {"no", "yes"}
        if len(intents) != 1:
            return Reading(Action.ASK, None, "several", {**notes, "candidates": sorted(intents)})
        intent = intents.pop()
        if negated:
            return self._negated(intent, notes)
        unsure = all(word.has("unsure") for word in meant) or any(word.has("other_start") for word in meant)
        confirm = unsure or intent in self._confirm
        why = "unsure_word" if unsure else intent if confirm else ""
        return Reading(Action.CONFIRM if confirm else Action.ACCEPT, intent, why, notes)

    def _negated(self, intent: str, notes: dict[str, Any]) -> Reading[str]:
        if intent == "yes":
            action = Action.CONFIRM if notes else Action.ACCEPT
            return Reading(action, "no", "dialect" if notes else "", notes)
        return Reading(Action.ASK, None, "negation", notes)

    def _only_particles(self, tokens: Sequence[Token], notes: dict[str, Any]) -> Reading[str]:
        if any(token.has("bare_yes") for token in tokens):
            return Reading(Action.CONFIRM, "yes", "particle", notes)
        if tokens and all(token.has("intent") for token in tokens):
            return Reading(Action.ACCEPT, _GREETING, "", notes)
        return Reading(Action.ASK, None, "unknown", notes)

    def _with_numbers(
        self, words: Sequence[Token], numbers: Sequence[Number], text: str, notes: dict[str, Any]
    ) -> Reading[str]:
        """Only edits ("ไม่ใช่ 230 เป็น 320"), rounds and codes carry numbers; all others are answers."""
        intents = {str(word.kinds["intent"]) for word in words if word.has("intent")} - {"done_same", _GREETING}
        if "join" in intents:
            code = self._lexicon.normaliser.text(text).split()[-1].upper()
            return Reading(Action.ACCEPT, "join", "", {**notes, "code": code})
        values = [number.value for number in numbers if number.value is not None]
        of_round = intents <= _OF_A_ROUND and len(intents) == len(values) == 1
        if of_round and any(word.has("round") for word in words):
            return Reading(Action.ACCEPT, intents.pop(), "", {**notes, "round": values[0]})
        if intents and intents <= _REMARKS and len(values) == 1 == len(numbers):
            return Reading(Action.ACCEPT, "explain" if "explain" in intents else "remarks", "", {"remark": values[0]})
        edits = intents and intents <= {"edit", "no"} and all(_edit_word(word) for word in words)
        if not edits or len(values) != len(numbers) or len(values) > 2:  # noqa: PLR2004 (old and new)
            return Reading(Action.ASK, None, "number", notes)
        return Reading(Action.CONFIRM, "edit", "edit", {**notes, **_edit_notes(words, values)})


def _stalls(words: Sequence[Token]) -> bool:
    """As in "เดี๋ยวส่งให้", "ได้ครับ เดี๋ยวส่งให้"."""
    place = next((place for place, word in enumerate(words) if word.has("stall") and not word.has("intent")), None)
    head = words[:place]
    agreed = all(word.has("intent") and word.kinds["intent"] in {"yes", "ack", _GREETING} for word in head)
    return place is not None and (words[0].has("stall") or agreed)


def _denies_denial(meant: Sequence[Token]) -> bool:
    """As in "ไม่ใช่ผิด", "ไม่ใช่ไม่ถูก", said in one breath; "ไม่ใช่ค่ะ ผิดค่ะ" says no twice."""
    refusals = [word for word in meant if word.kinds["intent"] == "no"]
    return any(first.text != second.text and not second.space for first, second in pairwise(refusals))


def _is_help(word: Token) -> bool:
    return word.has("intent") and word.kinds["intent"] == "help"


def _hollow(token: Token) -> bool:
    return token.has("particle") and not token.has("question", "negation")


def _merely_soft(word: Token) -> bool:
    return word.has("soft") and not word.has("intent")


def _edit_word(word: Token) -> bool:
    return word.has("soft", "to", "box", "negation") or (
        word.has("intent") and str(word.kinds["intent"]) in {"edit", "no"}
    )


def _edit_notes(words: Sequence[Token], values: Sequence[int]) -> dict[str, int]:
    refused = any(word.has("intent") and word.kinds["intent"] == "no" for word in words)
    if any(word.has("box") or (word.text == "=" and not refused) for word in words):
        return dict(zip(("box", "new"), values, strict=False))
    if len(values) == 2:  # noqa: PLR2004 (old and new)
        return {"old": values[0], "new": values[1]}
    if refused:
        return {"number": values[0]}
    changed = any(word.has("to") for word in words)
    return {"new" if changed else "box": values[0]}
