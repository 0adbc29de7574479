"""Answers that grow over several messages: choices that are tapped, an order of choices, places of a line or area."""

from __future__ import annotations

from bot.conversation.inputs import Incoming
from bot.conversation.report.answering.reply import Answered, Reply
from bot.conversation.report.answering.store import store
from bot.conversation.report.asking.buttons import buttons, quick, where
from bot.conversation.report.asking.pages import Held
from bot.conversation.report.context import Context
from bot.conversation.report.kinds.places import LEAST, joined
from bot.conversation.report.tokens import token
from bot.conversation.say import tap
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.forms.compiled import Kind, Question, Step
from bot.messages.bubbles import Bubble, Text, text


def pick(state: State, said: Incoming, context: Context, step: Step, question: Question, value: str) -> Turn:
    """One more choice, or one put back; the last one of an order places itself."""
    held = Held.of(state)
    picked = tuple(one for one in held.picked if one != value) if value in held.picked else (*held.picked, value)
    left = [choice.value for choice in context.values.choices(question.name) if choice.value not in picked]
    if question.kind is Kind.RANK and len(left) <= 1:
        return store(state, said, context, {question.name: " ".join([*picked, *left])})
    return show(state, context, step, question, Held(picked, held.at))


def show(state: State, context: Context, step: Step, question: Question, held: Held) -> Turn:
    """What is picked so far, and the list to pick on from."""
    lines = _so_far(context, question, held)
    card = Bubble(lines, buttons(context, step, (question,), held))
    return Turn(state.with_data(picked=list(held.picked), at=held.at), (card,))


def _so_far(context: Context, question: Question, held: Held) -> tuple[Text, ...]:
    if not held.picked:
        return (text("kinds.nothing_picked"),)
    if question.kind is Kind.RANK:
        return (text("kinds.ranked_so_far", list=_written(context, question, held)), text("kinds.rank_more"))
    return (text("report.choices_so_far", list=_written(context, question, held)), text("report.choices_more"))


def _written(context: Context, question: Question, held: Held) -> str:
    return context.write(question, " ".join(held.picked))


def typed(
    state: State, said: Incoming, context: Context, step: Step, asked: tuple[Question, ...], reply: Reply
) -> Turn | None:
    """What was read joins what is gathered already; None where a typed answer is the whole answer."""
    if not isinstance(reply, Answered) or len(reply.changes) != 1:
        return None
    question = next((item for item in asked if item.name in reply.changes), None)
    if question is None:
        return None
    value = reply.changes[question.name]
    if question.kind in LEAST:
        return add_places(state, said, context, step, question, value.split(";"))
    picked = Held.of(state).picked
    if question.kind is not Kind.SELECT_MULTIPLE or not picked:
        return None
    exclusive = {choice.value for choice in context.values.choices(question.name) if choice.extra.get("exclusive")}
    said_now = value.split()
    if exclusive & set(said_now):
        return None
    kept = [*(one for one in picked if one not in said_now), *(one for one in said_now if one not in picked)]
    return show(state, context, step, question, Held(tuple(kept), Held.of(state).at))


def add_places(
    state: State, said: Incoming, context: Context, step: Step, question: Question, places: list[str]
) -> Turn:
    """More places of a line or area."""
    gathered = [*state.data.get("points", ()), *([said.message_id, place] for place in places)]
    return show_places(state, context, step, question, gathered)


def show_places(state: State, context: Context, step: Step, question: Question, gathered: list[list[str]]) -> Turn:
    """How many there are, the last of them, and how to go on."""
    data = {**where(context, step), "q": token(question.name)}
    least = LEAST[question.kind]
    lines = [text("kinds.points_none")]
    if gathered:
        last = ", ".join(gathered[-1][1].split(" ")[:2])
        lines = [text("kinds.points_so_far", n=len(gathered), value=last)]
    lines.append(text("kinds.points_more" if len(gathered) >= least else "kinds.points_needed", least=least))
    ways = (tap("report.button.enough", "enough", **data),) if len(gathered) >= least else ()
    back = (tap("kinds.button.last_point", "unpoint", **data),) if gathered else ()
    card = Bubble(tuple(lines), (*ways, *back), quick=quick(context, (question,)))
    return Turn(state.with_data(points=gathered), (card,))


def enough(state: State, said: Incoming, context: Context, step: Step, asked: tuple[Question, ...]) -> Turn | None:
    """พอแล้ว: what is gathered is the answer; None when nothing is being gathered."""
    question = next((item for item in asked if item.kind is Kind.SELECT_MULTIPLE or item.kind in LEAST), None)
    if question is None:
        return None
    if question.kind in LEAST:
        return _enough_places(state, said, context, step, question)
    picked = Held.of(state).picked
    return store(state, said, context, {question.name: " ".join(picked)}) if picked else None


def _enough_places(state: State, said: Incoming, context: Context, step: Step, question: Question) -> Turn | None:
    gathered = [list(one) for one in state.data.get("points", ())]
    if len(gathered) < LEAST[question.kind]:
        return show_places(state, context, step, question, gathered) if gathered else None
    value = joined(question.kind, [place for _message, place in gathered])
    messages = list(dict.fromkeys(message for message, _place in gathered if message))
    return store(state, said, context, {question.name: value}, sent_in=messages)
