"""Asking one step: one bubble with what is known, what is needed, one example, and a button for every choice."""

from __future__ import annotations

import datetime as dt

from bot.conversation.inputs import tap_data
from bot.conversation.report.context import NUMBERS, Context, remaining, row_number
from bot.conversation.say import tap
from bot.forms.compiled import Kind, Question, Step
from bot.messages.bubbles import Bubble, Button, PickDate, Tap, Text, Words, text

IN_ORDER = 4
"""From so many boxes on, their titles stand on a line of their own."""
MOST_SPELLED = 9


def ask(context: Context, step: Step, received: tuple[Words, ...] = (), only: tuple[Question, ...] = ()) -> Bubble:
    """The question bubble of `step`, or of `only` some of its boxes; `received` is the read-back on top of it."""
    asked = only or context.open_questions(step) or context.askable(step)
    lines = (*received, *_heading(context, step), *_title(context, step, asked), *_known(context, step, asked))
    lines = (*lines, *_request(context, asked))
    return Bubble(lines, buttons(context, step, asked), footer=_footer(context))


def _footer(context: Context) -> Text:
    return text("report.footer", n=remaining(context))


def _heading(context: Context, step: Step) -> tuple[Words, ...]:
    """ "Item 1 of 4" on the first question of a printed row."""
    row = step.row
    first = next((other for other in context.report.form.steps if other.row is row and context.askable(other)), None)
    if row is None or first is not step or not _counts(row_number(row)):
        return ()
    rows = max(int(number) for item in context.report.form.steps for number in _counts(row_number(item.row)))
    title = context.text(row.label)
    return (text("report.step_row", row=row_number(row), rows=rows, title=title),)


def _counts(row: str) -> list[int]:
    return [int(part) for part in row.split("-") if part.isdecimal()]


def _title(context: Context, step: Step, asked: tuple[Question, ...]) -> tuple[Words, ...]:
    """The notes of the step that are relevant now; without any, its own title and hint."""
    notes = [
        context.text(question.label)
        for question in step.questions
        if question.kind is Kind.NOTE and context.values.relevant(question.name)
    ]
    if notes:
        return tuple(notes)
    if not step.is_group:
        hint = context.text(asked[0].hint)
        return (context.label(asked[0]), *([hint] if hint else []))
    return (context.text(step.label),)


def _known(context: Context, step: Step, asked: tuple[Question, ...]) -> tuple[Words, ...]:
    """Values of the step that need not be asked, each with its source."""
    lines: list[Words] = []
    for question in context.askable(step):
        source = context.source(question)
        if question in asked or source is None or context.values.get(question.name) == "":
            continue
        words: dict[str, Words] = {"label": context.short(question), "value": context.value(question), "source": source}
        if question.box is None:
            lines.append(text("report.known_line", **words))
        else:
            lines.append(text("report.known_box", box=question.box, **words))
    return tuple(lines)


def _request(context: Context, asked: tuple[Question, ...]) -> tuple[Words, ...]:
    """What to type. Choices need no line of their own: the buttons say it."""
    if all(question.kind in NUMBERS for question in asked):
        return _ask_numbers(context, asked)
    if len(asked) == 1 and asked[0].kind is Kind.DATE:
        return (text("report.type_date", example=example(context, asked)),)
    if any(_is_choice(question) for question in asked):
        return ()
    if len(asked) == 1:
        return (text("report.type_text", example=example(context, asked)),) if example(context, asked) else ()
    return (text("report.type_boxes", labels=_labels(context, asked), example=example(context, asked)),)


def _ask_numbers(context: Context, asked: tuple[Question, ...]) -> tuple[Words, ...]:
    shown = text("report.example", example=example(context, asked))
    if len(asked) == 1:
        return (text("report.ask_number", label=context.short(asked[0])), shown)
    count: Words = text(f"count.{len(asked)}") if len(asked) <= MOST_SPELLED else str(len(asked))
    if len(asked) >= IN_ORDER:
        return (text("report.ask_numbers_in_order", count=count), _labels(context, asked), shown)
    return (text("report.ask_numbers", count=count, labels=_labels(context, asked)), shown)


