"""Who a broadcast is for, found out at the moment of asking: by role, by district, by whether a report is owed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from bot.conversation.broadcast_facts import LEADERS, OWING, SENT, STAFF, Audience
from models.area import Area, AreaKind
from models.campaign import Campaign, Form, Round
from models.obligation import OWED, Obligation
from models.people import REPORTING_ROLES, STAFF_ROLES, LineAccount, Membership, Role

_ROLES = {LEADERS: (Role.LEADER,), STAFF: STAFF_ROLES}


@dataclass(frozen=True)
class Asked:
    """The campaign that somebody writes about, its newest round, and who writes."""

    session: Session
    campaign: Campaign
    round: Round | None
    person_id: int | None = None
    """Left out of the audience: nobody pays for a message to themselves."""


def accounts(asked: Asked, audience: Audience) -> list[LineAccount]:
    """Everybody who gets an announcement now, each account once."""
    roles = [role.value for role in _ROLES.get(audience.group, REPORTING_ROLES)]
    statement = (
        select(LineAccount)
        .join(Membership, Membership.person_id == LineAccount.person_id)
        .where(
            Membership.role.in_(roles),
            Membership.ended_at.is_(None),
            LineAccount.following,
            _places(asked, audience),
        )
        .order_by(LineAccount.id)
        .distinct()
    )
    if asked.person_id is not None:
        statement = statement.where(LineAccount.person_id != asked.person_id)
    return list(asked.session.scalars(statement))


def _places(asked: Asked, audience: Audience) -> ColumnElement[bool]:
    if audience.group == STAFF:
        return Membership.area_code == asked.campaign.province_code
    if audience.group == LEADERS:
        codes = audience.areas or (asked.campaign.province_code,)
        return or_(*(Membership.area_code.startswith(code, autoescape=True) for code in codes))
    return Membership.area_code.in_(districts(asked, audience))


def districts(asked: Asked, audience: Audience) -> list[str]:
    """Codes of the districts that it concerns now."""
    wanted = select(Area.code).where(
        Area.kind == AreaKind.DISTRICT.value, Area.parent_code == asked.campaign.province_code
    )
    if audience.areas:
        wanted = wanted.where(Area.code.in_(audience.areas))
    if audience.group in {OWING, SENT}:
        owes = owing(asked)
        owed_here = exists().where(Obligation.area_code == Area.code, Obligation.id.in_(owes))
        wanted = wanted.where(owed_here if audience.group == OWING else ~owed_here)
    return list(asked.session.scalars(wanted.order_by(Area.code)))


def owing(asked: Asked, areas: Sequence[str] = ()) -> list[int]:
    """Obligations of districts in the round that are still owed."""
    if asked.round is None:
        return []
    statement = (
        select(Obligation.id)
        .join(Form, Form.id == Obligation.form_id)
        .where(
            Obligation.round_id == asked.round.id,
            Form.unit == AreaKind.DISTRICT.value,
            Obligation.state.in_([state.value for state in OWED]),
        )
        .order_by(Obligation.area_code, Obligation.id)
    )
    if areas:
        statement = statement.where(Obligation.area_code.in_(areas))
    return list(asked.session.scalars(statement))
