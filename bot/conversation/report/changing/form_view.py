"""The whole form on request, box by box: by printed rows and numbers, or as it is asked, instance by instance."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation.report.changing.lists import needed
from bot.conversation.report.context import REVIEW, Context
from bot.conversation.report.rows import row_number
from bot.conversation.report.sharing import authors
from bot.conversation.say import heard, tap
from bot.forms.compiled import Group, Kind, Question, Step
from bot.messages.bubbles import Bubble, Button, Text, Words, text

MOST_LINES = 12
"""Lines of a card; longer lists are cut into several bubbles."""
MOST_BUBBLES = 4
_A_PAGE = MOST_LINES * MOST_BUBBLES


def whole_form(context: Context, page: int = 1) -> tuple[Bubble, ...]:
    """Every box with its value and source, a bubble for each dozen lines; a very long form has pages."""
    every = [*lines(context), *authors.lines(context)]
    pages = max(1, -(-len(every) // _A_PAGE))
    page = min(max(page, 1), pages)
    shown = every[(page - 1) * _A_PAGE : page * _A_PAGE]
    pieces = [tuple(shown[start : start + MOST_LINES]) for start in range(0, len(shown), MOST_LINES)] or [()]
    last = len(pieces) - 1
    return tuple(
        Bubble(
            piece,
            (*_more(context, page, pages), *_go_on(context)) if number == last else (),
            title=_title(context) if number == 0 else None,
            footer=None if number == last else "",
            card=True,
        )
        for number, piece in enumerate(pieces)
    )


def _title(context: Context) -> Text:
    obligation = context.report.obligation
    if context.own_name:
        return text("report.form_title_named", name=heard(context.own_name))
    return text("report.form_title", round=obligation.called, area=obligation.area.name)


def _more(context: Context, page: int, pages: int) -> tuple[Button, ...]:
    if page == pages:
        return ()
    return (tap("report.button.form_page", "form", o=context.report.obligation.id, p=page + 1),)


def _go_on(context: Context) -> tuple[Button, ...]:
    """Back to what was under way, or to a correction."""
    where: dict[str, str | int] = {"o": context.report.obligation.id}
    edit = tap("report.button.edit", "edit", **where)
    return (edit,) if context.report.row_version is None else (tap("report.button.resume", "resume", **where), edit)


def lines(context: Context) -> list[Words]:
    """A line for each box under those of its row, groups and instance."""
    return list(_as_asked(context) if needed(context) else _by_number(context))


def _by_number(context: Context) -> Iterator[Words]:
    row = None
    for question in context.boxes():
        step = context.step_of(question.name)
        if step is not None and step.row is not row and step.row is not None:
            row = step.row
            yield text("report.form_row", row=row_number(row), title=context.text(row.label))
        yield line(context, question)


def _as_asked(context: Context) -> Iterator[Words]:
    """What applies, in the form's order."""
    seen: tuple[Group, ...] = ()
    for step in context.steps:
        boxes = () if REVIEW in step.appearance else tuple(_boxes(context, step))
        if boxes:
            yield from _headings(context, step, seen)
            seen = step.groups
        for question in boxes:
            yield line(context, question)


def _boxes(context: Context, step: Step) -> Iterator[Question]:
    for question in (*context.askable(step), *step.calculates):
        asked = question.asked and question.kind is not Kind.ANOTHER
        told = question.attrs.get("readback") == "yes" and context.values.relevant(question.name)
        if asked or told:
            yield question


def _headings(context: Context, step: Step, seen: tuple[Group, ...]) -> Iterator[Words]:
    """The groups that begin here; of instances of repeats one line says which."""
    fresh = [group for group in step.groups if group not in seen]
    for group in fresh:
        label = "" if group.is_repeat else context.text(group.label).split("\n")[0]
        if label:
            yield text("report.form_group", title=label)
    if any(group.is_repeat for group in fresh):
        yield text("report.form_group", title=context.instances(step.repeats))


def line(context: Context, question: Question) -> Text:
    """A box with its value and where that is from."""
    words: dict[str, Words | int] = {"box": question.box or "•", "label": context.label(question)}
    if not context.values.relevant(question.name):
        return text("report.form_line", **words, value=text("report.form_not_asked"))
    if context.values.get(question.name) == "":
        return text("report.form_line", **words, value=text("report.form_blank"))
    source = context.source(question)
    if source is not None:
        return text("report.form_line_known", **words, value=context.value(question), source=source)
    return text("report.form_line", **words, value=context.value(question))
