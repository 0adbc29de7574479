"""Who typed which part of a report, and whether a colleague is at it right now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from bot.conversation.report.context import Context
from bot.forms.compiled import Question
from bot.messages.bubbles import Text, Words, text

AGAIN = "again"
"""Kept with an answer that was given, or said again, after the report had come back: the version it changes."""

AT_IT = dt.timedelta(minutes=5)
"""So long after an answer, whoever gave it is taken to be still at it (civil time)."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one person typed of a report."""

    person_id: int
    name: str
    questions: tuple[Question, ...]
    last: dt.datetime


def given_by(context: Context) -> dict[str, Any]:
    """What is kept with an answer besides its message: who gave it, and when (seconds of civil time)."""
    person = context.facts.person
    again = {AGAIN: context.report.amends} if context.report.obligation.returned else {}
    return {"by": person.id, "at": int(context.facts.now.timestamp()), **again} if person is not None else {}


def given_by_me(context: Context, name: str) -> bool:
    """Whether what a box holds was typed by this person."""
    answer, person = context.values.answer_of(name), context.facts.person
    return answer is not None and person is not None and answer.meta.get("by") == person.id


def parts(context: Context) -> tuple[Part, ...]:
    """Everybody's part, who began first."""
    given: dict[int, list[tuple[int, Question]]] = {}
    for name, answer in context.values.answers.items():
        question = context.values.questions.get(name)
        by, at = answer.meta.get("by"), answer.meta.get("at")
        if question is not None and question.asked and isinstance(by, int) and isinstance(at, int):
            given.setdefault(by, []).append((at, question))
    found = sorted(given.items(), key=lambda item: min(at for at, _question in item[1]))
    return tuple(_part(context, by, answers) for by, answers in found)


def _part(context: Context, by: int, answers: list[tuple[int, Question]]) -> Part:
    last = dt.datetime.fromtimestamp(max(at for at, _question in answers), context.facts.now.tzinfo)
    name = context.report.people.get(by) or context.facts.catalogue.say(text("word.colleague"))
    return Part(by, name, tuple(question for _at, question in answers), last)


def lines(context: Context) -> tuple[Words, ...]:
    """Who typed which boxes until when; nothing when one person did it all."""
    found = parts(context)
    return tuple(_line(context, part) for part in found) if len(found) > 1 else ()


def _line(context: Context, part: Part) -> Text:
    boxes = _ranges(question.box for question in part.questions if question.box is not None)
    if not boxes:
        titles = " · ".join(context.short(question) for question in part.questions[:3])
        return text("report.part_unboxed", who=part.name, labels=titles, day=part.last.date(), time=part.last)
    return text("report.part", who=part.name, boxes=boxes, day=part.last.date(), time=part.last)


def _ranges(boxes: Iterable[int]) -> str:
    """1-3, 5, 8-9."""
    placed = enumerate(sorted(set(boxes)))
    runs = [[box for _place, box in run] for _gap, run in groupby(placed, key=lambda item: item[1] - item[0])]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def at_it_now(context: Context) -> tuple[Words, ...]:
    """A colleague who typed something within the last minutes: said at the beginning and at the review.

    What waits for the head of office, or has come back from there, was finished by whoever typed it.
    """
    if context.report.approval.asked_by or context.report.approval.sent_back_reason:
        return ()
    me = context.facts.person.id if context.facts.person else None
    others = [part for part in parts(context) if part.person_id != me and context.facts.now - part.last < AT_IT]
    newest = max(others, key=lambda part: part.last, default=None)
    return (text("report.at_it_now", who=newest.name, time=newest.last),) if newest is not None else ()
