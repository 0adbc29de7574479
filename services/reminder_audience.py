"""To whom a district's reminder goes: the role of the plan, or whoever has the report in hand in its place.

A round that was handed over is its new owner's, as long as that person can be written to; a report that waits for the
head of office is the head's.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from models.obligation import Draft, Obligation
from models.people import REPORTING_ROLES, LineAccount, Membership, Role

_REPORTING = [role.value for role in REPORTING_ROLES]


def audience(role: str) -> ColumnElement[bool]:
    """Which memberships, beside their obligation, hear a reminder to `role`."""
    if role == Role.OFFICER:
        heads_turn = and_(waits(), has_head())
        own = and_(Membership.role == role, ~handed_over())
        new_owner = and_(handed_over(), Membership.person_id == Obligation.assigned_to, Membership.role.in_(_REPORTING))
        heads = and_(heads_turn, Membership.role == Role.HEAD.value)
        return or_(heads, and_(~heads_turn, or_(own, new_owner)))
    if role == Role.DEPUTY:
        return and_(Membership.role == role, ~and_(waits(), has_head()))
    return Membership.role == role


def waits() -> ColumnElement[bool]:
    """The report waits for the head of office."""
    return exists().where(Draft.obligation_id == Obligation.id, Draft.asked_at.is_not(None)).correlate(Obligation)


def has_head() -> ColumnElement[bool]:
    """Somebody there can agree, and can be written to."""
    head, account = aliased(Membership), aliased(LineAccount)
    return (
        select(head.id)
        .join(account, account.person_id == head.person_id)
        .where(
            head.area_code == Obligation.area_code,
            head.role == Role.HEAD.value,
            head.ended_at.is_(None),
            account.following,
        )
        .correlate(Obligation)
        .exists()
    )


def handed_over() -> ColumnElement[bool]:
    """Whoever took the report over still works there, and can be written to."""
    owner, account = aliased(Membership), aliased(LineAccount)
    return (
        select(owner.id)
        .join(account, account.person_id == owner.person_id)
        .where(
            owner.person_id == Obligation.assigned_to,
            owner.area_code == Obligation.area_code,
            owner.role.in_(_REPORTING),
            owner.ended_at.is_(None),
            account.following,
        )
        .correlate(Obligation)
        .exists()
    )


def is_head(session: Session, account_id: int, area_code: str) -> bool:
    """Whether the account is a head of office's there."""
    found = (
        select(Membership.id)
        .join(LineAccount, LineAccount.person_id == Membership.person_id)
        .where(
            LineAccount.id == account_id,
            Membership.area_code == area_code,
            Membership.role == Role.HEAD.value,
            Membership.ended_at.is_(None),
        )
    )
    return session.scalar(found.limit(1)) is not None
