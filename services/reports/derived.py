"""The answer rows that a report version implies: one for each box that holds a value, calculations included. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.forms.compiled import Kind, Question
from bot.forms.values import Values

COUNTED = frozenset({Kind.INTEGER, Kind.DECIMAL})
"""What is summed over districts, and inside repeats over their instances."""
_NUMBER = re.compile(r"-?[0-9]{1,15}([.][0-9]{1,9})?", re.ASCII)
_SAYS_NOTHING = frozenset({Kind.NOTE, Kind.META, Kind.ANOTHER})


@dataclass(frozen=True, slots=True)
class Derived:
    """One value of a report, as models.obligation.Answer keeps it."""

    name: str
    box: str
    value: str
    number: float | None
    origin: str


def answers_of(values: Values) -> Iterator[Derived]:
    """In the order of the form."""
    for name, question in values.questions.items():
        value = values.get(name)
        if value == "" or question.kind in _SAYS_NOTHING:
            continue
        stored = values.answer_of(name)
        origin = stored.origin if stored else "calculated"
        yield Derived(name, question.template or name, value, _number(question, value), origin)


def _number(question: Question, value: str) -> float | None:
    """The value of a box that holds a number. Words that look like one ("--5", a telephone) stay words."""
    holds_number = question.kind in {*COUNTED, Kind.CALCULATE}
    return float(value) if holds_number and _NUMBER.fullmatch(value) else None
