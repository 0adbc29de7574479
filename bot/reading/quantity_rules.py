"""What the words around a number make of it: a limit, a rest, a share, a guess, all, none. The first rule decides."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.reading.numerals import Number
from bot.reading.outcome import Action, Reading
from bot.reading.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Callable


_SMALLEST_WHOLE = 4
"""As in "1/2", "3/4": shares, not counts out of a whole."""
_PIECES = ("yi", "ed", "one_short", "kilo", "power", "digit", "zero", "ten", "sao")


@dataclass(slots=True)
class Scene:
    """One text, cut, with its numbers folded and what was noticed beside them."""

    items: list[Token | Number]
    target: int | None
    doubt: str = ""
    second_place: bool = False
    pointed: bool = False
    notes: dict[str, object] = field(default_factory=dict)

    @property
    def numbers(self) -> list[Number]:
        return [item for item in self.items if isinstance(item, Number)]

    def has(self, *kinds: str) -> bool:
        return any(isinstance(item, Token) and item.has(*kinds) for item in self.items)

    def unknown(self) -> bool:
        """Whether a word is not understood; a piece of a number that joined no number counts as such."""
        return self.has("unknown", *_PIECES)

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


def _refuse_question(scene: Scene) -> Reading[int] | None:
    if scene.has("question"):
        return scene.ask("question")
    if scene.has("no_data"):
        return scene.ask("no_data")
    if scene.has("or"):
        return scene.ask("several", candidates=[n.value for n in scene.numbers if n.value is not None])
    if scene.has("ordinal") and scene.numbers:
        return scene.ask("ordinal")
    if scene.second_place:
        return scene.ask("several", candidates=[n.value for n in scene.numbers if n.value is not None])
    return None


def _no_count(scene: Scene) -> Reading[int] | None:
    """As in ".5", "หมู่บ้านละ 20", "สองเท่า"."""
    if scene.pointed:
        return scene.ask("not_whole")
    if scene.has("rate") or (scene.numbers and scene.kind(len(scene.items) - 1, "times")):
        return scene.ask("vague")
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
            return _between(scene, before, after)
        if item.has("minus") and isinstance(after, Number):
            return scene.ask("negative")
    return None


def _between(scene: Scene, before: Number, after: Number) -> Reading[int]:
    """As in "400-500"; in "4-5 ร้อย" the power counts for both."""
    low, high = before.value, after.value
    if low is None or high is None:
        return scene.ask("range")
    power = 10 ** (len(str(high)) - 1)
    if after.spoken and not before.spoken and low < power and low * power < high:
        low *= power
    return scene.ask("range", min=min(low, high), max=max(low, high))


def _limits(scene: Scene) -> Reading[int] | None:
    numbers = scene.numbers
    value = numbers[0].value if len(numbers) == 1 else None
    if scene.has("almost") and value is not None:
        return scene.ask("approximate", approx=True, max=value)
    if scene.has("at_most", "and_down") and value is not None:
        return scene.ask("limit", max=value)
    if (scene.has("at_least", "and_up") or _plus_after(scene)) and value is not None:
        return scene.ask("limit", min=value)
    if scene.has("more") and value is not None:
        return scene.ask("approximate", approx=True, min=value)
    if scene.has("almost", "at_most", "at_least", "and_up", "and_down", "more", "vague"):
        return scene.ask("vague", approx=True)
    return None


def _plus_after(scene: Scene) -> bool:
    """As in "500+" says at least."""
    return bool(scene.items) and scene.kind(len(scene.items) - 1, "plus")


def _approximate(scene: Scene) -> Reading[int] | None:
    if not scene.has("approx") or (scene.has("none", "none_left") and not scene.numbers):
        return None  # "ไม่มีเลยสักหลัง" is no guess
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
    _refuse_question,
    _no_count,
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
