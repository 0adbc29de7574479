"""Boxes that hold a time of day, or a day with its time: typed, or picked on the phone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from bot.conversation.inputs import Incoming, tap_data
from bot.conversation.report.context import Context
from bot.conversation.report.kinds.asking import Asking, Data, example_of
from bot.forms.compiled import Question
from bot.forms.environment import THAI_TIME
from bot.messages.bubbles import Button, PickMoment, PickTime, Text, Words, text
from bot.reading.outcome import Reading


def stored_time(time: dt.time) -> str:
    """As ODK's clients write it: 14:30:00.000+07:00."""
    return time.replace(tzinfo=THAI_TIME).isoformat(timespec="milliseconds")


def stored_moment(moment: dt.datetime) -> str:
    """As ODK's clients write it: 2021-06-16T14:30:00.000+07:00. `moment` is civil, without a zone."""
    return moment.replace(tzinfo=THAI_TIME).isoformat(timespec="milliseconds")


def picked(said: Incoming) -> str:
    """What one of LINE's pickers gave, as a box keeps it; '' when the tap was no picker's."""
    if said.date is not None:
        return said.date.isoformat()
    if said.time is not None:
        return stored_time(said.time)
    return stored_moment(said.moment) if said.moment is not None else ""


def _meant(notes: Mapping[str, object]) -> list[str]:
    """What may be meant, where only the speaker knows."""
    found = notes.get("candidates")
    return [str(one) for one in found] if isinstance(found, list) else []


class Times(Asking):
    """A time of day."""

    def need(self, question: Question) -> Text:  # noqa: ARG002
        return text("need.time")

    def request(self, context: Context, question: Question) -> tuple[Words, ...]:
        return (text("kinds.ask_time", example=example_of(self, context, question)),)

    def example(self, context: Context, question: Question) -> str:  # noqa: ARG002
        return context.facts.catalogue.say(text("kinds.example_time"))

    def buttons(self, context: Context, question: Question, data: Data) -> tuple[Button, ...]:  # noqa: ARG002
        now = context.facts.now.time().replace(second=0, microsecond=0)
        return (PickTime(text("kinds.button.time"), tap_data("answer", **data), now),)

    def read(self, context: Context, question: Question, words: str) -> Reading[str]:  # noqa: ARG002
        found = context.facts.reader.time(words)
        value = None if found.value is None else stored_time(found.value)
        meant = [stored_time(dt.time.fromisoformat(one)) for one in _meant(found.notes)]
        return Reading(found.action, value, found.why, {"candidates": meant} if meant else {})


class Moments(Asking):
    """A day with its time."""

    def need(self, question: Question) -> Text:  # noqa: ARG002
        return text("need.moment")

    def request(self, context: Context, question: Question) -> tuple[Words, ...]:
        return (text("kinds.ask_moment", example=example_of(self, context, question)),)

    def example(self, context: Context, question: Question) -> str:  # noqa: ARG002
        return context.facts.catalogue.say(text("kinds.example_moment"))

    def buttons(self, context: Context, question: Question, data: Data) -> tuple[Button, ...]:  # noqa: ARG002
        now = context.facts.now.replace(second=0, microsecond=0, tzinfo=None)
        return (PickMoment(text("kinds.button.moment"), tap_data("answer", **data), now),)

    def read(self, context: Context, question: Question, words: str) -> Reading[str]:  # noqa: ARG002
        found = context.facts.reader.moment(words, now=context.facts.now, rounds=context.facts.rounds)
        value = None if found.value is None else stored_moment(found.value)
        meant = [stored_moment(dt.datetime.fromisoformat(one)) for one in _meant(found.notes)]
        return Reading(found.action, value, found.why, {"candidates": meant} if meant else {})
