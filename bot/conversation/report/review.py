"""The review card before sending, the whole form on request, and the receipt afterwards."""

from __future__ import annotations

import datetime as dt

from bot.conversation.facts import ObligationFacts
from bot.conversation.report.context import REVIEW, Context, row_number
from bot.conversation.say import tap
from bot.forms.compiled import Kind, Question
from bot.forms.values import ProblemKind
from bot.messages.bubbles import Bubble, Button, Day, Text, Value, Words, text

MOST_LINES = 12
"""Lines of a card; longer lists are cut into several bubbles."""
MOST_CHANGES = 6


def review(context: Context, received: tuple[Words, ...] = ()) -> Bubble:
    """P-14: the lines of the form's review step (or its boxes), and the three things that can be done next."""
    obligation = context.report.obligation
    title = text("report.review_title", round=obligation.round_number, area=obligation.area.name)
    if context.report.sent is not None:
        received = ()  # before and after stand on the card itself
        lines, buttons = _amendment(context)
    else:
        lines, buttons = _lines(context), _buttons(context)
    how = text("report.confirm_send", example=edit_example(context))
    return Bubble((*received, *lines, how), buttons, title=title, card=True)


def _lines(context: Context) -> tuple[Words, ...]:
    notes = [
        context.text(question.label)
        for step in context.report.form.steps
        if REVIEW in step.appearance
        for question in step.questions
        if question.kind is Kind.NOTE and context.values.relevant(question.name)
    ]
    return tuple(notes) if notes else _plain_lines(context)


def _plain_lines(context: Context) -> tuple[Words, ...]:
    """For a form without a review step: its boxes, as many as a card holds."""
    boxes = [item for item in context.boxes() if context.values.relevant(item.name)]
    return tuple(_line(context, question) for question in boxes[:MOST_LINES])


def _buttons(context: Context) -> tuple[Button, ...]:
    where: dict[str, str | int] = {"o": context.report.obligation.id, "r": context.next_row_version}
    return (
        tap("report.button.confirm_send", "send", **where),
        tap("report.button.view_form", "form", **where),
        tap("report.button.edit", "edit", **where),
    )


def _amendment(context: Context) -> tuple[tuple[Words, ...], tuple[Button, ...]]:
    """C-08: what a change of a sent report would change, before and after."""
    changed = changes(context)
    shown: tuple[Words, ...] = tuple(before_after(context, item) for item in changed[:MOST_CHANGES])
    words: dict[str, Value] = {
        "round": context.report.obligation.round_number,
        "n": len(changed),
        "version": context.report.obligation.versions,
    }
    where: dict[str, str | int] = {"o": context.report.obligation.id, "r": context.next_row_version}
    buttons = (
        tap("report.button.confirm_amend", "send", **where),
        tap("report.button.cancel_amend", "cancel", **where),
    )
    return (*shown, text("report.amend_confirm", **words)), buttons


def changes(context: Context) -> list[Question]:
    """Boxes whose value differs from the version that was sent."""
    sent = context.report.sent
    boxes = context.boxes()
    return [item for item in boxes if sent is not None and sent.get(item.name) != context.values.get(item.name)]


def before_after(context: Context, question: Question) -> Text:
    sent = context.report.sent
    before = sent.get(question.name) if sent is not None else ""
    return text(
        "report.edited",
        box=question.box or "",
        label=context.label(question),
        before=context.write(question, before),
        after=context.value(question),
    )


def edit_example(context: Context) -> str:
    """ "8=900": a box of this form with its fixed example."""
    numbers = [
        item
        for item in context.boxes()
        if item.kind is Kind.INTEGER and item.box and item.attrs.get("example") and not item.known
    ]
    wanted = max(numbers, key=lambda item: len(item.attrs["example"]), default=None)
    return f"{wanted.box}={wanted.attrs['example']}" if wanted is not None else "1=12"


def whole_form(context: Context) -> tuple[Bubble, ...]:
    """Every box with its value and source, a bubble for each dozen."""
    obligation = context.report.obligation
    title = text("report.form_title", round=obligation.round_number, area=obligation.area.name)
    lines = [_line(context, question) for question in context.boxes()]
    pieces = [tuple(lines[start : start + MOST_LINES]) for start in range(0, len(lines), MOST_LINES)]
    return tuple(
        Bubble(piece, title=title if number == 0 else None, card=True) for number, piece in enumerate(pieces[:4])
    )


def _line(context: Context, question: Question) -> Text:
    words: dict[str, Words | int] = {"box": question.box or "•", "label": context.label(question)}
    if not context.values.relevant(question.name):
        return text("report.form_line", **words, value=text("report.form_not_asked"))
    if context.values.get(question.name) == "":
        return text("report.form_line", **words, value=text("report.form_blank"))
    source = context.source(question)
    if source is not None:
        return text("report.form_line_known", **words, value=context.value(question), source=source)
    return text("report.form_line", **words, value=context.value(question))


def missing(context: Context) -> Bubble | None:
    """What still stands in the way of sending; None when nothing does."""
    problems = [item for item in context.values.problems() if item.kind is not ProblemKind.REQUIRED]
    labels = [context.label(context.report.form.questions[item.name]) for item in problems]
    if not labels:
        return None
    return Bubble((text("report.review_missing", n=len(labels), labels=tuple(labels[:MOST_CHANGES])),))


def full_text(context: Context, step_name: str) -> Bubble | None:
    """The long wording of a printed row, one tap away."""
    step = next((item for item in context.report.form.steps if item.name == step_name), None)
    if step is None or step.row is None:
        return None
    attrs = step.row.attrs
    words = attrs.get(f"full_{context.language}") or attrs.get("full", "")
    return Bubble((text("report.full_text", row=row_number(step.row), words=words),)) if words else None


def receipt(context: Context) -> Bubble:
    """C-06: what was stored, under which number, in time or late, how to change it, and what is still owed."""
    obligation, now = context.report.obligation, context.facts.now
    amended = context.report.sent is not None
    late = not amended and now > obligation.due_at
    round_number = obligation.round_number
    lines: list[Words] = [
        text("report.receipt.done_amended" if amended else "report.receipt.done")
        if not late
        else text("report.receipt.done_late", round=round_number),
        text(
            "report.receipt.which_amended" if amended else "report.receipt.which",
            area=obligation.area.name,
            round=round_number,
            version=obligation.versions if amended else 1,
        ),
        text("report.receipt.reference", reference=context.report.reference),
        text("report.receipt.when", day=Day(now.date()), time=now, timing=_timing(obligation, now)),
        text("report.receipt.change", example=edit_example(context)),
        " · ".join(context.facts.catalogue.say(item) for item in _rounds(context)),
    ]
    return Bubble(tuple(lines), card=True)


def _timing(obligation: ObligationFacts, now: dt.datetime) -> Text:
    due = obligation.due_at.astimezone(now.tzinfo).date()
    days = (due - now.date()).days
    if days > 0:
        return text("report.receipt.early", days=days)
    return text("report.receipt.on_time") if days == 0 else text("report.receipt.late", days=-days)


def _rounds(context: Context) -> list[Text]:
    """All rounds in one line: done, due, or late."""
    found: list[Text] = []
    for item in context.report.rounds:
        due = item.due_at.astimezone(context.facts.now.tzinfo).date()
        if item.settled or item.id == context.report.obligation.id:
            found.append(text("report.receipt.round_done", round=item.round_number))
        elif context.facts.now > item.due_at:
            found.append(text("report.receipt.round_late", round=item.round_number, due=due))
        else:
            found.append(text("report.receipt.round_due", round=item.round_number, due=due))
    return found
