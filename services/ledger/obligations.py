"""Who owes what by when, as facts for the conversation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session, defer

from bot.conversation.facts import ObligationFacts, PersonFacts
from bot.messages.bubbles import Text
from models.area import AreaKind
from models.campaign import Campaign, Form, Round
from models.obligation import Draft, Obligation, ObligationState, Report
from models.people import Person
from services.ledger.ledger import returned_boxes
from services.ledger.rounds import called, of_work, several_open
from services.people.people import Areas
from services.reports.form_versions import to_offer


def obligations_of(
    session: Session, person: PersonFacts, now: dt.datetime, areas: Areas
) -> tuple[ObligationFacts, ...]:
    """Reports of the person's areas that have opened by now (civil), oldest round first."""
    rows = session.execute(
        _obligations().where(
            Obligation.area_code.in_([item.area.code for item in person.roles]),
            Round.opens_at <= now,
            Form.current_version_id.is_not(None),  # what has no form is not filled in here
        )
    ).all()
    held = {(item.role, item.area.code) for item in person.roles}
    mine = [row for row in rows if any((role, row.Obligation.area_code) in held for role in row.Form.answered_by)]
    return _all(session, mine, now, areas)


def reports_of(session: Session, area_code: str, now: dt.datetime, areas: Areas) -> tuple[ObligationFacts, ...]:
    """Every report of one area that has opened by now (civil), oldest round first, whoever answers it."""
    return _opened(session, Obligation.area_code == area_code, now, areas)


def district_reports(
    session: Session, campaign: Campaign | None, now: dt.datetime, areas: Areas
) -> tuple[ObligationFacts, ...]:
    """Every report of the districts of a campaign's province that has opened by now (civil), oldest round first."""
    if campaign is None:
        return ()
    of_province = select(Campaign.id).where(Campaign.province_code == campaign.province_code)
    districts = and_(Round.campaign_id.in_(of_province), Form.unit == AreaKind.DISTRICT.value)
    return _opened(session, districts, now, areas)


def _opened(
    session: Session, which: ColumnElement[bool], now: dt.datetime, areas: Areas
) -> tuple[ObligationFacts, ...]:
    found = _obligations().where(which, Round.opens_at <= now, Form.current_version_id.is_not(None))
    return _all(session, session.execute(found).all(), now, areas)


def obligations_in(
    session: Session, form_id: int, area_code: str, now: dt.datetime, areas: Areas
) -> tuple[ObligationFacts, ...]:
    """Every round's obligation of one form and area, opened or not, by round."""
    found = _obligations().where(Obligation.form_id == form_id, Obligation.area_code == area_code)
    return _all(session, session.execute(found).all(), now, areas)


def _all(session: Session, rows: Sequence[Any], now: dt.datetime, areas: Areas) -> tuple[ObligationFacts, ...]:
    """Facts of each row; rounds bear the name of their work where the province has several campaigns open."""
    by_id = _campaigns(session, {row.Round.campaign_id for row in rows})
    campaigns = [by_id[row.Round.campaign_id] for row in rows]
    several = several_open(session, {campaign.province_code for campaign in campaigns}, now)
    areas.read({row.Obligation.area_code for row in rows})
    return tuple(
        _facts(session, row, _label(campaign, row.Round, areas, several=campaign.province_code in several), now, areas)
        for row, campaign in zip(rows, campaigns, strict=True)
    )


def _campaigns(session: Session, ids: Collection[int]) -> dict[int, Campaign]:
    """One by its key, since the turn has mostly read it already; of many the settings, which are large, are left
    until somebody asks for them."""
    if len(ids) <= 1:
        return {each: session.get_one(Campaign, each) for each in ids}
    found = select(Campaign).where(Campaign.id.in_(ids)).options(defer(Campaign.settings))
    return {each.id: each for each in session.scalars(found)}


def _obligations() -> Any:
    late = exists().where(Report.obligation_id == Obligation.id, Report.late)
    versions = select(func.count(Report.id)).where(Report.obligation_id == Obligation.id).scalar_subquery()
    return (
        select(
            Obligation,
            Round,
            Form,
            Draft,
            Person.name.label("assigned_name"),
            versions.label("versions"),
            late.label("late"),
        )
        .join(Round, Round.id == Obligation.round_id)
        .join(Form, Form.id == Obligation.form_id)
        .outerjoin(Draft, Draft.obligation_id == Obligation.id)
        .outerjoin(Person, Person.id == Obligation.assigned_to)
        .options(defer(Draft.answers), defer(Draft.skipped))
        .order_by(Round.due_at, Form.id, Obligation.area_code)
    )


def _label(campaign: Campaign, rnd: Round, areas: Areas, *, several: bool) -> int | Text:
    named = of_work if several and not rnd.duty else called
    return named(campaign, rnd, areas.locale)


def _facts(session: Session, row: Any, label: int | Text, now: dt.datetime, areas: Areas) -> ObligationFacts:
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
        late=row.late,
        draft_exists=draft is not None,
        versions=row.versions,
        asked=draft is not None and draft.asked_at is not None,
        assigned_to=obligation.assigned_to,
        assigned_name=row.assigned_name or "",
        newer_form=to_offer(row.Form, draft),
        edited_by=draft.updated_by if draft is not None else None,
        state=obligation.state,
        duty=rnd.duty,
        label=label if isinstance(label, Text) else None,
        returned=returned_boxes(session, obligation.id) if back else (),
    )