def _labels(context: Context, asked: tuple[Question, ...]) -> str:
    return " · ".join(context.short(question) for question in asked)


def example(context: Context, asked: tuple[Question, ...]) -> str:
    """A fixed example in the shape of the answer, never near the district's own values: people copy it."""
    given = [question.worded("example", context.language) for question in asked]
    if len(asked) > 1 and any(question.kind not in NUMBERS for question in asked):
        pairs = [f"{item.box}={value}" for item, value in zip(asked, given, strict=True) if item.box and value]
        return " ".join(pairs)
    fallback = {Kind.INTEGER: "12", Kind.DECIMAL: "1.5", Kind.DATE: "16/6/64"}
    return " ".join(value or fallback.get(item.kind, "") for item, value in zip(asked, given, strict=True)).strip()


def _is_choice(question: Question) -> bool:
    return question.kind in {Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.ACKNOWLEDGE}


def choice_of(asked: tuple[Question, ...]) -> Question | None:
    """The select that a step is about; other boxes of the step are then extras that may be typed."""
    return next((question for question in asked if _is_choice(question)), None)


def buttons(
    context: Context, step: Step, asked: tuple[Question, ...], picked: tuple[str, ...] = ()
) -> tuple[Button, ...]:
    """A button for every choice or suggested value, and the row's full text."""
    found: list[Button] = []
    select = choice_of(asked)
    if select is not None:
        found += _choice_buttons(context, step, select, picked)
    elif len(asked) == 1 and asked[0].kind is Kind.DATE:
        found += _date_buttons(context, step, asked[0])
    if len(asked) == 1 and not context.values.required(asked[0].name) and not picked:
        found.append(tap("report.button.skip", "skip", **_where(context, step)))
    if _heading(context, step) and step.row is not None and step.row.attrs.get("full"):
        found.append(tap("report.button.full_text", "full", **_where(context, step)))
    return tuple(found)


def _where(context: Context, step: Step) -> dict[str, str | int]:
    """Every button says which report and question it was shown for."""
    return {"o": context.report.obligation.id, "s": step.name}


def _choice_buttons(context: Context, step: Step, select: Question, picked: tuple[str, ...]) -> list[Button]:
    multiple = select.kind is Kind.SELECT_MULTIPLE
    shown: list[Button] = []
    for number, choice in enumerate(context.values.choices(select.name), 1):
        if choice.value in picked:
            continue
        label = context.text(choice.label)
        words: Words = label if multiple or label[:1].isdigit() else f"{number} {label}"
        data = tap_data("pick" if multiple else "answer", **_where(context, step), q=select.name, v=choice.value)
        shown.append(_tap(words, label, data))
    if picked:
        shown.insert(0, tap("report.button.enough", "enough", **_where(context, step), q=select.name))
    return shown


def _tap(label: Words, says: str, data: str) -> Button:
    return Tap(label, data, says)


def _date_buttons(context: Context, step: Step, question: Question) -> list[Button]:
    """The suggested day (the plan's), and the date picker."""
    where = _where(context, step)
    suggested = _suggested(context, question)
    shown: list[Button] = []
    if suggested is not None:
        label = question.worded("suggest_label", context.language)
        day = context.facts.catalogue.write(suggested)
        words = f"{day} ({label})" if label else day
        data = tap_data("answer", **where, q=question.name, v=suggested.isoformat())
        shown.append(_tap(words, day, data))
    data = tap_data("answer", **where, q=question.name)
    initial = suggested or context.facts.now.date()
    shown.append(PickDate(text("report.button.other_date"), data, initial))
    return shown


def _suggested(context: Context, question: Question) -> dt.date | None:
    formula = question.formulas.get("suggest")
    try:
        return dt.date.fromisoformat(context.values.evaluate(formula)) if formula else None
    except ValueError:
        return None
