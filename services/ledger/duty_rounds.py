"""Storing the rounds of duties and who owes them. Loading again moves what lies ahead, and nothing that was begun."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from models.campaign import Campaign, Form, Round
from models.obligation import Obligation, ObligationChange, ObligationState, Reminder
from services.campaigns.duties import DutyPlan, DutyRound


def store_duty(session: Session, campaign: Campaign, plan: DutyPlan, now: dt.datetime) -> None:
    """The duty's form knows whose it is, and its rounds stand as planned; `now` is civil."""
    form = session.scalar(select(Form).where(Form.campaign_id == campaign.id, Form.key == plan.form))
    if form is None:
        form = Form(campaign_id=campaign.id, key=plan.form, unit=plan.unit, answered_by=plan.answered_by)
        session.add(form)
    form.duty = plan.key
    if plan.certified:
        form.unit, form.answered_by = plan.unit, plan.answered_by
    session.flush()
    standing = select(Round).where(Round.campaign_id == campaign.id, Round.duty == plan.key)
    stored = {rnd.number: rnd for rnd in session.scalars(standing)}
    for planned in plan.rounds:
        _store(session, campaign, plan, planned, stored.pop(planned.number, None), now)
    for left in stored.values():
        _drop(session, left, now)
    session.flush()


def _store(
    session: Session, campaign: Campaign, plan: DutyPlan, planned: DutyRound, rnd: Round | None, now: dt.datetime
) -> None:
    if rnd is None:
        key = {"campaign_id": campaign.id, "duty": plan.key, "number": planned.number}
        session.add(Round(**key, opens_at=planned.opens_at, due_at=planned.due_at, closes_at=None))
    elif not _fixed(session, rnd, now):
        rnd.opens_at, rnd.due_at = planned.opens_at, planned.due_at


def _fixed(session: Session, rnd: Round, now: dt.datetime) -> bool:
    """Its date is past, or somebody has begun to answer it."""
    begun = exists().where(
        Obligation.round_id == rnd.id,
        (Obligation.state != ObligationState.OPEN.value)
        | exists().where(ObligationChange.obligation_id == Obligation.id).correlate(Obligation),
    )
    return rnd.due_at < now or bool(session.scalar(select(begun)))


def _drop(session: Session, rnd: Round, now: dt.datetime) -> None:
    """A date that the schedule has no more: gone, unless it is past, begun, or somebody was reminded of it."""
    reminded = session.scalar(select(Reminder.id).where(Reminder.round_id == rnd.id).limit(1))
    if reminded is not None or _fixed(session, rnd, now):
        return
    session.execute(delete(Obligation).where(Obligation.round_id == rnd.id))
    session.delete(rnd)
