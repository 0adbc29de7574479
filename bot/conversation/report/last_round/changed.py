"""A later round beside the one before: what may be changed (P-17), and what has changed (P-18)."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.report.asking.prompt import IN_ORDER
from bot.conversation.report.context import Context
from bot.conversation.report.last_round.ways import ALL_AS_LAST, percent
from bot.conversation.report_facts import LastReport
from bot.conversation.say import heard, tap
from bot.forms.carry import TYPED, is_carried, may_be_carried
from bot.forms.compiled import NUMBERS, Kind, Question, Step
from bot.forms.engine import DEFAULT, KNOWN_ORIGIN
from bot.messages.bubbles import Bubble, Text, Value, Words, text

MOST_LINES = 9
"""Lines of changes; with what stands around them they fill a card."""
_EXAMPLES = 2
_BY_ITSELF = frozenset({KNOWN_ORIGIN, DEFAULT})


def changeable(context: Context) -> tuple[Question, ...]:
    """The counts that a person answers for, those from register or province left aside."""
    return tuple(question for step in context.steps for question in _counts(context, step))


def _counts(context: Context, step: Step) -> tuple[Question, ...]:
    found = (item for item in context.askable(step) if item.kind in NUMBERS and item.box is not None)
    return tuple(item for item in found if not context.values.supplied(item.name))


def card(context: Context, last: LastReport) -> Bubble:
    """P-17: last round's values by question; one message changes several."""
    lines: list[Words] = []
    for step in context.steps:
        counts = _counts(context, step)
        if counts:
            shown = tuple(_now(context, question) for question in counts)
            lines.append(text("report.later.line", title=context.titled(step), list=shown))
    how = text("report.later.type_changes", example=" ".join(_examples(context)))
    title = text("report.later.changeable", round=last.called)
    nothing = tap("report.button.all_as_last", ALL_AS_LAST, o=context.report.obligation.id)
    return Bubble((*lines[:MOST_LINES], how, *_others(context)), (nothing,), title=title, card=True)


def _examples(context: Context) -> list[str]:
    """A count of each of the first questions, with its fixed example."""
    firsts = [counts[0] for step in context.steps if (counts := _counts(context, step))]
    return [f"{item.box}={item.worded('example', context.language) or 12}" for item in firsts[:_EXAMPLES]]


def _others(context: Context) -> tuple[Words, ...]:
    """Boxes that are no counts can be changed likewise: 1=แล้วเสร็จ."""
    choices = (item for item in context.boxes() if item.kind is Kind.SELECT_ONE and item.asked)
    first = next((item for item in choices if context.values.relevant(item.name)), None)
    offered = context.values.choices(first.name) if first is not None else ()
    if first is None or not offered:
        return ()
    return (text("report.later.others_too", example=f"{first.box}={context.text(offered[0].label)}"),)


def _now(context: Context, question: Question) -> Text:
    words: dict[str, Value] = {"label": context.brief(question), "value": context.value(question)}
    return text("report.later.box", box=question.box or "", **words)


def lines(context: Context, last: LastReport) -> tuple[Words, ...] | None:
    """P-18: the boxes that people have changed since the last round, before and after; what was asked besides; what
    has moved by itself; and that all others are as before. None when nobody has changed any."""
    changed = [item for item in _boxes(context) if _is_changed(context, last, item)]
    if not changed:
        return None
    told = [line for step in context.steps for line in _of_step(context, last, step, changed)]
    told += [_anew(context, item) for item in _boxes(context) if _is_anew(context, item)]
    rest = len(told) - MOST_LINES
    more = (text("report.later.more", n=rest),) if rest > 0 else ()
    head = text("report.later.changed", n=len(changed), round=last.called)
    return (head, *told[:MOST_LINES], *more, *_supplied_anew(context, last), _closing(context, last))


def _boxes(context: Context) -> list[Question]:
    """What can be compared: printed boxes, computed ones too, and answers that stand in no printed box."""
    questions = [item for item in context.questions.values() if item.kind not in {Kind.NOTE, Kind.META}]
    computed = {item.name for item in questions if item.computed and item.box is not None}
    behind = context.values.layout.sources(computed)
    return [item for item in questions if item.box is not None or (item.asked and item.name not in behind)]


