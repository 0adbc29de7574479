"""What the words around a number make of it: a limit, a rest, a share, a guess, all, none. The first rule decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.reading.numerals import Number
from bot.reading.outcome import Action, Reading
from bot.reading.quantity_refusals import (
    approximate,
    delta,
    fraction,
    limits,
    no_count,
    percent,
    refuse_question,
    written_range,
)
from bot.reading.quantity_scene import Scene
from bot.reading.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Callable

_SMALLEST_WHOLE = 4
"""As in "1/2", "3/4": shares, not counts out of a whole."""


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
    """As in "18 จาก 20", "18/20"."""
    numbers = scene.numbers
    if len(numbers) != 2 or not scene.has("from", "slash", "within") or scene.has("remain"):  # noqa: PLR2004 (part and whole)
        return None
    part, whole = numbers
    if scene.items and scene.kind(0, "from"):
        part, whole = whole, part
    if part.value is None or whole.value is None or scene.has("negation", "unknown"):
        return scene.ask("several")
    halves = scene.has("slash") and whole.value <= _SMALLEST_WHOLE
    if halves or part.value > whole.value or scene.has("within"):
        return scene.ask("several", candidates=[part.value, whole.value])
    scene.notes["of"] = whole.value
    doubt = part.doubt or whole.doubt or scene.doubt or ("slash" if scene.has("slash") else "")
    doubt = doubt or ("order" if scene.kind(0, "from") else "")
    return scene.confirm(doubt, part.value) if doubt else Reading(Action.ACCEPT, part.value, "", scene.notes)


def _remaining(scene: Scene) -> Reading[int] | None:
    """As in "เหลืออีก 50 หลัง": the count is the target less the rest, always read back."""
    if scene.has("none_left"):
        return _everything(scene)
    if not scene.has("remain"):
        return None
    numbers = scene.numbers
    whole = scene.target
    if len(numbers) == 2 and scene.has("from", "slash"):  # noqa: PLR2004 (rest and whole)
        numbers = numbers[::-1] if scene.kind(0, "from") else numbers
        whole = numbers[1].value
        scene.notes["of"] = whole
    elif len(numbers) != 1:
        return scene.ask("several" if numbers else "remaining")
    rest = numbers[0].value
    denied = any(isinstance(i, Token) and i.has("negation") and not i.has("incomplete") for i in scene.items)
    if rest is None or scene.unknown() or denied:
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
        return scene.ask("not_a_number") if scene.unknown() else _everything(scene)
    if scene.has("minus"):
        return scene.ask("dash", candidates=[0])
    return scene.ask("not_a_number")


def _everything(scene: Scene) -> Reading[int]:
    return scene.confirm("all", scene.target, all=True)


def _said_twice(numbers: list[Number]) -> bool:
    """As in "500 (ห้าร้อย)", the office's own way of writing an amount."""
    if len(numbers) != 2 or numbers[0].value is None:  # noqa: PLR2004 (figures and words)
        return False
    return numbers[0].value == numbers[1].value and {numbers[0].spoken, numbers[1].spoken} == {True, False}


def _part_of_a_word(scene: Scene, number: Number) -> bool:
    """As in "เรียบร้อบ": a lone number word that touches an unknown word is part of that word."""
    if not number.spoken or number.end - number.start > 1:
        return False
    place = scene.items.index(number)
    before, after = scene.items[:place][-1:], scene.items[place + 1 : place + 2]
    glued = [*([] if number.space else before), *(item for item in after if not item.space)]
    return any(isinstance(item, Token) and item.has("unknown") for item in glued)


def _single(scene: Scene) -> Reading[int] | None:
    numbers = scene.numbers
    if _said_twice(numbers):
        numbers = numbers[:1]
    if len(numbers) != 1:
        return scene.ask("several", candidates=[n.value for n in numbers if n.value is not None])
    number = numbers[0]
    if _part_of_a_word(scene, number):
        return scene.ask("not_a_number")
    if number.value is None:
        if number.candidates:
            scene.notes["candidates"] = list(number.candidates)
        return scene.ask(number.refusal)
    if scene.has("negation", "none"):
        return scene.ask("negation", candidates=[number.value])
    doubt = scene.doubt or number.doubt
    if scene.unknown() or scene.has("slash", "from", "within", "plus", "to"):
        doubt = "unknown_words"
    return scene.confirm(doubt, number.value) if doubt else Reading(Action.ACCEPT, number.value, "", scene.notes)


RULES: tuple[Callable[[Scene], Reading[int] | None], ...] = (
    refuse_question,
    no_count,
    percent,
    fraction,
    written_range,
    limits,
    approximate,
    delta,
    _sum,
    _out_of,
    _remaining,
    _no_number,
    _single,
)
