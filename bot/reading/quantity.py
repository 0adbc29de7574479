"""Counts as people type them: digits, words, units and the words that make a number a limit, a rest or a guess.

A value is accepted only when every token of the text is understood; one unknown word makes it a question or a
confirmation. See docs/reading.md for the rules by example.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.reading.outcome import Action, Reading
from bot.reading.spoken import Number, fold_numbers
from bot.reading.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.reading.lexicon import Lexicon

MAX_LENGTH = 300
"""A count is never a longer text (characters)."""

_TABLES = ("particles", "numbers", "units", "quantity")
_LETTER_FOR_ZERO = re.compile(r"(?<=\d)[oO]+(?=[\doO]|\b)|\b[oO](?=\d)|^[oO]$")
_SPACED_THOUSANDS = re.compile(r"(?<![\d.,])([1-9]\d{0,2})((?: \d{3})+)(?![\d.,])")


@dataclass(slots=True)
class Scene:
    """One text, cut, with its numbers folded and what was noticed beside them."""

    items: list[Token | Number]
    target: int | None
    doubt: str = ""
    notes: dict[str, object] = field(default_factory=dict)

    @property
    def numbers(self) -> list[Number]:
        return [item for item in self.items if isinstance(item, Number)]

    def has(self, *kinds: str) -> bool:
        return any(isinstance(item, Token) and item.has(*kinds) for item in self.items)

    def unknown(self) -> bool:
        return self.has("unknown")

    def drop(self, *places: int) -> None:
        self.items = [item for place, item in enumerate(self.items) if place not in places]

    def kind(self, place: int, *kinds: str) -> bool:
        if not 0 <= place < len(self.items):
            return False
        item = self.items[place]
        return isinstance(item, Token) and item.has(*kinds)

    def ask(self, why: str, value: int | None = None, **notes: object) -> Reading[int]:
        return Reading(Action.ASK, value, why, {**self.notes, **notes})

    def confirm(self, why: str, value: int | None, **notes: object) -> Reading[int]:
        return Reading(Action.CONFIRM, value, why, {**self.notes, **notes})


class QuantityReader:
    """Reads one count."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._vocabulary = lexicon.vocabulary(*_TABLES)
        self._rules: tuple[Callable[[Scene], Reading[int] | None], ...] = (
            _refuse_question,
            _percent,
            _fraction,
            _written_range,
            _limits,
            _approximate,
            _delta,
            _sum,
            _out_of,
            _remaining,
            _no_number,
            _single,
        )

    def read(self, text: str, target: int | None = None) -> Reading[int]:
        """See Reader.quantity."""
        if len(text) > MAX_LENGTH:
            return Reading(Action.ASK, None, "too_long")
        keyed = self._lexicon.normaliser.digits_on_thai_keys(text)
        scene = self._scene(keyed or text, target)
        if keyed:
            scene.doubt = "keyboard"
        for rule in self._rules:
            reading = rule(scene)
            if reading is not None:
                return reading
        return scene.ask("not_a_number")

    def _scene(self, text: str, target: int | None) -> Scene:
        normal = self._lexicon.normaliser.text(text)
        lettered = _LETTER_FOR_ZERO.sub(lambda found: "0" * len(found.group()), normal)
        spaced = _SPACED_THOUSANDS.sub(lambda found: found.group().replace(" ", ""), lettered)
        tokens = self._lexicon.tokeniser.cut(spaced, self._vocabulary)
        kept = [token for token in tokens if not token.has("particle")]
        scene = Scene(fold_numbers(kept), target)
        if any(token.has("isan") for token in tokens):
            scene.notes["dialect"] = "isan"
        _note_laughter(scene)
        _note_unit(scene)
        _take_context(scene)
        scene.doubt = scene.doubt or ("letters_for_digits" if lettered != normal else "")
        scene.doubt = scene.doubt or ("spaced_thousands" if spaced != lettered else "")
        return scene


def _note_laughter(scene: Scene) -> None:
    """ "555" is also laughter: alone it is confirmed, beside another number it stays a second number and is asked."""
    numbers = scene.numbers
    if len(numbers) == 1 and re.fullmatch(r"5{3,}", numbers[0].text):
        scene.doubt = "laughter"


def _note_unit(scene: Scene) -> None:
    for place, item in enumerate(scene.items):
        if isinstance(item, Token) and item.has("unit") and not _context_marker(scene, place):
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
    """ "หมู่ 5 มี 120 หลัง": the village is set aside; without มี, = or a unit the split is confirmed."""
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
            return


def _refuse_question(scene: Scene) -> Reading[int] | None:
    if scene.has("question"):
        return scene.ask("question")
    if scene.has("no_data"):
        return scene.ask("no_data")
    if scene.has("or"):
        return scene.ask("several", candidates=[n.value for n in scene.numbers if n.value is not None])
    if scene.has("ordinal") and scene.numbers:
        return scene.ask("ordinal")
    return None


def _percent(scene: Scene) -> Reading[int] | None:
    if not scene.has("percent", "percent_before"):
        return None
    numbers = scene.numbers
    return scene.ask("percent", numbers[0].value if len(numbers) == 1 else None)


def _fraction(scene: Scene) -> Reading[int] | None:
    if scene.has("half"):
        return scene.ask("fraction")
    if scene.has("dozen", "vague") and not scene.has("more"):
        return scene.ask("vague")
    return None


