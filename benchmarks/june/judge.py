"""Holding a June to what was promised: each planned word heard by everybody it was for, once, and by nobody else."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from benchmarks.june.calendar import DISTRICTS, OF_PROVINCE, QUIET_FROM, QUIET_UNTIL, SLOTS, Slot, slot_of
from benchmarks.june.scenarios import Played
from services.calendar import BANGKOK
from services.quota.order import priority_of, reminder_purpose

LAST_TO_GO = "due_day"


@dataclass(frozen=True)
class Line:
    """One planned time, as it came out."""

    slot: Slot
    owed: int
    """Districts that had not reported."""
    expected: frozenset[str]
    heard: Counter[str]

    @property
    def missed(self) -> frozenset[str]:
        return self.expected - frozenset(self.heard)

    @property
    def astray(self) -> frozenset[str]:
        """Heard it after their district had reported, or in a role that it was not for."""
        return frozenset(self.heard) - self.expected

    @property
    def twice(self) -> int:
        return sum(times - 1 for times in self.heard.values())

    @property
    def messages(self) -> int:
        return sum(self.heard.values())


def lines(played: Played) -> list[Line]:
    heard: dict[Slot, Counter[str]] = {slot: Counter() for slot in SLOTS}
    for each in played.heard:
        slot = slot_of(each.at)
        if slot is not None:
            heard[slot][each.user_id] += 1
    return [_line(played, slot, heard[slot]) for slot in SLOTS]


def _line(played: Played, slot: Slot, heard: Counter[str]) -> Line:
    owed = {area for area in DISTRICTS if played.reported.get((area, slot.round), slot.at) >= slot.at}
    expected = {
        user
        for user, (role, area) in played.people.items()
        if role in slot.roles and (role == OF_PROVINCE or area in owed)
    }
    return Line(slot, len(owed), frozenset(expected), heard)


def judge(played: Played) -> list[str]:
    """What was promised and did not hold, in words."""
    found = lines(played)
    faults = _times(played) + _dropped(played, found)
    if len(played.heard) > played.scenario.most:
        faults.append(f"{len(played.heard)} messages were billed, more than {played.scenario.most}")
    for line in found:
        at = f"{line.slot.kind}, round {line.slot.round}"
        listed = _listed(played, line.slot)
        if len(line.missed) > listed:
            faults.append(f"{at}: {len(line.missed)} people heard nothing, {listed} of them listed as dropped")
        if line.astray:
            faults.append(f"{at}: {len(line.astray)} people heard it who should not have")
        if line.twice:
            faults.append(f"{at}: {line.twice} words were said twice")
    return faults


def _times(played: Played) -> list[str]:
    """Nobody hears anything before its time, in quiet hours, or at a time that belongs to no entry."""
    strange = [each for each in played.heard if slot_of(each.at) is None]
    hours = [each.at.astimezone(BANGKOK).hour for each in played.heard]
    quiet = [hour for hour in hours if hour >= QUIET_FROM or hour < QUIET_UNTIL]
    faults = [f"{len(strange)} words belong to no planned time"] if strange else []
    return faults + ([f"{len(quiet)} words were sent in quiet hours"] if quiet else [])


def _listed(played: Played, slot: Slot) -> int:
    return sum(each.entry == slot.kind and each.round_number == slot.round for each in played.dropped)


def _dropped(played: Played, found: list[Line]) -> list[str]:
    """What was dropped is listed, whole, and in the order of degradation."""
    missing = sum(len(line.missed) for line in found)
    faults = []
    if missing != len(played.dropped):
        faults.append(f"{missing} people heard nothing, {len(played.dropped)} are listed as dropped")
    if bool(played.dropped) is not played.scenario.drops:
        faults.append(f"{len(played.dropped)} words were dropped")
    return faults + _order(played, found) + _due_days(played, found)


def _due_days(played: Played, found: list[Line]) -> list[str]:
    """Reminders of the due day are the last to go."""
    lost = [line for line in found if line.slot.kind == LAST_TO_GO and line.missed]
    if played.scenario.silent_about_quota:
        return []
    return [f"{LAST_TO_GO}, round {line.slot.round}: {len(line.missed)} words were dropped" for line in lost]


def _order(played: Played, found: list[Line]) -> list[str]:
    """Nothing may be dropped while something that ranks lower is still sent later in the month.

    Where LINE does not say how much is left, nobody can know it in time.
    """
    if played.scenario.silent_about_quota:
        return []
    faults = []
    for line in found:
        if not line.missed:
            continue
        rank = _rank(line.slot)
        later = [each for each in found if each.slot.at > line.slot.at and _rank(each.slot) < rank and each.messages]
        faults += [f"{line.slot.kind}, round {line.slot.round} was dropped before {each.slot.kind}" for each in later]
    return faults


def _rank(slot: Slot) -> int:
    return priority_of(reminder_purpose(slot.kind))
