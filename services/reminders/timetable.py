"""The reminder plan of one round as a table: when, to whom, what came of it, or what it will cost at most."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from models.area import AreaKind
from models.campaign import Campaign, Form, Round
from models.chat import Delivery, OutboxState
from models.obligation import OWED, Obligation, Reminder
from models.people import STAFF_ROLES
from services.calendar import day_of
from services.campaigns.stored_settings import working_days_of
from services.reminders.entries import Entry
from services.reminders.plan import plan_of, recipients
from services.reminders.plan_rows import PlanRows

_FATES = {OutboxState.SENT.value: "sent", OutboxState.PENDING.value: "waiting"}


@dataclass(frozen=True, slots=True)
class Planned:
    """One entry of the plan, for one round."""

    key: str
    at: dt.datetime
    roles: tuple[str, ...]
    to_staff: bool
    past: bool
    """Its time has come; then `messages` is 0 and the counts say what was done."""
    owing: int
    """Districts that owe the round now, which it would chase."""
    messages: int = 0
    """Of the quota, at most: if nobody reports until then."""
    sent: int = 0
    waiting: int = 0
    not_sent: tuple[tuple[str, int], ...] = ()
    """(why, people); why as in broadcast.why."""


def timetable(session: Session, campaign: Campaign, rnd: Round, now: dt.datetime) -> tuple[Planned, ...]:
    """Every entry of the campaign's plan for this round, the first one first; `now` is civil."""
    days, due = working_days_of(campaign.settings), day_of(rnd.due_at)
    plan = sorted(((entry.planned(due, days), entry) for entry in plan_of(campaign, rnd)), key=lambda item: item[0])
    owing = _owing(session, rnd)
    rows = PlanRows(session)
    return tuple(_planned(rows, campaign, rnd, entry, at, now, owing) for at, entry in plan)


def _planned(
    rows: PlanRows, campaign: Campaign, rnd: Round, entry: Entry, at: dt.datetime, now: dt.datetime, owing: int
) -> Planned:
    to_staff = set(entry.to) <= set(STAFF_ROLES)
    chased = owing if entry.only_if_owed and not to_staff else 0
    line = Planned(entry.key, at, entry.to, to_staff, past=at <= now, owing=chased)
    if line.past:
        sent, waiting, not_sent = _came_of(rows.session, rnd, entry.key)
        return replace(line, sent=sent, waiting=waiting, not_sent=not_sent)
    closed = rnd.closes_at is not None and rnd.closes_at <= at
    return line if closed else replace(line, messages=recipients(rows, campaign, rnd, entry, now))


def _came_of(session: Session, rnd: Round, key: str) -> tuple[int, int, tuple[tuple[str, int], ...]]:
    rows = session.execute(
        select(Reminder.dropped, Delivery.state, Delivery.problem, func.count(Reminder.id))
        .outerjoin(Delivery, and_(Delivery.outbox_id == Reminder.outbox_id, Delivery.account_id == Reminder.account_id))
        .where(Reminder.round_id == rnd.id, Reminder.entry == key)
        .group_by(Reminder.dropped, Delivery.state, Delivery.problem)
    )
    counted: Counter[str] = Counter()
    for dropped, state, problem, count in rows:
        counted[dropped or _FATES.get(state or "") or problem or "other"] += count
    sent, waiting = counted.pop("sent", 0), counted.pop("waiting", 0)
    return sent, waiting, tuple(sorted(counted.items()))


def _owing(session: Session, rnd: Round) -> int:
    found = select(func.count(Obligation.area_code.distinct())).join(Form, Form.id == Obligation.form_id)
    own = found.where(Obligation.round_id == rnd.id, Form.unit == AreaKind.DISTRICT.value, Obligation.state.in_(OWED))
    return session.scalar(own) or 0
