"""Values that the form refuses: why, in the form's own words, and one tap to each box that it is about."""

from __future__ import annotations

from collections.abc import Collection

from bot.conversation.report.asking.buttons import buttons
from bot.conversation.report.asking.prompt import example
from bot.conversation.report.context import Context
from bot.conversation.report.tokens import token
from bot.conversation.say import tap
from bot.forms.compiled import Kind, Label, Output, Question
from bot.forms.growth import REPEAT_CAP
from bot.forms.values import Problem, ProblemKind, answer
from bot.messages.bubbles import Bubble, Button, Words, text


def broken(before: Context, after: Context) -> Problem | None:
    """E-03: the first hard check that a change would break."""
    stood = {problem.name for problem in problems(before)}
    return next((problem for problem in problems(after) if problem.name not in stood), None)


def problems(context: Context) -> list[Problem]:
    """What cannot stay as it is, empty boxes left aside."""
    return [problem for problem in context.values.problems() if problem.kind is not ProblemKind.REQUIRED]


def explain(context: Context, problem: Problem, among: Collection[str], *closing: Words) -> Bubble:
    """Why a value cannot stand; buttons for the boxes of `among` (names) that the reason speaks of."""
    question = context.questions[problem.name]
    ways = _buttons(context, problem, question, among) or _choices(context, question)
    if question.box is not None or not question.asked:
        return Bubble((reason(context, problem), *closing), ways)
    own = tap(text("read.button.edit_named", label=context.named(question)), "one", **_box(context, question))
    return Bubble((reason(context, problem), *closing, *_retype(context, problem, question)), (*ways, own))


def _box(context: Context, question: Question) -> dict[str, str | int]:
    return {"o": context.report.obligation.id, "q": token(question.name)}


def _retype(context: Context, problem: Problem, question: Question) -> tuple[Words, ...]:
    """An example that the form takes, under its own words."""
    shown = _fitting(context, question) if problem.message else ""
    return (text("read.constraint.retype", example=shown),) if shown else ()


def _fitting(context: Context, question: Question) -> str:
    """A fixed example that keeps the form's rules; '' where none of ours does."""
    for value in _EXAMPLES.get(question.kind, ()):
        if answer(context.values, {question.name: value}).problem(question.name) is None:
            return context.write(question, value) if question.kind is Kind.DATE else value
    return ""


_NUMBERS = ("12", "1", "5", "20", "100", "1000", "0", "10000", "-1")
_EXAMPLES: dict[Kind, tuple[str, ...]] = {
    Kind.INTEGER: _NUMBERS,
    Kind.DECIMAL: ("1.5", "0.5", *_NUMBERS),
    Kind.DATE: ("2021-06-16", "2026-06-16", "2031-06-16", "1990-06-16"),
}


def reason(context: Context, problem: Problem) -> Words:
    """Why a value cannot stand, in the form's own words."""
    question = context.questions[problem.name]
    if problem.message:
        return context.text(problem.message)
    given = _fitting(context, question) or example(context, (question,)) or "12"
    if problem.kind is ProblemKind.COUNT:
        words = {"label": context.label(question), "value": context.value(question), "example": given}
        return text("read.constraint.too_many", most=REPEAT_CAP, **words)
    return text("read.constraint.refused", label=context.label(question), value=context.value(question), example=given)


def _buttons(context: Context, problem: Problem, question: Question, among: Collection[str]) -> tuple[Button, ...]:
    spoken_of = about(problem) & {*among, question.name}
    boxes = sorted(item.box for name in spoken_of if (item := context.questions[name]).box is not None and item.asked)
    return tuple(edit_button(context, box) for box in boxes)


def _choices(context: Context, question: Question) -> tuple[Button, ...]:
    """A box without a number is asked again by its own buttons."""
    step = context.step_of(question.name)
    return buttons(context, step, context.to_ask(step)) if step is not None else ()


def about(problem: Problem) -> set[str]:
    """Names of the boxes that a refusal speaks of."""
    return {problem.name, *(_named(problem.message) if problem.message else ())}


def edit_button(context: Context, box: int) -> Button:
    """[แก้ช่อง 8]."""
    return tap(text("read.button.edit_box", box=box), "box", o=context.report.obligation.id, box=box)


def _named(message: Label) -> set[str]:
    """Names of the boxes whose values stand in a message."""
    every = (part for parts in message.by_language.values() for part in parts)
    return {part.question for part in every if isinstance(part, Output) and part.question}
