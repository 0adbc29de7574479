"""Reminders that were due and not sent because the month's quota was short: listed, and told to the province."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from models.campaign import Campaign, Round
from models.chat import Delivery
from models.obligation import OWED, Obligation, Reminder
from services.calendar import day_of

QUOTA = "quota"


@dataclass(frozen=True, slots=True)
class Dropped:
    """One person who did not hear a reminder; summaries have no area."""

    entry: str
    round_number: int
    area_code: str
    account_id: int
    planned_for: dt.datetime


def dropped(session: Session, campaign: Campaign, month: str) -> list[Dropped]:
    """All that was dropped for the quota in a civil month such as 2021-06, in the order of the plan's times."""
    found = session.execute(
        select(Reminder, Round.number, Obligation.area_code)
        .join(Round, Round.id == Reminder.round_id)
        .outerjoin(Obligation, Obligation.id == Reminder.obligation_id)
        .where(Round.campaign_id == campaign.id, _for_quota())
        .order_by(Reminder.planned_for, Reminder.entry, Obligation.area_code, Reminder.account_id)
    )
    return [
        Dropped(row.entry, number, area_code or "", row.account_id, row.planned_for)
        for row, number, area_code in found
        if f"{day_of(row.created_at):%Y-%m}" == month
    ]


def dropped_since(session: Session, campaign_ids: Collection[int], since: dt.datetime) -> int:
    """How many people did not hear a reminder for the quota's sake, counted once for each reminder."""
    found = (
        select(func.count(Reminder.id))
        .join(Round, Round.id == Reminder.round_id)
        .where(Round.campaign_id.in_(campaign_ids), Reminder.created_at >= since, _for_quota())
    )
    return session.scalar(found) or 0


def _for_quota() -> ColumnElement[bool]:
    """Left out by the plan, or refused by LINE for the quota when it was sent."""
    refused = exists().where(
        Delivery.outbox_id == Reminder.outbox_id, Delivery.account_id == Reminder.account_id, Delivery.problem == QUOTA
    )
    return or_(Reminder.dropped == QUOTA, refused)


def dropped_areas(session: Session, round_id: int) -> list[str]:
    """Codes of the districts that still owe the round and did not hear every reminder of it for the quota's sake."""
    found = session.scalars(
        select(Obligation.area_code)
        .join(Reminder, Reminder.obligation_id == Obligation.id)
        .where(Reminder.round_id == round_id, Obligation.state.in_(OWED), _for_quota())
        .distinct()
        .order_by(Obligation.area_code)
    )
    return list(found)
