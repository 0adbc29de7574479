"""What stands above a question: its row or groups, which instance of a repeat it is of, the notes on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.conversation.report.context import REVIEW, Context
from bot.conversation.report.rows import begins_row, row_counts, row_number
from bot.forms.compiled import Group, Kind, Question, Step
from bot.messages.bubbles import Words, text


def above(context: Context, step: Step) -> tuple[Words, ...]:
    """The lines above the request of `step`: headings once, where a group begins; the instance always."""
    return (*_row(context, step), *_on_the_way(context, step), *_instance(context, step))


def _row(context: Context, step: Step) -> tuple[Words, ...]:
    """Item 1 of 4, on the first question of a printed row."""
    row = step.row
    if row is None or not begins_row(context, step) or not row_counts(row_number(row)):
        return ()
    rows = max(max(row_counts(row_number(item.row)), default=0) for item in context.steps)
    return (text("report.step_row", row=row_number(row), rows=rows, title=context.text(row.label)),)


def _instance(context: Context, step: Step) -> tuple[Words, ...]:
    """เด็ก ที่ 2 · ของเล่น ที่ 1."""
    named = context.instances(step.repeats)
    return (named,) if named else ()


def _on_the_way(context: Context, step: Step) -> Iterator[Words]:
    """Labels of the groups that begin here, and the notes that stand alone since the question before."""
    before, passed = _passed(context, step)
    seen = set(before.groups) if before is not None else set()
    for item in (*passed, step):
        notes = notes_of(context, item) if item is not step else ()
        if notes or item is step:
            yield from _labels(context, item, seen)
            seen.update(item.groups)
        yield from notes


def _passed(context: Context, step: Step) -> tuple[Step | None, list[Step]]:
    """The last step before this one in which something is asked, and those in between."""
    steps = context.steps
    place = context.values.layout.places.order.get(id(step), 0)
    between: list[Step] = []
    while place:
        place -= 1
        if context.askable(steps[place]):
            return steps[place], between[::-1]
        between.append(steps[place])
    return None, between[::-1]


def _labels(context: Context, step: Step, seen: set[Group]) -> Iterator[Words]:
    """Of the groups around a step that are not seen yet; a row, an instance and its own are told otherwise."""
    for group in step.groups:
        own = step.is_group and group.name == step.name
        told = group in seen or own or group is step.row or group.is_repeat
        label = "" if told else context.text(group.label)
        if label:
            yield label


def notes_of(context: Context, step: Step) -> tuple[str, ...]:
    """The notes of a step that apply, and what it shows without asking."""
    if REVIEW in step.appearance:
        return ()
    return tuple(_shown(context, step.questions))


def _shown(context: Context, questions: Iterable[Question]) -> Iterator[str]:
    for question in questions:
        if question.asked or not context.values.relevant(question.name):
            continue
        label = context.text(question.label)
        if question.kind is Kind.NOTE:
            yield label
        elif label and context.values.get(question.name):
            yield f"{label} {context.value(question)}"


def closing(context: Context) -> tuple[str, ...]:
    """The notes after the last question, for the review card."""
    found: list[str] = []
    for step in reversed(context.steps):
        if context.askable(step):
            break
        found = [*notes_of(context, step), *found]
    return tuple(found)
