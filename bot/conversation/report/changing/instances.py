"""The instances of what repeats: which may be taken out, what is in them, which one somebody means."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation.report.context import Context
from bot.forms.addresses import NEXT
from bot.forms.compiled import NO, Group, Kind, Question, Step
from bot.forms.growth import moved_down
from bot.forms.values import answer, remove
from bot.reading.orders import Order


def set_of(group: Group) -> str:
    """Address of the repeat that an instance belongs to: child of child[2]."""
    return group.name.rpartition("[")[0]


def removable(context: Context, group: Group) -> bool:
    """Whether people say how many there are, and not the form."""
    return group.is_repeat and set_of(group) + NEXT in context.questions


def instances(context: Context) -> list[Group]:
    """All instances that people may take out."""
    groups = context.values.groups.values()
    return [group for group in groups if removable(context, group) and context.values.relevant(group.name)]


def inside(context: Context, group: Group) -> Iterator[Question]:
    """The answered boxes of an instance, those of repeats in it included."""
    start = f"{group.name}/"
    for name, question in context.questions.items():
        if name.startswith(start) and question.asked and question.kind is not Kind.ANOTHER and context.values.get(name):
            yield question


def known_by(context: Context, group: Group) -> str:
    """The first answer of an instance, by which people tell it from the others; '' when there is none."""
    first = next(inside(context, group), None)
    return context.value(first) if first is not None else ""


def without(context: Context, address: str, *, done: bool = False) -> Context:
    """The report without one instance; `done`: there is none more either."""
    values = remove(context.values, address)
    another = address.rpartition("[")[0] + NEXT
    if done and values.relevant(another):
        values = answer(values, {another: NO})
    move = moved_down(address)
    return context.with_values(
        values, frozenset(moved for name in context.skipped if (moved := move(name)) is not None)
    )


def fresh(context: Context, step: Step) -> Group | None:
    """The instance that `step` begins, when it is the last and nothing is answered in it yet."""
    group = step.repeats[-1] if step.repeats else None
    if group is None or not removable(context, group) or group.position != context.values.counts[set_of(group)]:
        return None
    first = next((other for other in context.steps if group in other.groups and context.askable(other)), None)
    return group if first is step and untouched(context, group) else None


def untouched(context: Context, group: Group) -> bool:
    """Whether nobody has answered or skipped anything in an instance."""
    start = f"{group.name}/"
    typed = (name for name, stored in context.values.answers.items() if stored.origin == "typed")
    return not any(name.startswith(start) for name in (*typed, *context.skipped))


def meant(context: Context, order: Order, step: Step | None) -> list[Group]:
    """Which instances an order may mean: by label and number, by number alone, or the one that is being filled in."""
    every = instances(context)
    if order.number is None and not order.name:
        return [group for group in (step.repeats[-1:] if step is not None else ()) if removable(context, group)]
    named = [group for group in every if order.number in {None, group.position}]
    if not order.name:
        return named if order.number is not None else []
    return [group for group in named if _is_called(context, group, order.name)]


def _is_called(context: Context, group: Group, name: str) -> bool:
    plain = "".join(name.split())
    label = "".join(context.facts.reader.plain(context.repeated(group)).split())
    return bool(label) and (plain == label or (len(plain) > 2 and plain in label))  # noqa: PLR2004 - two letters are chance
