"""Storing an answer in the draft: hard checks first, never over somebody else's value without asking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.conversation.inputs import Incoming
from bot.conversation.report import begin
from bot.conversation.report.context import Context
from bot.conversation.say import sentence, tap
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.forms.compiled import Kind, Question
from bot.forms.values import Problem, ProblemKind, answer
from bot.messages.bubbles import Bubble, Button, Value, Words, text


def store(state: State, said: Incoming, context: Context, changes: Mapping[str, str]) -> Turn:
    """Answer the boxes of `changes` ('' leaves one out) and go on to the next question."""
    other = _overwritten(state, context, changes)
    if other is not None:
        return other
    meta = {"message_id": said.message_id} if said.message_id else {}
    filled = {name: value for name, value in changes.items() if value != "" or context.values.get(name) != ""}
    values = answer(context.values, filled, "typed", meta)
    after = context.with_values(values, _skipped(state, context, changes))
    refused = _refused(context, after)
    if refused is not None:
        return Turn(_kept(state), (refused,)).unclear(state)
    received = _received(context, after, changes)
    return begin.show(after, received=received, stored=True).also(after.save())


def _kept(state: State) -> State:
    return State(state.flow, {key: value for key, value in state.data.items() if key != "pending"})


def _skipped(state: State, context: Context, changes: Mapping[str, str]) -> frozenset[str]:
    """Boxes left empty on purpose: by a skip, or optional ones of a step that was answered."""
    skipped = set(context.skipped) - {name for name, value in changes.items() if value}
    skipped |= {name for name, value in changes.items() if not value}
    step = next((item for item in context.report.form.steps if item.name == state.data.get("step")), None)
    answered = step is not None and any(item.name in changes for item in step.asked)
    if step is not None and answered:
        skipped |= {
            item.name
            for item in step.asked
            if not context.values.required(item.name) and item.name not in changes and not context.values.get(item.name)
        }
    return frozenset(skipped)


def _overwritten(state: State, context: Context, changes: Mapping[str, str]) -> Turn | None:
    """Two officers of one district: a value that a colleague has just stored is shown before it is replaced."""
    me = context.facts.person.id if context.facts.person else None
    if state.data.get("seen") == context.report.row_version or context.report.updated_by in {None, me}:
        return None
    clash = [
        context.report.form.questions[name]
        for name, value in changes.items()
        if context.values.get(name) not in {"", value}
    ]
    if not clash or state.data.get("pending") == dict(changes):
        return None
    shown = " · ".join(f"{context.short(item)} {context.value(item)}" for item in clash)
    new = " · ".join(context.write(item, changes[item.name]) for item in clash)
    where: dict[str, str | int] = {"o": context.report.obligation.id, "s": str(state.data.get("step", ""))}
    buttons: tuple[Button, ...] = (
        tap(text("general.button.change_to", value=new), "yes", **where),
        tap("general.button.keep", "keep", **where),
    )
    words: dict[str, Any] = {"who": context.report.updated_by_name, "value": shown}
    card = sentence("report.stored_by_other", *buttons, **words)
    seen = {**state.data, "pending": dict(changes), "seen": context.report.row_version}
    return Turn(replace(state, data=seen), (card,))


def _refused(before: Context, after: Context) -> Bubble | None:
    """E-03: a hard check that the change would break, said at once; nothing is stored."""
    stood = {problem.name for problem in before.values.problems() if problem.kind is not ProblemKind.REQUIRED}
    broken = [
        problem
        for problem in after.values.problems()
        if problem.kind is not ProblemKind.REQUIRED and problem.name not in stood
    ]
    return _explain(after, broken[0]) if broken else None


def _explain(context: Context, problem: Problem) -> Bubble:
    question = context.report.form.questions[problem.name]
    given = question.worded("example", context.language) or "12"
    lines: tuple[Words, ...]
    if problem.message:
        lines = (context.text(problem.message), text("read.not_stored"))
    else:
        words: dict[str, Value] = {"label": context.short(question), "value": context.value(question), "example": given}
        lines = (text("read.constraint.refused", **words),)
    buttons: tuple[Button, ...] = ()
    if question.box is not None:
        where: dict[str, str | int] = {"o": context.report.obligation.id, "box": question.box}
        buttons = (tap(text("read.button.edit_box", box=question.box), "box", **where),)
    return Bubble(lines, buttons)


def _received(before: Context, after: Context, changes: Mapping[str, str]) -> tuple[Words, ...]:
    """C-05: what was taken, as it is stored, on top of the next question; a sent box shows before and after."""
    questions = tuple(after.report.form.questions[name] for name in changes if changes[name] != "")
    if not questions:
        return ()
    edited = [item for item in questions if before.values.get(item.name) not in {"", after.values.get(item.name)}]
    if edited and len(edited) == len(questions):
        return tuple(_edited(before, after, item) for item in edited)
    listed = readback(after, (*questions, *_computed(before, after)))
    return (text("report.received", list=listed),)


def _edited(before: Context, after: Context, question: Question) -> Words:
    return text(
        "report.edited",
        box=question.box or "",
        label=after.label(question),
        before=before.value(question),
        after=after.value(question),
    )


def _computed(before: Context, after: Context) -> list[Question]:
    """Calculations that the form wants read back, when the answer has changed them."""
    return [
        item
        for item in after.report.form.questions.values()
        if item.attrs.get("readback") == "yes" and before.values.get(item.name) != after.values.get(item.name)
    ]


def readback(context: Context, questions: tuple[Question, ...]) -> str:
    """ตรวจทาน 3,150 · ครบ 3,040 · ยังไม่ครบ 110. A choice is its own words."""
    parts = []
    for question in questions:
        value = context.value(question)
        titled = question.kind not in {Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.TEXT}
        parts.append(f"{context.short(question)} {value}" if titled else value)
    return " · ".join(part for part in parts if part)
