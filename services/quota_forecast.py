"""What the reminder plan may still need this month, at worst: nobody reports, and everybody is reminded every time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from models.area import AreaKind
from models.campaign import Campaign, Form, Round
from models.obligation import OWED, Obligation
from models.people import STAFF_ROLES, LineAccount, Membership
from services.calendar import BANGKOK, day_of
from services.campaign_files import planned, working_days_of
from services.quota_order import priority_of, reminder_purpose
from services.reminder_audience import audience


@dataclass(frozen=True, slots=True)
class Expected:
    """An entry of the plan that is still to come this month."""

    purpose: str
    priority: int
    planned_for: dt.datetime
    messages: int
    """Recipients, which is what LINE counts."""


def month_of(now: dt.datetime) -> str:
    """The civil month in Bangkok, such as 2021-06."""
    return f"{day_of(now):%Y-%m}"


def expected(session: Session, now: dt.datetime) -> list[Expected]:
    """What is planned between `now` (civil) and the end of the month, for every campaign; soonest first."""
    found: list[Expected] = []
    rounds = select(Campaign, Round).join(Round, Round.campaign_id == Campaign.id).where(Round.duty == "")
    for campaign, rnd in session.execute(rounds):
        if rnd.closes_at is None or rnd.closes_at > now:
            found += _of_round(session, campaign, rnd, now)
    return sorted(found, key=lambda item: (item.planned_for, -item.priority))


def needed_after(coming: Iterable[Expected], priority: int) -> int:
    """Messages that must stay for what ranks above `priority`."""
    return sum(item.messages for item in coming if item.priority > priority)


def plans(session: Session) -> list[Mapping[str, Any]]:
    """The reminder entries of all campaigns."""
    return [entry for settings in session.scalars(select(Campaign.settings)) for entry in settings.get("reminders", ())]


def _of_round(session: Session, campaign: Campaign, rnd: Round, now: dt.datetime) -> Iterator[Expected]:
    plan: list[Mapping[str, Any]] = campaign.settings.get("reminders", [])
    working_days, due, end = working_days_of(campaign.settings), day_of(rnd.due_at), _end_of_month(now)
    for entry in plan:
        planned_for = planned(entry["when"], due, working_days)
        if now < planned_for < end:
            messages = sum(_recipients(session, campaign, rnd, entry, role) for role in entry["to"])
            purpose = reminder_purpose(entry["key"])
            yield Expected(purpose, priority_of(purpose, plan), planned_for, messages)


def _end_of_month(now: dt.datetime) -> dt.datetime:
    first = day_of(now).replace(day=1)
    return dt.datetime.combine((first + dt.timedelta(days=31)).replace(day=1), dt.time(), BANGKOK)


def _recipients(session: Session, campaign: Campaign, rnd: Round, entry: Mapping[str, Any], role: str) -> int:
    accounts = (
        select(func.count(LineAccount.id))
        .join(Membership, Membership.person_id == LineAccount.person_id)
        .where(Membership.ended_at.is_(None), LineAccount.following)
    )
    if role in STAFF_ROLES:
        of_province = (Membership.role == role, Membership.area_code == campaign.province_code)
        return session.scalar(accounts.where(*of_province)) or 0
    districts = accounts.join(Obligation, Obligation.area_code == Membership.area_code).join(Form)
    return session.scalar(districts.where(*_owing(rnd, entry), audience(role))) or 0


def _owing(rnd: Round, entry: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    conditions = [Obligation.round_id == rnd.id, Form.unit == AreaKind.DISTRICT.value]
    if entry.get("only_if_owed"):
        conditions.append(Obligation.state.in_([state.value for state in OWED]))
    return conditions
