"""Where a person stands: the question that is open, and an answer to it."""

from __future__ import annotations

from bot.conversation import join, menu
from bot.conversation.broadcast import flow as broadcast
from bot.conversation.broadcast import place
from bot.conversation.facts import Facts
from bot.conversation.household import case_waiting
from bot.conversation.report import flow
from bot.conversation.report.asking.prompt import example
from bot.conversation.state import State
from bot.messages.bubbles import Bubble, text


def example_answer(state: State, facts: Facts) -> str:
    """An answer to the open question, or the word that always helps."""
    under = menu.under(state)
    context = flow.open_context(under, facts) if under.flow == "report" else None
    step = flow.step_of(under, context) if context is not None else None
    found = example(context, flow.asked_of(under, context, step)) if context is not None and step is not None else ""
    return found or facts.catalogue.say(text("menu.title"))


def open_question(state: State, facts: Facts) -> tuple[Bubble, ...]:
    """Where the person stands: a joining question again, a report's in one line; nothing when none is open."""
    under = menu.under(state)
    if under.flow in join.STEPS:
        return (join.again(under, facts),)
    if under.flow == place.FLOW:
        return broadcast.question(under, facts)
    context = flow.open_context(under, facts) if under.flow == "report" else None
    return flow.where_we_are(under, context) if context is not None else case_waiting.open_question(under, facts)
