"""Which reminders are due: the campaign's plan, the civil clock, and who still owes. Reads only."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from models.area import AreaKind
from models.campaign import Campaign, Form, Round
from models.chat import Delivery, OutboxRequest
from models.obligation import OWED, Draft, Obligation, Reminder
from models.people import REPORTING_ROLES, STAFF_ROLES, LineAccount, Membership
from services.calendar import day_of
from services.campaigns.files import working_days_of
from services.reminders.addressees import Addressee, Case, Holder, addressees
from services.reminders.entries import Entry, entries, turns
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
    for due in due_entries(session, now):
        wanted += _to_province(session, due, now)
        if due.of_districts:
            found, nobody = to_districts(session, due, now)
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


def recipients(session: Session, campaign: Campaign, rnd: Round, entry: Entry, now: dt.datetime) -> int:
    """How many people an entry that is still to come would be sent to if nobody reported until then."""
    due = Due(campaign, rnd, entry, entry.key, entry.key, now, entry.to)
    of_districts = to_districts(session, due, now)[0] if due.of_districts else []
    return sum(len(item.addressees) for item in (*_to_province(session, due, now), *of_districts))


def _to_province(session: Session, due: Due, now: dt.datetime) -> Iterator[Wanted]:
    if not due.of_province:
        return
    decided = _decided(session, due)[WHOLE_ROUND]
    if decided and day_of(due.planned_for) < day_of(now):
        return
    found = session.execute(
        select(LineAccount.id, Membership.role)
        .join(Membership, Membership.person_id == LineAccount.person_id)
        .where(
            Membership.area_code == due.campaign.province_code,
            Membership.role.in_(due.of_province),
            Membership.ended_at.is_(None),
            LineAccount.following,
        )
        .order_by(Membership.since, LineAccount.id)
    )
    people = {account_id: Addressee(account_id, role) for account_id, role in found if account_id not in decided}
    if people:
        yield Wanted(due, WHOLE_ROUND, tuple(people.values()))


def to_districts(session: Session, due: Due, now: dt.datetime) -> tuple[list[Wanted], tuple[str, ...]]:
    """Each district's word with those who have not got it, and the districts where nobody can be reached.

    On a later day than its own an entry is made up for only where nobody was written to at all: whoever took the
    district's report over meanwhile is not reminded a second time.
    """
    decided = _decided(session, due)
    another_day = day_of(due.planned_for) < day_of(now)
    holders = holders_of(session, due.campaign.province_code)
    wanted, nobody = [], []
    for obligation, waits in _obligations(session, due):
        heard = addressees(
            due.entry, due.of_districts, Case(obligation.assigned_to, waits), holders[obligation.area_code]
        )
        if not heard:
            nobody.append(obligation.area_code)
        if another_day and decided[obligation.id]:
            continue
        new = tuple(each for each in heard if each.account_id not in decided[obligation.id])
        if new:
            wanted.append(Wanted(due, obligation.id, new))
    return wanted, tuple(dict.fromkeys(nobody))


def _decided(session: Session, due: Due) -> dict[int, set[int]]:
    """Accounts by obligation for which this entry has been decided on, and not in vain."""
    found: dict[int, set[int]] = defaultdict(set)
    for obligation_id, account_id in session.execute(
        select(Reminder.obligation_id, Reminder.account_id).where(
            Reminder.entry == due.key, Reminder.round_id == due.round.id, ~in_vain()
        )
    ):
        found[obligation_id].add(account_id)
    return found


def in_vain() -> ColumnElement[bool]:
    """The reminder was written, could not be sent on its day, and no try of it may have arrived."""
    return exists().where(
        Delivery.outbox_id == Reminder.outbox_id,
        Delivery.account_id == Reminder.account_id,
        Delivery.problem == STALE,
        OutboxRequest.id == Delivery.outbox_id,
        OutboxRequest.frozen.is_(False),
    )


def holders_of(session: Session, province_code: str) -> dict[str, list[Holder]]:
    """Who can be written to in each area of the province, the longest member first."""
    found: dict[str, list[Holder]] = defaultdict(list)
    rows = session.execute(
        select(Membership.area_code, LineAccount.id, Membership.person_id, Membership.role)
        .join(LineAccount, LineAccount.person_id == Membership.person_id)
        .where(Membership.area_code.startswith(province_code), Membership.ended_at.is_(None), LineAccount.following)
        .order_by(Membership.since, LineAccount.id)
    )
    for area_code, account_id, person_id, role in rows:
        found[area_code].append(Holder(account_id, person_id, role))
    return found


def _obligations(session: Session, due: Due) -> Iterator[tuple[Obligation, bool]]:
    """What districts owe in this round, and whether it waits for the head of office. What the province fills in for
    them is never chased."""
    statement = (
        select(Obligation, Draft.asked_at.is_not(None))
        .join(Form, Form.id == Obligation.form_id)
        .outerjoin(Draft, Draft.obligation_id == Obligation.id)
        .where(Obligation.round_id == due.round.id, Form.unit == AreaKind.DISTRICT.value)
        .order_by(Obligation.area_code, Obligation.id)
    )
    if due.entry.only_if_owed:
        statement = statement.where(Obligation.state.in_(OWED))
    yield from ((obligation, bool(waits)) for obligation, waits in session.execute(statement))


def silent_areas(session: Session, due: Due) -> list[str]:
    """Codes of the districts that still owe the round and where nobody who may report can be written to."""
    holders = holders_of(session, due.campaign.province_code)
    owing = session.scalars(
        select(Obligation.area_code)
        .join(Form, Form.id == Obligation.form_id)
        .where(Obligation.round_id == due.round.id, Obligation.state.in_(OWED), Form.unit == AreaKind.DISTRICT.value)
        .distinct()
        .order_by(Obligation.area_code)
    )
    return [code for code in owing if not any(each.role in REPORTING_ROLES for each in holders[code])]
