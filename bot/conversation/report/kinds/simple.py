"""Boxes with one possible answer (acknowledge), and numbers under bars, which chat cannot scan."""

from __future__ import annotations

from bot.conversation.report.context import Context
from bot.conversation.report.kinds.asking import Asking, Data, example_of
from bot.conversation.say import tap
from bot.forms.compiled import Question
from bot.forms.lexical import ACKNOWLEDGED
from bot.messages.bubbles import Button, Text, Words, text
from bot.reading.outcome import Action, Reading

LONGEST_CODE = 200
"""Characters of a code that may stand under bars."""


class Acknowledge(Asking):
    """Something to be read and noted: one button."""

    def need(self, question: Question) -> Text:  # noqa: ARG002
        return text("need.acknowledge")

    def request(self, context: Context, question: Question) -> tuple[Words, ...]:  # noqa: ARG002
        return (text("kinds.ask_acknowledge"),)

    def example(self, context: Context, question: Question) -> str:  # noqa: ARG002
        return context.facts.catalogue.say(text("kinds.button.acknowledge"))

    def buttons(self, context: Context, question: Question, data: Data) -> tuple[Button, ...]:  # noqa: ARG002
        return (tap("kinds.button.acknowledge", "answer", **data, v=ACKNOWLEDGED),)

    def read(self, context: Context, question: Question, words: str) -> Reading[str]:  # noqa: ARG002
        meant = context.facts.reader.control(words)
        if meant.value in {"ack", "yes"} and meant.action is not Action.ASK:
            return Reading(Action.ACCEPT, ACKNOWLEDGED)
        return Reading(Action.ASK, None, "not_noted")

    def claims(self, context: Context, question: Question, words: str) -> bool:
        return self.read(context, question, words).action is Action.ACCEPT


class Barcodes(Asking):
    """The figures under the bars, typed."""

    def need(self, question: Question) -> Text:  # noqa: ARG002
        return text("need.barcode")

    def request(self, context: Context, question: Question) -> tuple[Words, ...]:
        return (text("kinds.ask_barcode", example=example_of(self, context, question)),)

    def example(self, context: Context, question: Question) -> str:  # noqa: ARG002
        return "8850123456789"

    def read(self, context: Context, question: Question, words: str) -> Reading[str]:  # noqa: ARG002
        code = words.strip()
        return Reading(Action.ASK, None, "too_long") if len(code) > LONGEST_CODE else Reading(Action.ACCEPT, code)