def _written_range(scene: Scene) -> Reading[int] | None:
    for place, item in enumerate(scene.items):
        if isinstance(item, Number) and item.refusal == "range":
            return scene.ask("range", min=item.low, max=item.high)
        if isinstance(item, Number) or not item.has("to"):
            continue
        before = scene.items[place - 1] if place else None
        after = scene.items[place + 1] if place + 1 < len(scene.items) else None
        if isinstance(before, Number) and isinstance(after, Number):
            if before.value is None or after.value is None:
                return scene.ask("range")
            return scene.ask("range", min=min(before.value, after.value), max=max(before.value, after.value))
        if item.has("minus") and isinstance(after, Number):
            return scene.ask("negative")
    return None


def _limits(scene: Scene) -> Reading[int] | None:
    numbers = scene.numbers
    value = numbers[0].value if len(numbers) == 1 else None
    if scene.has("almost") and value is not None:
        return scene.ask("approximate", approx=True, max=value)
    if scene.has("at_most") and value is not None:
        return scene.ask("limit", max=value)
    if (scene.has("at_least", "and_up") or _plus_after(scene)) and value is not None:
        return scene.ask("limit", min=value)
    if scene.has("more") and value is not None:
        return scene.ask("approximate", approx=True, min=value)
    if scene.has("almost", "at_most", "at_least", "and_up", "more", "vague"):
        return scene.ask("vague", approx=True)
    return None


def _plus_after(scene: Scene) -> bool:
    """ "500+" says at least."""
    return bool(scene.items) and scene.kind(len(scene.items) - 1, "plus")


def _approximate(scene: Scene) -> Reading[int] | None:
    if not scene.has("approx"):
        return None
    numbers = scene.numbers
    return scene.ask("approximate", numbers[0].value if len(numbers) == 1 else None, approx=True)


def _delta(scene: Scene) -> Reading[int] | None:
    if not scene.has("delta"):
        return None
    numbers = scene.numbers
    return scene.ask("change", delta=numbers[0].value if len(numbers) == 1 else None)


def _sum(scene: Scene) -> Reading[int] | None:
    numbers = scene.numbers
    values = [number.value for number in numbers if number.value is not None]
    joints = sum(1 for item in scene.items if isinstance(item, Token) and item.has("plus"))
    if joints == 0 or len(values) != len(numbers):
        return None
    last = len(scene.items) - 1
    stated = len(values) == joints + 2 and scene.kind(last - 1, "equals") and isinstance(scene.items[last], Number)
    parts = values[:-1] if stated else values
    if len(parts) != joints + 1 or scene.has("negation", "unknown"):
        return scene.ask("several", candidates=values)
    if stated and sum(parts) != values[-1]:
        return scene.ask("sum_differs", candidates=[sum(parts), values[-1]])
    return scene.confirm("sum", sum(parts))


def _out_of(scene: Scene) -> Reading[int] | None:
    """ "18 จาก 20", "18/20"."""
    numbers = scene.numbers
    if len(numbers) != 2 or not scene.has("from", "slash", "within") or scene.has("remain"):  # noqa: PLR2004 (part and whole)
        return None
    part, whole = numbers
    if scene.items and scene.kind(0, "from"):
        part, whole = whole, part
    if part.value is None or whole.value is None or scene.has("negation", "unknown"):
        return scene.ask("several")
    if part.value > whole.value or scene.has("within"):
        return scene.ask("several", candidates=[part.value, whole.value])
    scene.notes["of"] = whole.value
    doubt = part.doubt or whole.doubt or scene.doubt or ("slash" if scene.has("slash") else "")
    doubt = doubt or ("order" if scene.kind(0, "from") else "")
    return scene.confirm(doubt, part.value) if doubt else Reading(Action.ACCEPT, part.value, "", scene.notes)


def _remaining(scene: Scene) -> Reading[int] | None:
    """ "เหลืออีก 50 หลัง": the count is the target less the rest, always read back."""
    if scene.has("none_left"):
        return _all(scene)
    if not scene.has("remain"):
        return None
    numbers = scene.numbers
    whole = scene.target
    if len(numbers) == 2 and scene.has("from", "slash"):  # noqa: PLR2004 (rest and whole)
        whole = numbers[1].value
        scene.notes["of"] = whole
    elif len(numbers) != 1:
        return scene.ask("several" if numbers else "remaining")
    rest = numbers[0].value
    if rest is None or scene.unknown() or scene.has("negation"):
        return scene.ask("remaining")
    scene.notes["remaining"] = rest
    value = None if whole is None or rest > whole else whole - rest
    return scene.confirm("remaining", value)


def _no_number(scene: Scene) -> Reading[int] | None:
    if scene.numbers:
        return None
    if scene.has("negation"):
        return scene.ask("negation")
    if scene.has("none"):
        return scene.ask("not_a_number") if scene.unknown() else scene.confirm("none", 0)
    if scene.has("all"):
        return scene.ask("not_a_number") if scene.unknown() else _all(scene)
    if scene.has("minus"):
        return scene.ask("dash", candidates=[0])
    return scene.ask("not_a_number")


def _all(scene: Scene) -> Reading[int]:
    return scene.confirm("all", scene.target, all=True)


def _single(scene: Scene) -> Reading[int] | None:
    numbers = scene.numbers
    if len(numbers) != 1:
        return scene.ask("several", candidates=[n.value for n in numbers if n.value is not None])
    number = numbers[0]
    if number.value is None:
        notes = {"candidates": list(number.candidates)} if number.candidates else {}
        return scene.ask(number.refusal, **notes)
    if scene.has("negation", "none"):
        return scene.ask("negation", candidates=[number.value])
    doubt = scene.doubt or number.doubt
    if scene.unknown() or scene.has("slash", "from", "within", "plus", "to"):
        doubt = "unknown_words"
    return scene.confirm(doubt, number.value) if doubt else Reading(Action.ACCEPT, number.value, "", scene.notes)
