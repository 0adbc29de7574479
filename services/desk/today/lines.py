"""One line of what needs doing: a sentence with its number, how urgent it is, and where it is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from bot.messages.bubbles import Text, Value


class Urgency(IntEnum):
    """The order of the list. Lines of one rank keep the order in which they were found."""

    OVERDUE = 10
    DUE_TODAY = 15
    UNHEARD = 20
    """Words that did not reach people who wait for them, or soon will not."""
    RETURNED = 30
    REVIEW = 40
    SUMS = 45
    PEOPLE = 50
    DUE_SOON = 60
    LOOK = 70
    """For a person to look at when there is time."""
    TIDY = 80


@dataclass(frozen=True, slots=True)
class Line:
    key: str
    """Its sentence and its button stand in the catalogue under desk.today.line and desk.today.button."""
    urgency: Urgency
    values: Mapping[str, Value]
    notes: tuple[Text, ...] = ()
    """What stands below the sentence."""
    place: str = ""
    """Which kind of page it is done on (handlers.desk.today has the addresses); empty: in LINE alone."""
    subject: int | str = ""
    """What its address says of what it is about: an id, or the round of a list; empty where it needs none."""
    typed: Value = field(default="")
    """Words to type in LINE; empty: none."""

    @property
    def sentence(self) -> Text:
        return Text(f"desk.today.line.{self.key}", self.values)


def ordered(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: line.urgency))
