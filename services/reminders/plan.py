"""Which reminders are due: the campaign's plan, the civil clock, and who still owes. Reads only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.area import AreaKind
from models.campaign import Campaign, Form, Round
from models.obligation import OWED, Obligation
from models.people import REPORTING_ROLES, STAFF_ROLES
from services.calendar import day_of
from services.campaigns.stored_settings import working_days_of
from services.reminders.addressees import Addressee, Case, addressees
from services.reminders.entries import Entry, entries, turns
from services.reminders.plan_rows import PlanRows
from services.reminders.province import untold

STALE = "stale"
"""A delivery's problem: its day was over before LINE took it (services.sending.deciding)."""
WHOLE_ROUND = 0
"""In place of an obligation, for a summary."""


@dataclass(frozen=True)
class Due:
    """An entry of the plan whose turn it is, for the roles whose newest it is."""

    campaign: Campaign
    round: Round
    entry: Entry
    key: str
    """Stands in the reminder rows: the entry's key, or that of a reminder asked for by hand."""
    purpose: str
    """The entry's key, or "asked"."""
    planned_for: dt.datetime
    roles: tuple[str, ...]
    fresh: bool = True
    """The words that were written for the entry's own day and hour are true now."""

    @property
    def of_province(self) -> tuple[str, ...]:
        return tuple(role for role in self.roles if role in STAFF_ROLES)

    @property
    def of_districts(self) -> tuple[str, ...]:
        return tuple(role for role in self.roles if role not in STAFF_ROLES)


@dataclass(frozen=True)
class Wanted:
    """A word that nobody has decided on yet: one district's, to all who hear it, or a round's to the province."""

    due: Due
    obligation_id: int
    addressees: tuple[Addressee, ...]

    @property
    def for_staff(self) -> bool:
        return self.obligation_id == WHOLE_ROUND


@dataclass(frozen=True)
class Plan:
    """What is to be decided now, the most important first, and where nobody can be reached."""

    wanted: tuple[Wanted, ...]
    unreachable: tuple[tuple[Due, tuple[str, ...]], ...]
    """Codes of districts, for each entry that should have been heard there."""


def read_plan(session: Session, now: dt.datetime) -> Plan:
    """All that is due by `now` (civil) and stands in no reminder row, once for each obligation and account."""
    wanted: list[Wanted] = []
    unreachable = []
    rows = PlanRows(session)
    for due in due_entries(session, now):
        wanted += _to_province(rows, due, now)
        if due.of_districts:
            found, nobody = to_districts(rows, due, now)
            wanted += found
            unreachable += [(due, nobody)] if nobody and _province_hears(session, due) else []
    wanted.sort(key=lambda item: (-item.due.entry.priority, item.due.round.number, item.obligation_id))
    return Plan(tuple(wanted), tuple(unreachable))


def due_entries(session: Session, now: dt.datetime) -> list[Due]:
    """Whose turn it is in each open round (civil time, Bangkok)."""
    found: list[Due] = []
    for campaign, rnd in session.execute(select(Campaign, Round).join(Round, Round.campaign_id == Campaign.id)):
        if rnd.closes_at is not None and rnd.closes_at <= now:
            continue
        days = working_days_of(campaign.settings)
        for turn in turns(plan_of(campaign, rnd), day_of(rnd.due_at), now, days):
            fresh = turn.entry.fresh(turn.planned, now)
            found.append(
                Due(campaign, rnd, turn.entry, turn.entry.key, turn.entry.key, turn.planned, turn.roles, fresh)
            )
    return found


def plan_of(campaign: Campaign, rnd: Round) -> tuple[Entry, ...]:
    """An entry speaks of the campaign's own rounds unless it names a duty."""
    return tuple(entry for entry in entries(campaign.settings) if entry.duty == rnd.duty)


def silence_of(due: Due) -> str:
    """What the province's notices of districts without anybody are about: one a round, the summary has the rest."""
    return f"unreachable round {due.round.id}"


def _province_hears(session: Session, due: Due) -> bool:
    """Whether the entry's escalation ends with the province, and it has not been told yet."""
    if not any(role in STAFF_ROLES for role in due.entry.escalation):
        return False
    return bool(untold(session, due.campaign, silence_of(due)))


def recipients(rows: PlanRows, campaign: Campaign, rnd: Round, entry: Entry, now: dt.datetime) -> int:
    """How many people an entry that is still to come would be sent to if nobody reported until then."""
    due = Due(campaign, rnd, entry, entry.key, entry.key, now, entry.to)
    of_districts = to_districts(rows, due, now)[0] if due.of_districts else []
    return sum(len(item.addressees) for item in (*_to_province(rows, due, now), *of_districts))


def _to_province(rows: PlanRows, due: Due, now: dt.datetime) -> Iterator[Wanted]:
    if not due.of_province:
        return
    decided = rows.decided(due.key, due.round.id)[WHOLE_ROUND]
    if decided and day_of(due.planned_for) < day_of(now):
        return
    province = due.campaign.province_code
    found = (each for each in rows.holders(province)[province] if each.role in due.of_province)
    people = {each.account_id: Addressee(each.account_id, each.role) for each in found}
    new = tuple(each for account_id, each in people.items() if account_id not in decided)
    if new:
        yield Wanted(due, WHOLE_ROUND, new)


def to_districts(rows: PlanRows, due: Due, now: dt.datetime) -> tuple[list[Wanted], tuple[str, ...]]:
    """Each district's word with those who have not got it, and the districts where nobody can be reached.

    On a later day than its own an entry is made up for only where nobody was written to at all: whoever took the
    district's report over meanwhile is not reminded a second time.
    """
    decided = rows.decided(due.key, due.round.id)
    another_day = day_of(due.planned_for) < day_of(now)
    holders = rows.holders(due.campaign.province_code)
    wanted, nobody = [], []
    for owed in rows.owed(due.round.id, only_if_owed=due.entry.only_if_owed):
        heard = addressees(due.entry, due.of_districts, Case(owed.assigned_to, owed.waits), holders[owed.area_code])
        if not heard:
            nobody.append(owed.area_code)
        if another_day and decided[owed.id]:
            continue
        new = tuple(each for each in heard if each.account_id not in decided[owed.id])
        if new:
            wanted.append(Wanted(due, owed.id, new))
    return wanted, tuple(dict.fromkeys(nobody))


def silent_areas(session: Session, due: Due) -> list[str]:
    """Codes of the districts that still owe the round and where nobody who may report can be written to."""
    holders = PlanRows(session).holders(due.campaign.province_code)
    owing = session.scalars(
        select(Obligation.area_code)
        .join(Form, Form.id == Obligation.form_id)
        .where(Obligation.round_id == due.round.id, Obligation.state.in_(OWED), Form.unit == AreaKind.DISTRICT.value)
        .distinct()
        .order_by(Obligation.area_code)
    )
    return [code for code in owing if not any(each.role in REPORTING_ROLES for each in holders[code])]
