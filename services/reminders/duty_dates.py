"""What the reminder plan says of the duties beside the campaign's rounds: which date is on, who still owes it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from models.campaign import Campaign, Form, Round
from models.obligation import OWED, Obligation, ObligationState
from services.calendar import day_of
from services.reminders.plan import plan_of
from services.reminders.timetable import Planned, timetable


@dataclass(frozen=True, slots=True)
class DutyDate:
    """The date of a duty that is on now, or the first one to come."""

    round: Round
    unit: str
    """As models.area.AreaKind: what kind of areas owe it."""
    opens: dt.date
    opened: bool
    owing: int
    total: int
    """Areas that were asked for it; excused ones are in neither count."""
    plan: tuple[Planned, ...]
    """Empty: nobody is reminded of it by the plan."""


def duty_dates(session: Session, campaign: Campaign, now: dt.datetime) -> tuple[DutyDate, ...]:
    """One for each duty that areas owe, by its due day; a duty whose dates are all closed has none. `now` is civil."""
    dates = sorted(_on_now(session, campaign, now).values(), key=lambda rnd: (rnd.due_at, rnd.id))
    forms = session.execute(select(Form.duty, Form.unit).where(Form.campaign_id == campaign.id))
    units = {form.duty: form.unit for form in forms}
    counts = _counts(session, [rnd.id for rnd in dates])
    return tuple(
        DutyDate(
            rnd,
            units[rnd.duty],
            day_of(rnd.opens_at),
            rnd.opens_at <= now,
            *counts.get(rnd.id, (0, 0)),
            timetable(session, campaign, rnd, now) if plan_of(campaign, rnd) else (),
        )
        for rnd in dates
        if rnd.duty in units
    )


def _on_now(session: Session, campaign: Campaign, now: dt.datetime) -> dict[str, Round]:
    """By duty: the newest date that has opened, else the first one."""
    found: dict[str, Round] = {}
    rounds = select(Round).where(
        Round.campaign_id == campaign.id, Round.duty != "", or_(Round.closes_at.is_(None), Round.closes_at > now)
    )
    for rnd in session.scalars(rounds.order_by(Round.duty, Round.number)):
        if rnd.duty not in found or rnd.opens_at <= now:
            found[rnd.duty] = rnd
    return found


def _counts(session: Session, round_ids: list[int]) -> dict[int, tuple[int, int]]:
    """(owing, asked) by round."""
    owes = func.sum(case((Obligation.state.in_(OWED), 1), else_=0))
    rows = session.execute(
        select(Obligation.round_id, owes, func.count(Obligation.id))
        .where(Obligation.round_id.in_(round_ids), Obligation.state != ObligationState.WAIVED.value)
        .group_by(Obligation.round_id)
    )
    return {round_id: (int(owing), total) for round_id, owing, total in rows}
