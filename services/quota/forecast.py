"""What the reminder plan may still need this month, at worst: nobody reports, and everybody is reminded every time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.campaign import Campaign, Round
from services.calendar import BANGKOK, day_of
from services.campaigns.files import working_days_of
from services.quota.order import reminder_purpose
from services.reminders.plan import plan_of, recipients


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
    rounds = select(Campaign, Round).join(Round, Round.campaign_id == Campaign.id)
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
    days, due, end = working_days_of(campaign.settings), day_of(rnd.due_at), _end_of_month(now)
    for entry in plan_of(campaign, rnd):
        planned_for = entry.planned(due, days)
        if now < planned_for < end:
            messages = recipients(session, campaign, rnd, entry, now)
            yield Expected(reminder_purpose(entry.key), entry.priority, planned_for, messages)


def _end_of_month(now: dt.datetime) -> dt.datetime:
    first = day_of(now).replace(day=1)
    return dt.datetime.combine((first + dt.timedelta(days=31)).replace(day=1), dt.time(), BANGKOK)
