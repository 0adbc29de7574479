"""Reading back what was taken, as it is stored, on top of the next question."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.report.context import Context
from bot.forms.carry import is_carried
from bot.forms.compiled import CHOICES, Kind, Question
from bot.messages.bubbles import Words, text


def received(before: Context, after: Context, changes: Mapping[str, str]) -> tuple[Words, ...]:
    """C-05: what was taken, as it is stored; a changed box shows before and after, and what moved with it."""
    given = {name: value for name, value in changes.items() if after.questions[name].kind is not Kind.ANOTHER}
    questions = tuple(after.questions[name] for name in given if given[name] != "")
    if not questions:
        return _left_out(after, given)
    edited = [item for item in questions if before.values.held(item.name) not in {"", after.values.get(item.name)}]
    computed = _computed(before, after)
    moved = [item for item in computed if before.values.held(item.name) != ""] if edited else []
    changed = tuple(after.change(item, before.value(item)) for item in (*edited, *moved))
    seen = {*edited, *moved} | ({item for item in questions if before.values.held(item.name)} if edited else set())
    fresh = tuple(item for item in (*questions, *computed) if item not in seen)
    if edited and all(item in computed for item in fresh):
        return changed
    is_last = all(is_carried(after.values, item.name) for item in questions)
    key = "report.received_as_last" if is_last else "report.received"
    return (text(key, list=readback(after, fresh)), *changed)


def _left_out(after: Context, changes: Mapping[str, str]) -> tuple[Words, ...]:
    """Boxes that were skipped, or emptied."""
    names = " · ".join(after.short(after.questions[name]) for name in changes)
    return (text("report.skipped", label=names),) if names else ()


def _computed(before: Context, after: Context) -> list[Question]:
    """Calculations that the form wants read back, when the answer has changed them."""
    return [
        item
        for item in after.questions.values()
        if item.attrs.get("readback") == "yes"
        and after.values.get(item.name) not in {"", before.values.held(item.name)}
    ]


def readback(context: Context, questions: tuple[Question, ...]) -> str:
    """ตรวจทานแล้ว 3,150 · ครบ 3,040 · ยังไม่ครบ 110. A choice is its own words."""
    return " · ".join(_part(context, question) for question in questions)


def _part(context: Context, question: Question) -> str:
    value = context.value(question)
    bare = question.kind in CHOICES or question.kind is Kind.TEXT
    return value if bare else f"{context.brief(question)} {value}"
