"""Who owes what by when, as rows that stand before anybody reports: silence is visible from the first day."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from models.area import Area, AreaKind
from models.campaign import Campaign, Form, Round
from models.obligation import Obligation, ObligationChange, ObligationState, Reminder
from models.upsert import insert_all_or_ignore


def oblige(session: Session, campaign: Campaign, unit: str | None = None) -> None:
    """A row for each area that answers a form, in each round of its series; of one kind of area, when it is named."""
    forms = select(Form).where(Form.campaign_id == campaign.id)
    for form in session.scalars(forms if unit is None else forms.where(Form.unit == unit)).all():
        areas = _units(session, campaign, form)
        rounds = select(Round.id).where(Round.campaign_id == campaign.id, Round.duty == form.duty)
        for round_id in session.scalars(rounds).all():
            key = {"round_id": round_id, "form_id": form.id, "state": ObligationState.OPEN.value}
            insert_all_or_ignore(session, Obligation, [{**key, "area_code": code} for code in areas])


def _units(session: Session, campaign: Campaign, form: Form) -> list[str]:
    if form.unit == AreaKind.PROVINCE:
        return [campaign.province_code]
    found = select(Area.code).where(Area.kind == form.unit, Area.code.startswith(campaign.province_code))
    return list(session.scalars(found.order_by(Area.code)))


def oblige_villages(session: Session) -> None:
    """Villages that have come into the register owe what the others owe."""
    for campaign in session.scalars(select(Campaign)).all():
        oblige(session, campaign, AreaKind.VILLAGE.value)


def forget_untouched(session: Session, codes: Sequence[str]) -> None:
    """What areas owe that are about to leave the register, as far as nothing was ever done about it."""
    touched = [
        exists().where(ObligationChange.obligation_id == Obligation.id),
        exists().where(Reminder.obligation_id == Obligation.id),
    ]
    session.execute(
        delete(Obligation)
        .where(
            Obligation.area_code.in_(codes),
            Obligation.state == ObligationState.OPEN.value,
            *(~one.correlate(Obligation) for one in touched),
        )
        .execution_options(synchronize_session=False)
    )