def _is_changed(context: Context, last: LastReport, question: Question) -> bool:
    """Whether a person's answer makes the box differ from the last round."""
    is_own = _origin(context, question) in _BY_ITSELF or not may_be_carried(context.values, question)
    return _differs(context, last, question) and not is_own


def _is_anew(context: Context, question: Question) -> bool:
    """Whether it is what the form asks anew in each round, and a person has answered."""
    return _origin(context, question) == TYPED and not may_be_carried(context.values, question)


def _anew(context: Context, question: Question) -> Text:
    return text("report.later.new", label=context.short(question), after=context.value(question))


def _origin(context: Context, question: Question) -> str:
    stored = context.values.answer_of(question.name)
    return stored.origin if stored is not None and context.values.get(question.name) else ""


def _of_step(context: Context, last: LastReport, step: Step, changed: Sequence[Question]) -> tuple[Text, ...]:
    """One line for a question, whatever of it has changed."""
    mine = [item for item in (*step.questions, *step.calculates) if item in changed]
    if not mine:
        return ()
    counts = _counts(context, step)
    several = sum(1 for item in counts if item in mine)
    if len(counts) >= IN_ORDER and several * 2 > len(counts):
        return (_in_order(context, last, step, counts),)
    shown = tuple(_change(context, last, item) for item in mine)
    return (text("report.later.line", title=context.titled(step), list=shown),) if step.is_group else shown


def _in_order(context: Context, last: LastReport, step: Step, counts: Sequence[Question]) -> Text:
    """10-14 กรณี 40 35 12 38 9 → 44 38 10 52 14."""
    before = " ".join(context.write(item, last.values.held(item.name)) for item in counts)
    after = " ".join(context.write(item, context.values.get(item.name)) for item in counts)
    boxes = [item.box for item in counts if item.box is not None]
    words: dict[str, Value] = {"first": min(boxes), "last": max(boxes), "title": context.titled(step)}
    return text("report.later.in_order", before=before, after=after, **words)


def _change(context: Context, last: LastReport, question: Question) -> Text:
    step = context.step_of(question.name)
    label = context.brief(question) if step is not None and step.is_group else context.named(question)
    words: dict[str, Value] = {
        "box": question.box or "",
        "label": label,
        "before": heard(context.write(question, last.values.held(question.name))),
        "after": _after(context, question),
    }
    if last.values.held(question.name) == "":
        return text("report.later.new_box" if question.box else "report.later.new", **words)
    return text("report.later.change_box" if question.box else "report.later.change", **words)


def _after(context: Context, question: Question) -> Value:
    share = percent(context.values, question) if question.attrs.get("headline") == "yes" else None
    if share is None:
        return context.value(question)
    return text("report.later.share", value=context.value(question), percent=share)


def _supplied_anew(context: Context, last: LastReport) -> tuple[Words, ...]:
    """What register, province and calendar say otherwise than last time."""
    found = [
        item for item in context.boxes() if _origin(context, item) == KNOWN_ORIGIN and _differs(context, last, item)
    ]
    parts = tuple(
        text(
            "report.known_box",
            box=item.box or "",
            label=context.short(item),
            value=context.value(item),
            source=context.source(item) or "",
        )
        for item in found
    )
    return (text("report.later.supplied_anew", list=parts),) if parts else ()


def _closing(context: Context, last: LastReport) -> Text:
    """All others are as before; what the form fills in by itself each time, such as the day of the data."""
    found = [item for item in context.boxes() if _origin(context, item) == DEFAULT and _differs(context, last, item)]
    parts = tuple(f"{context.short(item)} {context.value(item)}" for item in found)
    return text("report.later.closing", list=(text("report.later.rest_as_before", round=last.called), *parts))


def _differs(context: Context, last: LastReport, question: Question) -> bool:
    return context.values.get(question.name) != last.values.held(question.name)


def is_later(context: Context) -> bool:
    """Whether the report is filled in from the last round's: something that it holds was carried over."""
    return any(is_carried(context.values, name) for name in context.questions)
