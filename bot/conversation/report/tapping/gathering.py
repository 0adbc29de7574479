"""Buttons of answers that grow over several taps: pages of a list, several choices, an order, places of a line."""

from __future__ import annotations

from bot.conversation.inputs import Incoming
from bot.conversation.report import begin, flow
from bot.conversation.report.answering import gather
from bot.conversation.report.asking.buttons import listed
from bot.conversation.report.asking.pages import PAGE, Held, is_long
from bot.conversation.report.context import Context
from bot.conversation.report.kinds.places import LEAST
from bot.conversation.report.tapping.about import is_open, question_of, stale
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.forms.compiled import Kind, Question, Step

MOST_DIGITS = 7
"""Of a place in a list, in a button's data."""


def page(state: State, said: Incoming, context: Context) -> Turn:
    """Another page of a long list, with what is picked kept."""
    question, at = question_of(said, context), said.tap.get("at", "")
    step = context.step_of(question.name) if question is not None else None
    if question is None or step is None or not is_open(state, said):
        return stale(state, context)
    held = Held(Held.of(state).picked, int(at) if at.isdecimal() and len(at) < MOST_DIGITS else 0)
    return _at_page(state, context, step, question, held)


def _at_page(state: State, context: Context, step: Step, question: Question, held: Held) -> Turn:
    if held.picked:
        return gather.show(state, context, step, question, held)
    only = question if state.data.get("only") == question.name else None
    return begin.ask_again(context, step, only=only, held=held)


def more(state: State, said: Incoming, context: Context) -> Turn:
    """เพิ่มเติม, typed: the next page of the list that is asked."""
    step = flow.step_of(state, context)
    asked = flow.asked_of(state, context, step) if step is not None else ()
    question = listed(asked)
    if step is None or question is None or not is_long(context.values.choices(question.name)):
        return flow.words(state, said, context.facts)
    held = Held.of(state)
    following = held.at + PAGE
    at = following if following < len(context.values.choices(question.name)) else 0
    return _at_page(state, context, step, question, Held(held.picked, at))


def rank_again(state: State, said: Incoming, context: Context) -> Turn:
    """The order begun is given up."""
    step = flow.step_of(state, context)
    if step is None or not is_open(state, said):
        return stale(state, context)
    only = question_of(said, context) if state.data.get("only") else None
    return begin.ask_again(context, step, only=only)


def unpoint(state: State, said: Incoming, context: Context) -> Turn:
    """The last place of a line or area was wrong."""
    question = question_of(said, context)
    step = context.step_of(question.name) if question is not None else None
    gathered = [list(one) for one in state.data.get("points", ())]
    if question is None or step is None or not gathered or question.kind not in LEAST or not is_open(state, said):
        return stale(state, context)
    return gather.show_places(state, context, step, question, gathered[:-1])


def enough(state: State, said: Incoming, context: Context) -> Turn:
    """พอแล้ว, tapped or typed: what was picked is the answer."""
    step = flow.step_of(state, context)
    asked = flow.asked_of(state, context, step) if step is not None else ()
    turn = gather.enough(state, said, context, step, asked) if step is not None else None
    if turn is not None:
        return turn
    if step is None or not any(item.kind is Kind.SELECT_MULTIPLE or item.kind in LEAST for item in asked):
        return stale(state, context) if said.tap else flow.words(state, said, context.facts)
    return begin.ask_again(context, step)
