"""Boxes that hold a place on the map, a line of places or an area: LINE's location messages, or typed coordinates."""

from __future__ import annotations

import re

from bot.conversation.report.context import Context
from bot.conversation.report.kinds.asking import Asking, example_of
from bot.forms.compiled import Kind, Question
from bot.messages.bubbles import OnPhone, Quick, Text, Words, text
from bot.reading.outcome import Action, Reading
from bot.reading.place import Place

LEAST = {Kind.GEOTRACE: 2, Kind.GEOSHAPE: 3}
"""Kinds of several places, with how many they need."""
PLACES = frozenset({Kind.GEOPOINT, *LEAST})
_EXAMPLE = "17.48, 101.72"
_BETWEEN = re.compile(r"[;\n]")


def stored_place(place: Place) -> str:
    """ODK's form: latitude, longitude, altitude and accuracy. LINE gives neither of the last two: 0 is unknown."""
    return f"{place} 0 0"


def joined(kind: Kind, places: list[str]) -> str:
    """Several places as one value; an area ends where it began."""
    closed = kind is Kind.GEOSHAPE and places[-1] != places[0]
    return ";".join([*places, places[0]] if closed else places)


class Points(Asking):
    """One place."""

    def need(self, question: Question) -> Text:  # noqa: ARG002
        return text("need.place")

    def request(self, context: Context, question: Question) -> tuple[Words, ...]:
        return (text("kinds.ask_place", example=example_of(self, context, question)),)

    def example(self, context: Context, question: Question) -> str:  # noqa: ARG002
        return _EXAMPLE

    def quick(self, context: Context, question: Question) -> tuple[Quick, ...]:  # noqa: ARG002
        return (OnPhone(text("kinds.button.location"), "location"),)

    def read(self, context: Context, question: Question, words: str) -> Reading[str]:  # noqa: ARG002
        found = context.facts.reader.place(words)
        return Reading(found.action, None if found.value is None else stored_place(found.value), found.why)


class Lines(Points):
    """Several places, sent or typed one after the other, until พอแล้ว."""

    def need(self, question: Question) -> Text:  # noqa: ARG002
        return text("need.places")

    def request(self, context: Context, question: Question) -> tuple[Words, ...]:
        key = "kinds.ask_shape" if question.kind is Kind.GEOSHAPE else "kinds.ask_trace"
        return (text(key, least=LEAST[question.kind], example=example_of(self, context, question)),)

    def read(self, context: Context, question: Question, words: str) -> Reading[str]:
        """One place or several, each on its own line; every one of them must be certain."""
        parts = [part for part in _BETWEEN.split(words) if part.strip()]
        readings = [super(Lines, self).read(context, question, part) for part in parts]
        doubt = next((one for one in readings if one.action is not Action.ACCEPT), None)
        if doubt is not None or not readings:
            return Reading(Action.ASK, None, doubt.why if doubt is not None and doubt.value is None else "not_a_place")
        return Reading(Action.ACCEPT, ";".join(str(one.value) for one in readings))
