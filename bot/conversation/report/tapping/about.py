"""What a button is about: its report's question, value, step or instance, as far as they are still there."""

from __future__ import annotations

from bot.conversation.inputs import Incoming
from bot.conversation.report import flow
from bot.conversation.report.context import Context
from bot.conversation.report.tokens import named, token
from bot.conversation.say import sentence
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.forms.compiled import Question

_DIGITS = 10
"""More than any number in a button's data has."""


def stale(state: State, context: Context) -> Turn:
    """A button that means nothing any more: say so, and where the person stands."""
    return Turn(state, (sentence("general.stale_button_other"), *flow.where_we_are(state, context)))


def question_of(said: Incoming, context: Context) -> Question | None:
    """The box that a button is about, if it still applies."""
    question = context.questions.get(named(said.tap.get("q", ""), context.questions))
    applies = question is not None and question.asked and context.values.relevant(question.name)
    return question if applies else None


def possible(context: Context, question: Question, value: str) -> bool:
    """Whether the box can still hold what the button stands for."""
    return question.choices is None or value in {choice.value for choice in context.values.choices(question.name)}


def is_open(state: State, said: Incoming) -> bool:
    """Whether the button belongs to the question that is open now."""
    return said.tap.get("s") == token(str(state.data.get("step", "")))


def value_of(said: Incoming, context: Context, question: Question | None) -> str:
    """What a button stands for."""
    offered = context.values.choices(question.name) if question is not None else ()
    return named(said.tap.get("v", ""), (choice.value for choice in offered))


def step_name(said: Incoming, context: Context) -> str:
    return named(said.tap.get("s", ""), (step.name for step in context.steps))


def group_of(said: Incoming, context: Context) -> str:
    """The instance, or the question for one more, that a button is about."""
    return named(said.tap.get("g", ""), (*context.values.groups, *context.questions))


def number_of(said: Incoming, name: str) -> int:
    value = said.tap.get(name, "")
    return int(value) if value.isdecimal() and len(value) < _DIGITS else 0
