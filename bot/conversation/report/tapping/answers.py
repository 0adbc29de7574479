"""Buttons that answer a box or change it."""

from __future__ import annotations

from bot.conversation.inputs import Incoming
from bot.conversation.report import flow
from bot.conversation.report.answering import another, gather
from bot.conversation.report.answering.store import store
from bot.conversation.report.context import Context
from bot.conversation.report.kinds.moments import picked
from bot.conversation.report.tapping.about import is_open, possible, question_of, stale, value_of
from bot.conversation.report.tokens import token
from bot.conversation.say import sentence, tap
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.forms.compiled import Question
from bot.messages.bubbles import Value, text


def answer(state: State, said: Incoming, context: Context) -> Turn:
    """A choice or a picked date: stored when its question is open, otherwise what stands now is shown (E-10)."""
    question = question_of(said, context)
    value = picked(said) or value_of(said, context, question)
    if question is None or not value or not possible(context, question, value):
        return stale(state, context)
    present = context.values.get(question.name)
    if another.is_another(question) and not is_open(state, said):
        return stale(state, context) if present in {"", value} else _compare(state, context, question, value)
    if present in {"", value} or is_open(state, said):
        return store(state, said, context, {question.name: value})
    return _compare(state, context, question, value)


def _compare(state: State, context: Context, question: Question, value: str) -> Turn:
    """Last week's button: the present value, and the change is offered."""
    words: dict[str, Value] = {"label": context.named(question), "value": context.value(question)}
    where: dict[str, str | int] = {"o": context.report.obligation.id, "q": token(question.name), "v": token(value)}
    ways = (
        tap(text("general.button.change_to", value=context.write(question, value)), "change", **where),
        tap("general.button.keep", "keep", o=context.report.obligation.id),
    )
    if question.box is None:
        return Turn(state, (sentence("general.stale_button_unboxed", *ways, **words),))
    return Turn(state, (sentence("general.stale_button", *ways, box=question.box, **words),))


def change(state: State, said: Incoming, context: Context) -> Turn:
    question = question_of(said, context)
    value = value_of(said, context, question)
    if question is None or not value or not possible(context, question, value):
        return stale(state, context)
    return store(state, said, context, {question.name: value})


def yes(state: State, said: Incoming, context: Context) -> Turn:
    return flow.confirmed(state, said, context) if state.data.get("pending") else stale(state, context)


def pick(state: State, said: Incoming, context: Context) -> Turn:
    """One of several choices: picked ones gather until พอแล้ว; an exclusive one (ไม่มี) answers at once."""
    question = question_of(said, context)
    step = context.step_of(question.name) if question is not None else None
    value = value_of(said, context, question)
    if question is None or step is None or not possible(context, question, value):
        return stale(state, context)
    choice = next(item for item in context.values.choices(question.name) if item.value == value)
    if not is_open(state, said):
        return answer(state, said, context)
    if choice.extra.get("exclusive"):
        return store(state, said, context, {question.name: choice.value})
    return gather.pick(state, said, context, step, question, value)
