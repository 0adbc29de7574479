"""Boxes that hold a number with a fraction, or one of a range."""

from __future__ import annotations

from decimal import Decimal

from bot.conversation.inputs import tap_data
from bot.conversation.report.context import Context
from bot.conversation.report.kinds.asking import Asking, Data, example_of
from bot.forms.compiled import Kind, Question, Range
from bot.messages.bubbles import Button, Tap, Text, Words, text
from bot.messages.formats import number as written
from bot.reading.outcome import Action, Reading

MOST_BUTTONS = 11
"""A range of so few numbers is shown as buttons: marks from 0 to 10."""


def stored_number(value: Decimal) -> str:
    """Without an exponent or needless zeros: 1.5, 12."""
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


class Decimals(Asking):
    """A number that may have a fraction."""

    def need(self, question: Question) -> Text:  # noqa: ARG002
        return text("need.decimal")

    def request(self, context: Context, question: Question) -> tuple[Words, ...]:
        example, hint = example_of(self, context, question), context.text(question.hint)
        title = text("report.ask_decimal", label=context.short(question))
        if hint:
            return (title, text("report.example_hint", example=example, hint=hint))
        return (title, text("report.example", example=example))

    def example(self, context: Context, question: Question) -> str:  # noqa: ARG002
        return "1.5"

    def read(self, context: Context, question: Question, words: str) -> Reading[str]:
        found = context.facts.reader.decimal(words)
        if found.value is None:
            return Reading(Action.ASK, None, found.why)
        if question.kind is Kind.INTEGER and found.value % 1:
            return Reading(Action.ASK, None, "not_whole")
        return Reading(found.action, stored_number(found.value), found.why)


class Ranges(Decimals):
    """A number from a range, in its steps. Few numbers are buttons."""

    def need(self, question: Question) -> Text:
        low, high = _ends(question)
        return text("need.range", least=low, most=high)

    def request(self, context: Context, question: Question) -> tuple[Words, ...]:
        low, high = _ends(question)
        example, step = example_of(self, context, question), _range(question).step
        if abs(step) in {0, 1}:
            return (text("kinds.ask_range", least=low, most=high, example=example),)
        return (text("kinds.ask_range_step", least=low, most=high, step=written(abs(step)), example=example),)

    def example(self, context: Context, question: Question) -> str:  # noqa: ARG002
        values = _values(_range(question))
        return stored_number(values[len(values) // 2] if values else _middle(_range(question)))

    def buttons(self, context: Context, question: Question, data: Data) -> tuple[Button, ...]:  # noqa: ARG002
        shown = [stored_number(value) for value in _values(_range(question))]
        return tuple(Tap(value, tap_data("answer", **data, v=value), value) for value in shown)

    def read(self, context: Context, question: Question, words: str) -> Reading[str]:
        found = super().read(context, question, words)
        if found.value is None or _range(question).holds(Decimal(found.value)):
            return found
        return Reading(Action.ASK, None, "out_of_range")


def _range(question: Question) -> Range:
    return question.range or Range(Decimal(0), Decimal(0), Decimal(0))


def _ends(question: Question) -> tuple[str, str]:
    bounds = _range(question)
    low, high = min(bounds.start, bounds.end), max(bounds.start, bounds.end)
    return written(low), written(high)


def _middle(bounds: Range) -> Decimal:
    """A number of the range, near its middle."""
    half = (bounds.end - bounds.start) / 2
    return bounds.start + (half // bounds.step * bounds.step if bounds.step else half)


def _values(bounds: Range) -> list[Decimal]:
    """All numbers of a range of few; none of a long one, or one without steps."""
    step = abs(bounds.step)
    if not step or abs(bounds.end - bounds.start) / step >= MOST_BUTTONS:
        return []
    sign = 1 if bounds.end >= bounds.start else -1
    count = int(abs(bounds.end - bounds.start) / step)
    return [bounds.start + sign * step * place for place in range(count + 1)]
