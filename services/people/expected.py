"""People whom the province expects: named codes that nobody has used yet, and the requests to join that match them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from models.people import Invitation, JoinRequest, LineAccount, Role
from services.desk.scope import Scope


def expected(now: dt.datetime) -> Select[Invitation]:
    """Codes made for somebody by name that are still good."""
    return select(Invitation).where(
        Invitation.name != "",
        Invitation.person_id.is_(None),
        Invitation.used_at.is_(None),
        Invitation.expires_at > now,
    )


def among(session: Session, areas: Collection[str], now: dt.datetime) -> Sequence[Invitation]:
    """Who is expected in these areas."""
    return session.scalars(expected(now).where(Invitation.area_code.in_(areas))).all()


def count(session: Session, scope: Scope, now: dt.datetime) -> int:
    """How many people are expected in what somebody sees."""
    wanted = expected(now).where(scope.within(Invitation.area_code)).subquery()
    return session.scalar(select(func.count()).select_from(wanted)) or 0


def same_name(asked: str, named: str) -> bool:
    """Whether somebody who asks to join is whom the list names: the same words, or those and a position behind them."""
    asked, named = " ".join(asked.split()), " ".join(named.split())
    return asked == named or asked.startswith(f"{named} ")


def matching(request: JoinRequest, invitations: Iterable[Invitation]) -> list[Invitation]:
    """Those that speak of whoever asks: name, role and area."""
    return [
        one
        for one in invitations
        if (one.role, one.area_code) == (request.role, request.area_code) and same_name(request.name, one.name)
    ]


def end_codes(session: Session, name: str, role: str, area_code: str, now: dt.datetime) -> None:
    """Codes made for somebody before are good no more: another one is made in their place."""
    lying = Invitation.name == name, Invitation.role == role, Invitation.area_code == area_code
    good = Invitation.person_id.is_(None), Invitation.used_at.is_(None), Invitation.expires_at > now
    session.execute(update(Invitation).where(*lying, *good).values(expires_at=now))


def use_up(session: Session, request: JoinRequest, account: LineAccount, now: dt.datetime) -> None:
    """Whoever was expected has been approved: the code that was made for them is nobody else's."""
    for one in matching(request, among(session, [request.area_code], now)):
        one.used_at, one.used_by = now, account.id


def leader_expected(session: Session, village_code: str, now: dt.datetime) -> str:
    """The name of the one leader whom a list names for a village; "" where it is none or several."""
    named = {one.name for one in among(session, [village_code], now) if one.role == Role.LEADER}
    return named.pop() if len(named) == 1 else ""
