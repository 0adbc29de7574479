"""The buttons of a question: one for every choice or suggested value; each says which report and question it is of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.conversation.inputs import tap_data
from bot.conversation.report import another
from bot.conversation.report.context import CHOICES, Context, begins_row
from bot.conversation.report.instances import fresh
from bot.conversation.report.tokens import token
from bot.conversation.say import tap
from bot.forms.compiled import NO, YES, Kind, Question, Step
from bot.messages.bubbles import Button, PickDate, Tap, Text, Words, text


def choice_of(asked: Sequence[Question]) -> Question | None:
    """The select that a step is about; other boxes of the step are then extras that may be typed."""
    return next((question for question in asked if question.kind in CHOICES), None)


def where(context: Context, step: Step) -> dict[str, str | int]:
    """Every button says which report and question it was shown for."""
    return {"o": context.report.obligation.id, "s": token(step.name)}


def buttons(
    context: Context, step: Step, asked: tuple[Question, ...], picked: tuple[str, ...] = ()
) -> tuple[Button, ...]:
    """A button for every choice or suggested value, for leaving it empty, and the row's full text."""
    if asked and another.is_another(asked[0]):
        return _another_buttons(context, step, asked[0])
    found: list[Button] = []
    select = choice_of(asked)
    if select is not None:
        found += _choice_buttons(context, step, select, picked)
    elif len(asked) == 1 and asked[0].kind is Kind.DATE:
        found += _date_buttons(context, step, asked[0])
    if not picked:
        found += _none_button(context, step)
    if not picked and not any(context.values.required(question.name) for question in asked):
        found.append(tap("report.button.skip", "skip", **where(context, step)))
    if begins_row(context, step) and step.row is not None and step.row.attrs.get("full"):
        found.append(tap("report.button.full_text", "full", **where(context, step)))
    return tuple(found)


def _another_buttons(context: Context, step: Step, question: Question) -> tuple[Button, ...]:
    data = {**where(context, step), "q": token(question.name), "n": another.count(context, question)}
    return tuple(tap(another.label(context, question, value), "answer", **data, v=value) for value in (YES, NO))


def _none_button(context: Context, step: Step) -> list[Button]:
    """A repeat begins with one instance: where there is none at all, one tap says so."""
    group = fresh(context, step)
    if group is None or group.position != 1:
        return []
    label = context.repeated(group)
    words = text("report.button.none_of", label=label) if label else text("report.button.none")
    return [tap(words, "none", **where(context, step))]


def answers(context: Context, step: Step, question: Question, values: Sequence[str]) -> tuple[Button, ...]:
    """A button for each of several values that were meant, perhaps."""
    data = {**where(context, step), "q": token(question.name)}
    return tuple(tap(_candidate(context, question, value), "answer", **data, v=token(value)) for value in values)


def _candidate(context: Context, question: Question, value: str) -> Text:
    return text("read.button.candidate", value=context.write(question, value))


def _choice_buttons(context: Context, step: Step, select: Question, picked: tuple[str, ...]) -> list[Button]:
    multiple = select.kind is Kind.SELECT_MULTIPLE
    shown: list[Button] = []
    for number, choice in enumerate(context.values.choices(select.name), 1):
        if choice.value in picked or (picked and choice.extra.get("exclusive")):
            continue
        label = context.text(choice.label)
        words: Words = label if multiple or label[:1].isdigit() else f"{number} {label}"
        data = tap_data(
            "pick" if multiple else "answer", **where(context, step), q=token(select.name), v=token(choice.value)
        )
        shown.append(Tap(words, data, label))
    if picked:
        shown.insert(0, tap("report.button.enough", "enough", **where(context, step), q=token(select.name)))
    return shown


def _date_buttons(context: Context, step: Step, question: Question) -> list[Button]:
    """The suggested day (the plan's), and the date picker."""
    data = {**where(context, step), "q": token(question.name)}
    suggested = _suggested(context, question)
    shown: list[Button] = []
    if suggested is not None:
        label = question.worded("suggest_label", context.language)
        day = context.facts.catalogue.write(suggested)
        words = f"{day} ({label})" if label else day
        shown.append(Tap(words, tap_data("answer", **data, v=suggested.isoformat()), day))
    initial = suggested or context.facts.now.date()
    shown.append(PickDate(text("report.button.other_date"), tap_data("answer", **data), initial))
    return shown


def _suggested(context: Context, question: Question) -> dt.date | None:
    formula = question.formulas.get("suggest")
    try:
        return dt.date.fromisoformat(context.values.evaluate(formula)) if formula else None
    except ValueError:
        return None
