"""Which reminders are due: the campaign's plan, the civil clock, and who still owes. Reads only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.area import AreaKind
from models.campaign import Campaign, Form, Round
from models.obligation import OWED, Obligation, Reminder
from models.people import STAFF_ROLES, LineAccount, Membership
from services.calendar import day_of
from services.campaign_files import planned, working_days_of
from services.reminder_audience import audience

WHOLE_ROUND = 0
"""In place of an obligation, for a summary."""


@dataclass(frozen=True)
class Due:
    """An entry of the plan whose time has come today, for one role."""

    campaign: Campaign
    round: Round
    entry: Mapping[str, Any]
    planned_for: dt.datetime
    role: str

    @property
    def for_staff(self) -> bool:
        return self.role in STAFF_ROLES


@dataclass(frozen=True)
class Wanted:
    """A reminder that nobody has decided on yet."""

    due: Due
    obligation_id: int
    account_id: int


def wanted(session: Session, now: dt.datetime) -> list[Wanted]:
    """All that is due by `now` (civil) and stands in no reminder row, once for each obligation and account."""
    found: dict[tuple[object, ...], Wanted] = {}
    for due in due_entries(session, now):
        for item in _recipients(session, due):
            found.setdefault((due.entry["key"], due.round.id, item.obligation_id, item.account_id), item)
    return list(found.values())


def due_entries(session: Session, now: dt.datetime) -> list[Due]:
    """The newest entry of each open round for each role, if its day is today (civil, Bangkok)."""
    found: list[Due] = []
    for campaign, rnd in session.execute(select(Campaign, Round).join(Round, Round.campaign_id == Campaign.id)):
        if rnd.closes_at is not None and rnd.closes_at <= now:
            continue
        newest: dict[str, Due] = {}
        for due in sorted(_entries(campaign, rnd), key=lambda item: item.planned_for):
            if due.planned_for <= now:
                newest[due.role] = due
        found += [due for due in newest.values() if day_of(due.planned_for) == day_of(now)]
    return found


def _entries(campaign: Campaign, rnd: Round) -> Iterator[Due]:
    working_days, due = working_days_of(campaign.settings), day_of(rnd.due_at)
    for entry in campaign.settings.get("reminders", []):
        if entry.get("duty", "") != rnd.duty:
            continue  # an entry speaks of the campaign's own rounds unless it names a duty
        for role in entry["to"]:
            yield Due(campaign, rnd, entry, planned(entry["when"], due, working_days), role)


def _recipients(session: Session, due: Due) -> Iterator[Wanted]:
    obligation = Obligation.id if not due.for_staff else WHOLE_ROUND
    statement = select(LineAccount.id).join(Membership, Membership.person_id == LineAccount.person_id)
    decided = select(Reminder.id).where(
        Reminder.entry == due.entry["key"],
        Reminder.round_id == due.round.id,
        Reminder.obligation_id == obligation,
        Reminder.account_id == LineAccount.id,
    )
    statement = statement.where(Membership.ended_at.is_(None), LineAccount.following, ~decided.exists()).order_by(
        Membership.area_code, Membership.since, LineAccount.id
    )
    if due.for_staff:
        of_province = statement.where(Membership.role == due.role, Membership.area_code == due.campaign.province_code)
        yield from (Wanted(due, WHOLE_ROUND, account_id) for account_id in session.scalars(of_province))
        return
    owed = statement.add_columns(Obligation.id).join(Obligation, Obligation.area_code == Membership.area_code)
    owed = owed.join(Form, Form.id == Obligation.form_id).where(*_of_districts(due), audience(due.role))
    yield from (Wanted(due, obligation_id, account_id) for account_id, obligation_id in session.execute(owed))


def _of_districts(due: Due) -> list[Any]:
    """What districts owe in this round. What the province fills in for them is never chased."""
    conditions = [Obligation.round_id == due.round.id, Form.unit == AreaKind.DISTRICT.value]
    if due.entry.get("only_if_owed"):
        conditions.append(Obligation.state.in_(OWED))
    return conditions
