"""Telling a doubt: what was understood, what is needed, one example; or what would be stored, for a yes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

from bot.conversation.report.asking.buttons import answers, choice_of
from bot.conversation.report.asking.prompt import boxed_labels, counted, edit_example, example
from bot.conversation.report.context import Context
from bot.conversation.report.kinds.table import asking
from bot.conversation.say import heard
from bot.forms.compiled import NUMBERS, Kind, Question
from bot.messages.bubbles import Bubble, Button, Text, Value, Words, text

MOST_CANDIDATES = 4
Notes = Mapping[str, object]


def described(context: Context, changes: Mapping[str, str]) -> str:
    """ตรวจทานแล้ว 3,150 · ครบ 3,040. A choice is its own words; where short titles are alike, the long ones stand."""
    titles = Counter(context.brief(context.questions[name]) for name in changes)
    return " · ".join(_described(context, context.questions[name], value, titles) for name, value in changes.items())


def _described(context: Context, question: Question, value: str, titles: Mapping[str, int]) -> str:
    written = heard(context.write(question, value))
    if question.place or titles[context.brief(question)] > 1:
        return f"{context.named(question)} {written}"
    return written if choice_of((question,)) else f"{context.brief(question)} {written}"


def confirm_words(context: Context, changes: Mapping[str, str], why: str, words: str) -> Text:
    """What would be stored, as a question. `changes` are told; what a yes sets besides is in the text itself."""
    key = f"read.confirm.{why}"
    known = key if key in context.facts.catalogue else "read.confirm.other"
    value = described(context, changes)
    return text(known, heard=heard(words), value=value, list=value)


def ask_words(context: Context, asked: tuple[Question, ...], why: str, notes: Notes, words: str) -> Bubble:
    """The sentence for the reason, filled with what the reading noticed; likely answers as buttons."""
    if why == "no_such_day" and "last_day" in notes:
        return Bubble((_no_such_day(context, asked, notes),))
    key = f"read.ask.{why}"
    known = key if key in context.facts.catalogue else "read.ask.other"
    values: dict[str, Value] = {
        "heard": heard(words),
        "value": _numbers(notes),
        "need": need(context, asked),
        "example": _example(context, asked),
    }
    return Bubble((text(known, **values),), _candidates(context, asked, notes))


def _no_such_day(context: Context, asked: tuple[Question, ...], notes: Notes) -> Words:
    """E-07: how long that month is."""
    month = text(f"calendar.months.{notes.get('month')}")
    return text(
        "read.bound.no_such_day", month=month, days=str(notes.get("last_day")), example=_example(context, asked)
    )


def _example(context: Context, asked: tuple[Question, ...]) -> str:
    return (example(context, asked) or "12") if asked else edit_example(context)


def _found(notes: Notes) -> Sequence[object]:
    """The numbers that were understood."""
    found = notes.get("numbers") or notes.get("candidates") or ()
    return found if isinstance(found, list | tuple) else ()


def _numbers(notes: Notes) -> str:
    return " · ".join(f"{item:,}" if isinstance(item, int) else str(item) for item in _found(notes))


def _candidates(context: Context, asked: tuple[Question, ...], notes: Notes) -> tuple[Button, ...]:
    """E-06: what was perhaps meant, for one tap."""
    found = notes.get("candidates")
    only = choice_of(asked) or (asked[0] if len(asked) == 1 else None)
    step = context.step_of(only.name) if only is not None else None
    if only is None or step is None or not isinstance(found, list | tuple):
        return ()
    values = [value for item in found if (value := _value(context, only, item))]
    return answers(context, step, only, values[:MOST_CANDIDATES])


def _value(context: Context, question: Question, meant: object) -> str:
    """A candidate as the box would hold it; '' when it cannot."""
    if question.kind is Kind.DATE:
        return meant.isoformat() if isinstance(meant, dt.date) else ""
    if question.kind in {Kind.TIME, Kind.DATETIME}:
        return str(meant)
    if question.kind is Kind.INTEGER:
        return str(meant) if isinstance(meant, int) and meant >= 0 else ""
    return str(meant) if meant in {choice.value for choice in context.values.choices(question.name)} else ""


def need(context: Context, asked: tuple[Question, ...]) -> Text:
    """What kind of answer is wanted, inside another sentence."""
    own = asking(asked[0]) if len(asked) == 1 else None
    if own is not None:
        return own.need(asked[0])
    if len(asked) > 1 and all(question.kind in NUMBERS for question in asked):
        named = " · ".join(context.brief(question) for question in asked)
        return text("need.numbers", count=counted(len(asked)), labels=named)
    if choice_of(asked) is not None or (asked and asked[0].kind is Kind.ANOTHER):
        return text("need.choice")
    if len(asked) > 1:
        return text("need.boxes", labels=boxed_labels(context, asked))
    kind = asked[0].kind if asked else None
    keys = {Kind.INTEGER: "number", Kind.DATE: "date"}
    return text(f"need.{keys[kind]}") if kind in keys else text("need.text" if kind else "need.edit")
