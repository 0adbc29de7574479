"""The reminder plan as a campaign's file has it: when each entry is planned, when it may be sent, how long its words
hold, to whom it falls when nobody can be reached. Pure; how the keys are written stands in docs/campaigns.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from models.people import STAFF_ROLES
from services.calendar import BANGKOK, WorkingDays, at, day_of
from services.quota.order import priority_of, reminder_purpose

ASKED = "asked"
"""Key of a reminder that staff ask for by hand."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which nobody is written to, `start` to `end` in local time, over midnight when `start` is the later."""

    start: dt.time
    end: dt.time

    def holds(self, time: dt.time) -> bool:
        if self.start <= self.end:
            return self.start <= time < self.end
        return time >= self.start or time < self.end


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the plan. `words` is the entry as written: texts, buttons, values."""

    key: str
    working_days: int
    at: dt.time
    to: tuple[str, ...]
    only_if_owed: bool
    priority: int
    """What gives way first when the month's quota gets short: the lowest (services.quota.order)."""
    catch_up: bool
    """Its words still hold on a later day: missed, it is sent at the next allowed time."""
    holds_until: dt.time | None
    """Local time at which the words of its day stop being true; None: they hold until midnight."""
    quiet: Quiet | None
    working_days_only: bool
    escalation: tuple[str, ...]
    duty: str
    """Of which duty's rounds it speaks; empty: of the campaign's own."""
    words: Mapping[str, Any]

    def planned(self, due: dt.date, days: WorkingDays) -> dt.datetime:
        """The planned instant for a round that is due on `due`."""
        return at(days.shift(due, self.working_days), self.at)

    def allowed(self, now: dt.datetime, days: WorkingDays) -> bool:
        """Whether anybody may be written to at this instant: no quiet hour and, if wanted, a working day."""
        quiet = self.quiet is not None and self.quiet.holds(now.astimezone(BANGKOK).time())
        return not quiet and (not self.working_days_only or days.works(day_of(now)))

    def fresh(self, planned: dt.datetime, now: dt.datetime) -> bool:
        """Whether the words that were written for its day are true at `now`."""
        if day_of(planned) != day_of(now):
            return False
        return self.holds_until is None or now < at(day_of(now), self.holds_until)

    def sends(self, planned: dt.datetime, now: dt.datetime, days: WorkingDays) -> bool:
        """Whether it may go out at `now`: planned before, at an allowed time, and with words that hold."""
        if now < planned or not self.allowed(now, days):
            return False
        return self.catch_up or self.fresh(planned, now)

    def chain(self, role: str) -> tuple[str, ...]:
        """`role` and those to whom its word falls, one after the other, when nobody of it can be reached."""
        if role not in self.escalation:
            return (role,)
        return self.escalation[self.escalation.index(role) :]


def entries(settings: Mapping[str, Any]) -> tuple[Entry, ...]:
    """The plan of a campaign, from the settings kept with its row (or from campaign.yaml: the keys are the same)."""
    rules = settings.get("reminder_rules") or {}
    return tuple(_entry({**rules, **entry}) for entry in settings.get("reminders") or ())


def _entry(words: Mapping[str, Any]) -> Entry:
    holds_until = words.get("holds_until")
    return Entry(
        key=str(words["key"]),
        working_days=int(words["when"]["working_days"]),
        at=dt.time.fromisoformat(words["when"]["at"]),
        to=tuple(words["to"]),
        only_if_owed=bool(words.get("only_if_owed")),
        priority=priority_of(reminder_purpose(str(words["key"])), [words]),
        catch_up=words.get("catch_up") == "next",
        holds_until=dt.time.fromisoformat(holds_until) if holds_until else None,
        quiet=quiet_hours(words.get("quiet")),
        working_days_only=bool(words.get("working_days_only")),
        escalation=tuple(words.get("escalation") or ()),
        duty=str(words.get("duty", "")),
        words=words,
    )


def quiet_hours(given: Mapping[str, str] | None) -> Quiet | None:
    """`{from: "20:00", until: "07:00"}`. Raises KeyError, TypeError, ValueError for anything else."""
    if not given:
        return None
    return Quiet(dt.time.fromisoformat(given["from"]), dt.time.fromisoformat(given["until"]))


@dataclass(frozen=True, slots=True)
class Turn:
    """An entry whose turn it is, with the roles of the plan whose newest it is."""

    entry: Entry
    planned: dt.datetime
    roles: tuple[str, ...]


def turns(plan: Iterable[Entry], due: dt.date, now: dt.datetime, days: WorkingDays) -> list[Turn]:
    """What of one round's plan may go out at `now`: for each role its newest entry alone, so that whoever comes back
    after days hears what is true now and not everything that was missed."""
    newest: dict[str, tuple[Entry, dt.datetime]] = {}
    for entry in sorted(plan, key=lambda item: item.planned(due, days)):
        planned = entry.planned(due, days)
        if planned <= now:
            newest |= dict.fromkeys(entry.to, (entry, planned))
    found: dict[str, Turn] = {}
    for role, (entry, planned) in newest.items():
        if entry.sends(planned, now, days):
            before = found[entry.key].roles if entry.key in found else ()
            found[entry.key] = Turn(entry, planned, (*before, role))
    return [found[key] for key in found]


def stage(plan: Iterable[Entry], due: dt.date, now: dt.datetime, days: WorkingDays) -> Entry | None:
    """The entry whose words fit a reminder that is asked for by hand at `now`; None for a plan that reminds nobody.

    That of the day itself, at any hour; after the due date the first one that is planned after it; before, the newest
    whose words hold on later days.
    """
    of_districts = [entry for entry in plan if not set(entry.to) <= set(STAFF_ROLES)]
    timed = sorted(((entry.planned(due, days), entry) for entry in of_districts), key=lambda item: item[0])
    today = [(planned, entry) for planned, entry in timed if day_of(planned) == day_of(now)]
    if today:
        return next((entry for planned, entry in reversed(today) if planned <= now), today[0][1])
    after = [entry for planned, entry in timed if day_of(planned) > due]
    if day_of(now) > due and after:
        return after[0]
    lasting = [entry for planned, entry in timed if entry.catch_up and planned <= now]
    return next(iter([*lasting[::-1], *of_districts]), None)
