"""Whether what repeats has one more: "เพิ่มอีกไหม", asked after each instance where the form says no number."""

from __future__ import annotations

from bot.conversation.report.context import Context
from bot.forms.addresses import NEXT
from bot.forms.compiled import NO, YES, Kind, Question
from bot.messages.bubbles import Text, text

_YES = frozenset({"yes"})
_NO = frozenset({"no", "enough", "skip", "submit"})
"""Steering words that answer it."""


def is_another(question: Question) -> bool:
    return question.kind is Kind.ANOTHER


def asks(context: Context, question: Question) -> Text:
    """The request: how many there are, and whether there is one more."""
    have = count(context, question)
    label = context.repeating(question)
    key = "report.another" if have else "report.another_none"
    return text(key, label=label, n=have) if label else text(f"{key}_plain", n=have)


def count(context: Context, question: Question) -> int:
    """How many instances there are now."""
    return context.values.counts[question.name.removesuffix(NEXT)]


def label(context: Context, question: Question, value: str) -> Text:
    """The words of a button, and of the answer where it is read back."""
    if count(context, question):
        return text("report.button.another" if value == YES else "report.button.no_more")
    return text("report.button.add" if value == YES else "report.button.none")


def meant(context: Context, question: Question, words: str) -> str:
    """yes, no, or '' for what is no answer to it."""
    reader = context.facts.reader
    order, wish = reader.order(words), reader.control(words).value
    if order is not None and order.verb in _VERBS and _about(context, question, order.about):
        return _VERBS[order.verb]
    if wish in _YES:
        return YES
    return NO if wish in _NO else ""


_VERBS = {"more": YES, "no_more": NO}


def is_called(context: Context, label: str, about: str) -> bool:
    """Whether `about` is what repeats, by its label."""
    plain = "".join(about.split())
    return bool(plain) and plain == "".join(context.facts.reader.plain(label).split())


def _about(context: Context, question: Question, about: str) -> bool:
    """Whether an order says nothing more, or names what repeats: เพิ่มเด็ก."""
    plain = "".join(about.split())
    return not plain or plain in "".join(context.facts.reader.plain(context.repeating(question)).split())
