"""Who owes what by when, as facts for the conversation."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from bot.conversation.facts import ObligationFacts, PersonFacts
from models.campaign import Form, Round
from models.obligation import Draft, Obligation, ObligationState, Report
from models.people import Person
from services.form_versions import to_offer
from services.ledger import returned_boxes
from services.people import Areas


def obligations_of(
    session: Session, person: PersonFacts, now: dt.datetime, areas: Areas
) -> tuple[ObligationFacts, ...]:
    """Reports of the person's areas that have opened by now (civil), oldest round first."""
    rows = session.execute(
        _obligations().where(Obligation.area_code.in_([item.area.code for item in person.roles]), Round.opens_at <= now)
    ).all()
    held = {(item.role, item.area.code) for item in person.roles}
    return tuple(
        _facts(session, row, now, areas)
        for row in rows
        if any((role, row.Obligation.area_code) in held for role in row.Form.answered_by)
    )


def obligations_in(
    session: Session, form_id: int, area_code: str, now: dt.datetime, areas: Areas
) -> tuple[ObligationFacts, ...]:
    """Every round's obligation of one form and area, opened or not, by round."""
    found = _obligations().where(Obligation.form_id == form_id, Obligation.area_code == area_code)
    return tuple(_facts(session, row, now, areas) for row in session.execute(found).all())


def _obligations() -> Any:
    versions = select(func.count(Report.id)).where(Report.obligation_id == Obligation.id).scalar_subquery()
    return (
        select(Obligation, Round, Form, Draft, Person.name.label("assigned_name"), versions.label("versions"))
        .join(Round, Round.id == Obligation.round_id)
        .join(Form, Form.id == Obligation.form_id)
        .outerjoin(Draft, Draft.obligation_id == Obligation.id)
        .outerjoin(Person, Person.id == Obligation.assigned_to)
        .options(defer(Draft.answers), defer(Draft.skipped))
        .order_by(Round.due_at, Form.id, Obligation.area_code)
    )


def _facts(session: Session, row: Any, now: dt.datetime, areas: Areas) -> ObligationFacts:
    obligation, rnd, draft = row.Obligation, row.Round, row.Draft
    back = obligation.state == ObligationState.RETURNED
    return ObligationFacts(
        id=obligation.id,
        form_key=row.Form.key,
        round_number=rnd.number,
        area=areas[obligation.area_code],
        opens_at=rnd.opens_at,
        due_at=rnd.due_at,
        closed=rnd.closes_at is not None and rnd.closes_at <= now,
        settled=obligation.settled,
        late=obligation.state == ObligationState.LATE,
        draft_exists=draft is not None,
        versions=row.versions,
        asked=draft is not None and draft.asked_at is not None,
        assigned_to=obligation.assigned_to,
        assigned_name=row.assigned_name or "",
        newer_form=to_offer(row.Form, draft),
        edited_by=draft.updated_by if draft is not None else None,
        state=obligation.state,
        returned=returned_boxes(session, obligation.id) if back else (),
    )
