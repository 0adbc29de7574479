"""Counts as people type them: digits, words, units and the words that make a number a limit, a rest or a guess.

A value is accepted only when every token of the text is understood; one unknown word makes it a question or a
confirmation. See docs/reading.md for the rules by example.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.reading.mend import mend
from bot.reading.numerals import LEADING_POINT, Number, letters_to_digits
from bot.reading.outcome import Action, Reading
from bot.reading.quantity_rules import RULES
from bot.reading.quantity_scene import Scene
from bot.reading.spoken import fold_numbers
from bot.reading.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.reading.lexicon import Lexicon

MAX_LENGTH = 300
"""A count is never a longer text (characters)."""

_TABLES = ("particles", "numbers", "units", "quantity")
_HEAD = re.compile(r"[1-9]\d{0,2}")
_GROUP = re.compile(r"\d{3}")


class QuantityReader:
    """Reads one count."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._vocabulary = lexicon.vocabulary(*_TABLES)

    def read(self, text: str, target: int | None = None) -> Reading[int]:
        """See Reader.quantity."""
        if len(text) > MAX_LENGTH:
            return Reading(Action.ASK, None, "too_long")
        keyed = self._lexicon.normaliser.digits_on_thai_keys(text)
        scene = self._scene(keyed or text, target)
        if keyed:
            scene.doubt = "keyboard"
        for rule in RULES:
            reading = rule(scene)
            if reading is not None:
                return reading
        return scene.ask("not_a_number")

    def _scene(self, text: str, target: int | None) -> Scene:
        normal = self._lexicon.normaliser.text(text)
        lettered = letters_to_digits(normal)
        pointed = LEADING_POINT.search(normal) is not None
        tokens = self._lexicon.tokeniser.cut(lettered, self._vocabulary)
        joined = _join_groups(tokens)
        mended = mend(joined, self._vocabulary, ("unit", "unsure_unit"))
        kept = [token for token in _rates_marked(mended) if not token.has("particle") or token.has("repeat", "rate")]
        scene = Scene(fold_numbers(kept), target)
        if any(token.has("isan") for token in tokens):
            scene.notes["dialect"] = "isan"
        scene.pointed = pointed
        _take_repeats(scene)
        _note_laughter(scene)
        _note_unit(scene)
        _take_context(scene)
        scene.doubt = scene.doubt or ("letters_for_digits" if lettered != normal else "")
        scene.doubt = scene.doubt or ("spaced_thousands" if len(joined) < len(tokens) else "")
        return scene


def _rates_marked(tokens: Sequence[Token]) -> list[Token]:
    """As in "หมู่บ้านละ 20": ละ between a unit and a number says so many for each; elsewhere it is a mere particle."""
    marked = list(tokens)
    for place in range(1, len(marked) - 1):
        token, before, after = marked[place], marked[place - 1], marked[place + 1]
        counted = before.has("unit") and not token.space
        if token.has("each") and counted and after.has("number", "digit", "ten", "power", "sao", "approx"):
            marked[place] = Token(token.text, {"rate": True}, token.start, token.end, token.space, token.line)
    return marked


def _join_groups(tokens: Sequence[Token]) -> list[Token]:
    """As in "12 500": a group of three digits after a space belongs to the digits before it, but not to a หมู่ 5."""
    joined: list[Token] = []
    open_head = False
    for place, token in enumerate(tokens):
        named = place > 0 and tokens[place - 1].has("moo", "round", "ordinal")
        if open_head and token.has("number") and token.space and _joins(joined[-1].text, token.text):
            head = joined.pop()
            joined.append(Token(head.text + token.text, head.kinds, head.start, token.end, head.space, head.line))
        else:
            open_head = token.has("number") and not named and _HEAD.fullmatch(token.text) is not None
            joined.append(token)
    return joined


def _joins(head: str, group: str) -> bool:
    """As in "12 500", not in "320 320" (said twice) and "450 555" (laughter)."""
    return _GROUP.fullmatch(group) is not None and group not in {head, "555"}


def _take_repeats(scene: Scene) -> None:
    """As in "ห้าสิบๆ": a doubled number is a guess; ๆ after any other word says nothing."""
    for place in range(len(scene.items) - 1, -1, -1):
        item = scene.items[place]
        if isinstance(item, Token) and item.has("repeat"):
            if place > 0 and isinstance(scene.items[place - 1], Number):
                scene.items[place] = Token(item.text, {"approx": True}, item.start, item.end)
            else:
                scene.drop(place)


def _note_laughter(scene: Scene) -> None:
    """As in "555", which is also laughter: alone it is confirmed; beside another number two numbers are asked about."""
    numbers = scene.numbers
    if len(numbers) == 1 and re.fullmatch(r"5{3,}", numbers[0].text):
        scene.doubt = "laughter"


def _note_unit(scene: Scene) -> None:
    for place, item in enumerate(scene.items):
        if isinstance(item, Token) and item.has("unit") and not _context_marker(scene, place):
            follows = place > 0 and isinstance(scene.items[place - 1], Number)
            if not follows and (item.has("unsure_unit") or "unit" in scene.notes):
                continue
            scene.notes.setdefault("unit", item.kinds["unit"])
            if item.has("unsure_unit"):
                scene.doubt = scene.doubt or "unit"
    if scene.has("percent", "percent_before"):
        scene.notes["unit"] = "percent"


def _context_marker(scene: Scene, place: int) -> bool:
    item = scene.items[place]
    follows = place + 1 < len(scene.items) and isinstance(scene.items[place + 1], Number)
    before = place > 0 and isinstance(scene.items[place - 1], Number)
    return isinstance(item, Token) and item.has("moo", "round") and follows and not before


def _take_context(scene: Scene) -> None:
    """As in "หมู่ 5 มี 120 หลัง": the village is set aside; without มี, = or a unit the split is confirmed."""
    for place in range(len(scene.items)):
        if place < len(scene.items) and _context_marker(scene, place):
            marker, number = scene.items[place], scene.items[place + 1]
            assert isinstance(marker, Token)  # noqa: S101 (narrowing: _context_marker has just looked)
            assert isinstance(number, Number)  # noqa: S101
            scene.notes["moo" if marker.has("moo") else "round"] = number.value
            certain = scene.kind(place + 2, "equals", "has") or "unit" in scene.notes
            scene.drop(place, place + 1)
            if not certain:
                scene.doubt = "context"
            scene.second_place = any(_context_marker(scene, other) for other in range(len(scene.items)))
            return
