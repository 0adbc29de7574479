"""What the reminder plan may still need this month, at worst: nobody reports, and everybody is reminded every time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, defer

from models.campaign import Campaign, Round
from services.calendar import BANGKOK, WorkingDays, day_of
from services.campaigns.stored_settings import working_days_of
from services.quota.order import reminder_purpose
from services.reminders.entries import Entry, entries
from services.reminders.plan import recipients
from services.reminders.plan_rows import PlanRows


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
    plans = {plan.campaign.id: plan for plan in _plans(session)}
    open_rounds = select(Round).where(or_(Round.closes_at.is_(None), Round.closes_at > now)).order_by(Round.id)
    coming = [
        (plans[rnd.campaign_id].campaign, rnd, entry, planned_for)
        for rnd in session.scalars(open_rounds)
        for entry, planned_for in _this_month(plans[rnd.campaign_id], rnd, now)
    ]
    rows = PlanRows(session)
    if coming:
        rows.read({rnd.id for _campaign, rnd, _entry, _planned in coming})
    for campaign, rnd, entry, planned_for in coming:
        messages = recipients(rows, campaign, rnd, entry, now)
        found.append(Expected(reminder_purpose(entry.key), entry.priority, planned_for, messages))
    return sorted(found, key=lambda item: (item.planned_for, -item.priority))


def needed_after(coming: Iterable[Expected], priority: int) -> int:
    """Messages that must stay for what ranks above `priority`."""
    return sum(item.messages for item in coming if item.priority > priority)


def plans(session: Session) -> list[Mapping[str, Any]]:
    """The reminder entries of all campaigns."""
    found = session.scalars(select(Campaign.settings["reminders"]))
    return [entry for reminders in found for entry in reminders or ()]


@dataclass(frozen=True, slots=True)
class _Plan:
    campaign: Campaign
    entries: tuple[Entry, ...]
    days: WorkingDays


def _plans(session: Session) -> Iterator[_Plan]:
    """Of every campaign. The settings of a country's campaigns take longer to read than all else here: only the three
    parts that a plan is made of are."""
    parts = ("reminders", "reminder_rules", "holidays")
    columns = [Campaign.settings[part].label(part) for part in parts]
    for campaign, *given in session.execute(select(Campaign, *columns).options(defer(Campaign.settings))):
        settings = {part: value or () for part, value in zip(parts, given, strict=True)}
        yield _Plan(campaign, entries(settings), working_days_of(settings))


def _this_month(plan: _Plan, rnd: Round, now: dt.datetime) -> Iterator[tuple[Entry, dt.datetime]]:
    """Entries of a round that are still to come, with their time."""
    due, end = day_of(rnd.due_at), _end_of_month(now)
    for entry in plan.entries:
        planned_for = entry.planned(due, plan.days)
        if entry.duty == rnd.duty and now < planned_for < end:
            yield entry, planned_for


def _end_of_month(now: dt.datetime) -> dt.datetime:
    first = day_of(now).replace(day=1)
    return dt.datetime.combine((first + dt.timedelta(days=31)).replace(day=1), dt.time(), BANGKOK)
