"""What is no count: questions, shares, ranges, limits, guesses. Each is asked again, with what was understood."""

from __future__ import annotations

from bot.reading.numerals import Number
from bot.reading.outcome import Reading
from bot.reading.quantity_scene import Scene


def refuse_question(scene: Scene) -> Reading[int] | None:
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


def no_count(scene: Scene) -> Reading[int] | None:
    """As in ".5", "หมู่บ้านละ 20", "สองเท่า"."""
    if scene.pointed:
        return scene.ask("not_whole")
    if scene.has("rate") or (scene.numbers and scene.kind(len(scene.items) - 1, "times")):
        return scene.ask("vague")
    return None


def percent(scene: Scene) -> Reading[int] | None:
    if not scene.has("percent", "percent_before"):
        return None
    numbers = scene.numbers
    return scene.ask("percent", numbers[0].value if len(numbers) == 1 else None)


def fraction(scene: Scene) -> Reading[int] | None:
    if scene.has("half"):
        return scene.ask("fraction")
    if scene.has("dozen", "vague") and not scene.has("more"):
        return scene.ask("vague")
    return None


def written_range(scene: Scene) -> Reading[int] | None:
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


def limits(scene: Scene) -> Reading[int] | None:
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


def approximate(scene: Scene) -> Reading[int] | None:
    if not scene.has("approx") or (scene.has("none", "none_left") and not scene.numbers):
        return None  # "ไม่มีเลยสักหลัง" is no guess
    numbers = scene.numbers
    return scene.ask("approximate", numbers[0].value if len(numbers) == 1 else None, approx=True)


def delta(scene: Scene) -> Reading[int] | None:
    if not scene.has("delta"):
        return None
    numbers = scene.numbers
    return scene.ask("change", delta=numbers[0].value if len(numbers) == 1 else None)
