"""What should be looked at before a report is sent: sums that do not agree, and running counts that fell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.conversation.report.context import Context
from bot.conversation.report.last_round.ways import last_of
from bot.forms.compiled import Question
from bot.messages.bubbles import Words, text

FALLEN = "fallen"


_Found = tuple[str, Question, Words, Mapping[str, str], str]
"""Name, box, words, figures and earlier figure of a Doubt."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that should be looked at, with its number on the cards."""

    number: int
    key: str
    """The check's stable name, under which a reason for it is kept."""
    question: Question
    words: Words
    figures: Mapping[str, str]
    """The boxes that it is about, with what they hold."""
    before: str = ""
    """What a running count was last round."""
    reason: str = ""
    """Why it is right all the same, in the person's own words."""

    @property
    def fell(self) -> bool:
        return bool(self.before)


def gathered(context: Context) -> tuple[Doubt, ...]:
    """All that should be looked at, in the order of the form, the running counts that fell at the end.

    In a change of a sent report, only what the change is about: the rest was sent as it is.
    """
    found = [item for item in (*_unequal(context), *_fallen(context)) if _is_news(context, item)]
    return tuple(
        Doubt(number, key, question, words, figures, before, _reason(context, key, figures, before))
        for number, (key, question, words, figures, before) in enumerate(found, 1)
    )


def _is_news(context: Context, found: _Found) -> bool:
    sent = context.report.sent
    return sent is None or any(sent.held(name) != figure for name, figure in found[3].items())


def _unequal(context: Context) -> Iterator[_Found]:
    """The soft checks of the form that do not hold."""
    for remark in context.values.remarks():
        question = context.values.questions[remark.name]
        about = {"label": context.named(question), "value": context.value(question)}
        words = context.text(remark.message) if remark.message else text("report.remark.unsaid", **about)
        figures = {name: context.values.get(name) for name in dict.fromkeys((*remark.boxes, remark.name))}
        yield f"{remark.name}.{remark.check}", question, words, figures, ""


def _fallen(context: Context) -> Iterator[_Found]:
    """E-05: the running counts that are lower than in the last report."""
    running = any(question.running for question in context.questions.values())
    last = last_of(context) if running else None
    for fell in context.values.fallen(last.values) if last is not None else ():
        question = context.values.questions[fell.name]
        told = {
            "before": context.write(question, fell.before),
            "now": context.write(question, fell.now),
            "less": _less(context, question, fell.before, fell.now),
        }
        if question.box is None:
            words = text("report.remark.fell_unboxed", label=context.named(question), **told)
        else:
            words = text("report.remark.fell", box=question.box, **told)
        yield f"{fell.name}.{FALLEN}", question, words, {fell.name: fell.now}, fell.before


def _less(context: Context, question: Question, before: str, now: str) -> str:
    less = float(before) - float(now)
    return context.write(question, str(int(less)) if less == int(less) else f"{less:g}")


def _reason(context: Context, key: str, figures: Mapping[str, str], before: str) -> str:
    """The reason that was given for just these figures; '' when there is none."""
    given = context.explained.get(key)
    if given is None or given["figures"] != figures or given.get("before", "") != before:
        return ""
    return str(given["words"])
