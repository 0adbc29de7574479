"""What a kind of box needs to be asked in chat. Kinds that counts, dates, texts and choices do not cover are such."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.report.context import Context
from bot.forms.compiled import Question
from bot.messages.bubbles import Button, Quick, Text, Words, text
from bot.reading.outcome import Reading

Data = Mapping[str, str | int]
"""What each button of the question carries: report, step and box."""


class Asking:
    """One kind of box. Each answers alone: one message, one box."""

    def need(self, question: Question) -> Text:  # noqa: ARG002 - of some kinds it depends on the box
        """What is wanted, inside another sentence."""
        return text("need.text")

    def request(self, context: Context, question: Question) -> tuple[Words, ...]:
        """The last lines of the question."""
        raise NotImplementedError

    def example(self, context: Context, question: Question) -> str:  # noqa: ARG002 - of some kinds it depends on the form
        """An answer in the right shape; the form's own beats it."""
        return ""

    def buttons(self, context: Context, question: Question, data: Data) -> tuple[Button, ...]:  # noqa: ARG002
        return ()

    def quick(self, context: Context, question: Question) -> tuple[Quick, ...]:  # noqa: ARG002
        """Extras for phones."""
        return ()

    def read(self, context: Context, question: Question, words: str) -> Reading[str]:
        """A typed answer as the box keeps it."""
        raise NotImplementedError

    def claims(self, context: Context, question: Question, words: str) -> bool:  # noqa: ARG002
        """Whether words that also are a command answer this box all the same."""
        return False


def example_of(asking: Asking, context: Context, question: Question) -> str:
    return question.worded("example", context.language) or asking.example(context, question)
