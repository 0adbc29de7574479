"""Changing one box: from the review card, by its number, or after the report was sent."""

from __future__ import annotations

from bot.conversation.facts import Facts, ObligationFacts
from bot.conversation.report import begin
from bot.conversation.report.context import Context
from bot.conversation.report.review import edit_example
from bot.conversation.say import sentence
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Value


def how(state: State, context: Context) -> Turn:
    return Turn(state, (sentence("report.edit_how", example=edit_example(context)),))


def ask_box(state: State, context: Context, box: int) -> Turn:
    """Ask one box again, with its present value."""
    question = context.boxed(box)
    numbers = [item.box for item in context.boxes() if item.box is not None]
    if question is None:
        words: dict[str, Value] = {"box": box, "last": max(numbers, default=0), "example": edit_example(context)}
        return Turn(state, (sentence("report.edit_no_box", **words),)).unclear(state)
    step = context.report.form.step_of(question.name)
    named: dict[str, Value] = {"box": box, "label": context.label(question)}
    if not context.values.relevant(question.name):
        return Turn(state, (sentence("report.edit_not_needed", example=edit_example(context), **named),))
    if not question.asked or step is None:
        return Turn(state, (sentence("report.edit_computed", example=edit_example(context), **named),))
    first = sentence("report.edit_present", value=context.value(question), **named)
    return begin.ask_again(context, step, (first,), only=question)


def amendable(facts: Facts) -> ObligationFacts | None:
    """The report that แก้ means when none is under way: an open draft, else the one sent last."""
    open_ones = [item for item in facts.obligations if item.draft_exists and not item.closed]
    sent = [item for item in facts.obligations if item.settled and not item.closed]
    return next(iter(open_ones or reversed(sent)), None)
