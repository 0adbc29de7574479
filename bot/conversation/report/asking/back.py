"""R-06: what the province has given back: which box, what was sent, the reviewer's words, and what is to be done."""

from __future__ import annotations

from bot.conversation.report.answering.explain import need
from bot.conversation.report.asking.buttons import buttons
from bot.conversation.report.asking.prompt import example
from bot.conversation.report.context import Context
from bot.conversation.report.sharing.authors import AGAIN
from bot.conversation.say import heard, tap
from bot.forms.compiled import Question
from bot.messages.bubbles import Bubble, Button, Text, Value, Words, text

WHOLE = ""
"""In place of a box: the report as a whole."""


def is_back(context: Context) -> bool:
    return bool(context.report.obligation.returned)


def left(context: Context) -> tuple[str, ...]:
    """The boxes that nobody has looked at since the report came back, in the reviewer's order."""
    return tuple(name for name, _reason in context.report.obligation.returned if not _done(context, name))


def next_box(context: Context) -> Question | None:
    """The next box to be looked at."""
    return next((context.questions[name] for name in left(context) if name != WHOLE), None)


def _done(context: Context, name: str) -> bool:
    if name == WHOLE:
        return context.report.row_version is not None
    sent, given = context.report.sent, context.values.answer_of(name)
    if sent is None or name not in context.questions or not context.values.relevant(name):
        return True  # it is not asked for any more, since another box was changed
    again = given is not None and given.meta.get(AGAIN) == context.report.amends
    return again or sent.held(name) != context.values.get(name)


def told(context: Context) -> tuple[Bubble, ...]:
    """What the officer gets: the first box that is left, or the report as a whole."""
    question = next_box(context)
    return (whole(context) if question is None else ask(context, question),)


def ask(context: Context, question: Question, received: tuple[Words, ...] = ()) -> Bubble:
    """One box: the value typed is taken, or the one that was sent is said again with one tap."""
    obligation, step = context.report.obligation, context.step_of(question.name)
    words: dict[str, Value] = {
        "round": obligation.called,
        "area": obligation.area.name,
        "label": context.named(question),
        "value": context.value(question),
        "because": reason_of(context, question.name),
        "need": need(context, (question,)),
        "example": example(context, (question,)) or "12",
    }
    key = "reminder.returned" if question.box is not None else "reminder.returned_unboxed"
    same = tap("report.back.button.same", "same_value", o=obligation.id, n=question.name)
    others: tuple[Button, ...] = buttons(context, step, (question,)) if step is not None else ()
    more = len(left(context)) - 1
    after: tuple[Words, ...] = (text("report.back.more", n=more),) if more > 0 else ()
    return Bubble((*received, text(key, box=question.box or "", **words), *after), (same, *others), card=True)


def whole(context: Context) -> Bubble:
    """The report as a whole, where the reviewer named no box."""
    obligation = context.report.obligation
    where: dict[str, str | int] = {"o": obligation.id}
    ways = (tap("report.back.button.same_all", "same_value", **where), tap("report.button.edit", "edit", **where))
    words: dict[str, Value] = {"round": obligation.called, "area": obligation.area.name}
    return Bubble((text("report.back.whole", because=reason_of(context, WHOLE), **words),), ways, card=True)


def reason_of(context: Context, name: str) -> str:
    """The reviewer's words, short enough to be quoted."""
    return heard(dict(context.report.obligation.returned).get(name, ""))


def unchanged(context: Context) -> tuple[Text, ...]:
    """For the card: the boxes whose values are said again as they were sent."""
    sent = context.report.sent
    boxes = (context.questions.get(name) for name, _reason in context.report.obligation.returned)
    same = (item for item in boxes if item is not None and sent is not None)
    kept = (item for item in same if sent is not None and sent.held(item.name) == context.values.get(item.name))
    return tuple(text("report.back.same", label=context.named(item), value=context.value(item)) for item in kept)
