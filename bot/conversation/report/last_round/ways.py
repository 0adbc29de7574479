"""The three ways to fill in a later round: what changed only, all as last round, or everything afresh."""

from __future__ import annotations

from bot.conversation.report.context import Context
from bot.conversation.report_facts import LastReport
from bot.conversation.say import tap
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.forms.compiled import Question
from bot.forms.values import Values
from bot.messages.bubbles import Bubble, Button, Text, Value, Words, text
from bot.reading.options import Option

FLOW = "ways"
CHANGED_ONLY, ALL_AS_LAST, AFRESH = "changed_only", "all_as_last", "afresh"
WAYS = (CHANGED_ONLY, ALL_AS_LAST, AFRESH)
"""What the buttons do; report.button.* is what they say."""


def last_of(context: Context) -> LastReport | None:
    """What the area sent for the nearest earlier round; None for the first that it reports."""
    return context.report.last


def ways(context: Context, last: LastReport, first: Words) -> Turn:
    """How shall this round be filled in? `first` says which it is; the last round's main figure helps to choose."""
    lines: list[Words] = [first, _last_time(last, context.language)]
    if context.facts.now > context.report.obligation.due_at:
        lines.append(text("report.start_late"))
    owed = context.report.obligation.id
    return Turn(State(FLOW, {"o": owed}), (Bubble(tuple(lines), buttons(owed), card=True),))


def buttons(owed: int) -> tuple[Button, ...]:
    return tuple(tap(f"report.button.{way}", way, o=owed) for way in WAYS)


def options(context: Context) -> tuple[Option, ...]:
    """The three ways as they may be typed: in their own words, or by their place."""
    say = context.facts.catalogue.say
    return tuple(Option(way, say(text(f"report.button.{way}"))) for way in WAYS)


def _last_time(last: LastReport, language: str) -> Text:
    figure = headline(last.values, language)
    if figure is None:
        return text("report.later.last_sent", round=last.called)
    return text("report.later.last_figure", round=last.called, figure=figure)


def headline(values: Values, language: str) -> Text | None:
    """The figure that stands for a whole report (our column `headline`): ตรวจทานแล้ว 3,150 จาก 6,240 (50%).

    None for a form that names none, and where it is empty.
    """
    for question in values.questions.values():
        if question.attrs.get("headline") == "yes" and values.get(question.name).isdecimal():
            return _figure(values, question, language)
    return None


def _figure(values: Values, question: Question, language: str) -> Text:
    count = int(values.get(question.name))
    words: dict[str, Value] = {
        "label": question.short(language) or values.text(question.label, language),
        "value": count,
    }
    share = percent(values, question)
    if share is None:
        return text("report.later.figure", **words)
    return text("report.later.figure_of", target=int(values.get(question.attrs["target"])), percent=share, **words)


def percent(values: Values, question: Question) -> int | None:
    """How much of its target a count has reached; None without a target."""
    count, target = values.get(question.name), values.held(question.attrs.get("target", ""))
    if not count.isdecimal() or not target.isdecimal() or int(target) == 0:
        return None
    return (int(count) * 200 + int(target)) // (2 * int(target))
