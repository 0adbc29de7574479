"""Requests to join: asked for, listed for those who may decide, approved or declined once."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, false, or_, select, update
from sqlalchemy.orm import Session

from bot.conversation.facts import PersonFacts, RequestFacts
from models.people import REPORTING_ROLES, STAFF_ROLES, JoinRequest, LineAccount, RequestState, Role
from models.work import Audit
from services.evidence.lost_photos import tell_of_earlier
from services.people.expected import use_up
from services.people.joining import AlreadyDecidedError, grant, move, person_of, same_person
from services.people.people import Areas, request_facts


def request_to_join(
    session: Session, account: LineAccount, request: tuple[str, str, str, int], now: dt.datetime
) -> None:
    """Ask for (name, role, area code, privacy version); a second request replaces the first."""
    name, role, area_code, privacy_version = request
    session.execute(
        update(JoinRequest)
        .where(JoinRequest.account_id == account.id, JoinRequest.state == RequestState.PENDING.value)
        .values(state=RequestState.DECLINED.value, decided_at=now)
    )
    session.add(
        JoinRequest(
            account_id=account.id,
            name=name,
            role=role,
            area_code=area_code,
            privacy_version=privacy_version,
            created_at=now,
        )
    )


def open_requests(session: Session, person: PersonFacts | None, areas: Areas) -> tuple[RequestFacts, ...]:
    """What this person may decide: staff every request, an officer those of the leaders of the own district."""
    if person is None:
        return ()
    rows = session.scalars(
        select(JoinRequest)
        .where(JoinRequest.state == RequestState.PENDING.value, may_decide(person))
        .order_by(JoinRequest.id)
    ).all()
    areas.read(row.area_code for row in rows)
    return tuple(request_facts(row, areas) for row in rows)


def may_decide(person: PersonFacts) -> ColumnElement[bool]:
    """Which requests: see open_requests. Nobody's own: a duty is given by somebody else."""
    provinces = person.areas(*STAFF_ROLES)
    districts = person.areas(*REPORTING_ROLES)
    conditions: list[ColumnElement[bool]] = [JoinRequest.area_code.startswith(area.code) for area in provinces]
    conditions += [
        JoinRequest.area_code.startswith(area.code) & (JoinRequest.role == Role.LEADER.value) for area in districts
    ]
    own = select(LineAccount.id).where(LineAccount.person_id == person.id)
    return or_(false(), *conditions) & JoinRequest.account_id.not_in(own)


def decide(
    session: Session, request_id: int, by: int, now: dt.datetime, *, approve: bool, reason: str = ""
) -> JoinRequest:
    """Approve or decline, once. Raises AlreadyDecidedError when that has happened in the meantime."""
    state = RequestState.APPROVED if approve else RequestState.DECLINED
    decided: JoinRequest | None = session.scalar(
        update(JoinRequest)
        .where(JoinRequest.id == request_id, JoinRequest.state == RequestState.PENDING.value)
        .values(state=state.value, decided_by=by, decided_at=now, reason=reason)
        .returning(JoinRequest)
    )
    if decided is None:
        raise AlreadyDecidedError
    account = session.get_one(LineAccount, decided.account_id)
    if approve:
        _join_approved(session, account, decided, now)
    subject, area = f"join_request {request_id}", decided.area_code
    session.add(Audit(at=now, person_id=by, action=state.value, subject=subject, area_code=area, detail={}))
    return decided


def _join_approved(session: Session, account: LineAccount, request: JoinRequest, now: dt.datetime) -> None:
    unknown = account.person_id is None
    if unknown:
        same = same_person(session, request.name, request.role, request.area_code)
        if same is not None:
            move(session, same, account)
    person = person_of(session, account, request.name, request.privacy_version, now)
    grant(session, person, request.role, request.area_code, now)
    use_up(session, request, account, now)
    if unknown:
        tell_of_earlier(session, account, now)
