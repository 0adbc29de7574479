"""Boxes that put all choices of a list in an order: tapped one after the other, or typed in one message."""

from __future__ import annotations

from bot.conversation.report.answering.fields import options_of
from bot.conversation.report.asking.pages import is_numbered
from bot.conversation.report.context import Context
from bot.conversation.report.kinds.asking import Asking, example_of
from bot.forms.compiled import Question
from bot.messages.bubbles import Text, Words, text
from bot.reading.outcome import Action, Reading


class Ranks(Asking):
    """An order of one's own. Its buttons are the list's (see buttons.py)."""

    def need(self, question: Question) -> Text:  # noqa: ARG002
        return text("need.rank")

    def request(self, context: Context, question: Question) -> tuple[Words, ...]:
        return (text("kinds.ask_rank", example=example_of(self, context, question)),)

    def example(self, context: Context, question: Question) -> str:
        choices = context.values.choices(question.name)
        if not is_numbered(context, choices):
            return ", ".join(context.choice(choice) for choice in choices[1::-1])
        places = [str(place + 1) for place in range(len(choices))]
        return " ".join([*places[1:2], *places[:1], *places[2:]])

    def read(self, context: Context, question: Question, words: str) -> Reading[str]:
        choices = context.values.choices(question.name)
        found = context.facts.reader.choice(words, options_of(context, choices), multiple=True)
        named = found.value if isinstance(found.value, tuple) else ()
        if not choices or found.action is Action.ASK or found.why in {"all", "none"}:
            return Reading(Action.ASK, None, "rank_unread")
        if len(named) < len(choices):
            return Reading(Action.ASK, None, "rank_incomplete")
        return Reading(found.action, " ".join(named), found.why)
