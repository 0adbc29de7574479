"""The calendar that the reminders are held to, written down by hand: not read from the plan that is being tried."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from services.calendar import BANGKOK

DISTRICTS = tuple(f"42{number:02d}" for number in range(1, 15))
STAFF = 5
OFFICER, DEPUTY, HEAD, OF_PROVINCE = "officer", "deputy", "head", "staff"


@dataclass(frozen=True, slots=True)
class Slot:
    """One planned time of one round."""

    kind: str
    round: int
    at: dt.datetime
    roles: tuple[str, ...]
    share: float
    """How many of the districts have reported by then, of 1."""


def _june(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2021, 6, day, hour, minute, tzinfo=BANGKOK)


def _round(number: int, opening: int, day_before: int, due: int, overdue: int) -> list[Slot]:
    return [
        Slot("opening", number, _june(opening, 9), (OFFICER,), 0.10),
        Slot("day_before", number, _june(day_before, 9), (OFFICER,), 0.40),
        Slot("due_day", number, _june(due, 13, 30), (OFFICER, DEPUTY), 0.60),
        Slot("staff_summary", number, _june(due, 16), (OF_PROVINCE,), 0.85),
        Slot("overdue", number, _june(overdue, 9), (OFFICER, HEAD), 0.95),
    ]


SLOTS = (*_round(1, 8, 10, 11, 14), *_round(2, 15, 17, 18, 21), *_round(3, 22, 24, 25, 28))
KINDS = tuple(dict.fromkeys(slot.kind for slot in SLOTS))
ROUNDS = (1, 2, 3)
FIRST, LAST = _june(7, 8), _june(30, 22)
QUIET_FROM, QUIET_UNTIL = 20, 7
"""Local hours between which nobody may be written to."""
EVERY_DAY = ((6, 30), (8, 0), (12, 0), (19, 0), (22, 0))
"""Further times at which the clock ticks."""
AFTER_EACH = (0, 1, 2, 5, 15, 61, 65)
"""Minutes after a planned time at which it ticks."""


def ticks() -> list[dt.datetime]:
    """Every instant at which the clock looks, in order."""
    found = {slot.at + dt.timedelta(minutes=minutes) for slot in SLOTS for minutes in AFTER_EACH}
    day = FIRST.date()
    while day <= LAST.date():
        found |= {dt.datetime.combine(day, dt.time(*time), BANGKOK) for time in EVERY_DAY}
        day += dt.timedelta(days=1)
    return sorted(instant for instant in found if instant >= FIRST)


def slot_of(instant: dt.datetime) -> Slot | None:
    """The planned time that a word sent at `instant` belongs to: the last one, when it is under two hours ago."""
    before = [slot for slot in SLOTS if slot.at <= instant < slot.at + dt.timedelta(hours=2)]
    return before[-1] if before else None
