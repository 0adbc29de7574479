"""Becoming someone the service knows: personal codes, requests that somebody approves, a new phone."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
from urllib.parse import quote

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from bot.conversation.facts import InvitationFacts, PersonFacts, RequestFacts, VillageFacts
from models.area import Area, AreaKind
from models.people import (
    REPORTING_ROLES,
    STAFF_ROLES,
    Invitation,
    JoinRequest,
    LineAccount,
    Membership,
    Person,
    RequestState,
    Role,
)
from models.work import Audit
from services.people.people import Areas, request_facts

CODE_LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679"
"""Letters and digits that cannot be taken for each other in print or by telephone."""
CODE_LENGTH = 4
CODE_DAYS = 30
WRONG_CODES = 5
"""Wrong codes in a row before an account has to wait: 26^4 codes cannot be guessed at five an hour."""
BLOCKED = dt.timedelta(hours=1)


class AlreadyDecidedError(Exception):
    """Somebody else used the invitation or decided the request since this turn looked: look again."""


def normalise_code(text: str) -> str:
    """Upper case without spaces and hyphens; Thai digits become Arabic ones."""
    digits = "".join(str(int(char)) if char.isdigit() else char for char in text)
    return "".join(char for char in digits.upper() if char.isalnum())


def _digest(code: str) -> str:
    # a code is short-lived and useless without an account of its own; a plain digest keeps it out of backups
    return hashlib.sha256(b"tidtam invitation " + normalise_code(code).encode()).hexdigest()


def invite(
    session: Session, role: Role, area_code: str, now: dt.datetime, *, name: str = "", person_id: int | None = None
) -> str:
    """Make a personal code and return it: single use, good for 30 days (civil). `person_id`: a new phone for them.

    Raises LookupError for an area that is not loaded or a person who is not there.
    """
    if session.get(Area, area_code) is None:
        raise LookupError(area_code)
    if person_id is not None:
        person = session.get(Person, person_id)
        if person is None:
            raise LookupError(f"person {person_id}")
        name = name or person.name
    code = _new_code(session, area_code)
    session.add(
        Invitation(
            code_digest=_digest(code),
            role=role.value,
            area_code=area_code,
            name=name,
            person_id=person_id,
            expires_at=now + dt.timedelta(days=CODE_DAYS),
            created_at=now,
        )
    )
    return code


def _new_code(session: Session, area_code: str) -> str:
    """A code that nobody holds or has held, with a letter in it: digits alone would read as two numbers."""
    while True:
        drawn = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        code = f"{area_code[:4]}-{drawn}"
        taken = session.scalar(select(Invitation.id).where(Invitation.code_digest == _digest(code)))
        if taken is None and not drawn.isdigit():
            return code


def village_link(account: str, words: str) -> str:
    """What a village's QR holds: LINE opens the chat with `words` in the box (LINE URL scheme, oaMessage)."""
    return f"https://line.me/R/oaMessage/{quote(account)}/?{quote(words)}"


def districts_of(session: Session, province_code: str) -> list[tuple[str, str]]:
    """(code, Thai name) of a province's districts, for a table of codes. Raises LookupError when it is not loaded."""
    found = session.execute(
        select(Area.code, Area.name_th)
        .where(Area.kind == AreaKind.DISTRICT.value, Area.parent_code == province_code)
        .order_by(Area.code)
    )
    districts = [(code, name) for code, name in found]
    if not districts:
        raise LookupError(province_code)
    return districts


def invitation(session: Session, code: str, now: dt.datetime, areas: Areas) -> InvitationFacts | None:
    """The invitation behind a typed code, also when it is used or expired; None for an unknown code."""
    digest = _digest(code)
    row = session.scalar(select(Invitation).where(Invitation.code_digest == digest))
    if row is None or not hmac.compare_digest(row.code_digest, digest):
        return None
    state = "used" if row.used_at else "expired" if row.expires_at < now else "usable"
    return InvitationFacts(row.id, row.role, areas[row.area_code], row.name, state)


def village(session: Session, code: str, areas: Areas) -> VillageFacts | None:
    row = session.get(Area, code)
    if row is None or row.kind != AreaKind.VILLAGE:
        return None
    return VillageFacts(areas[code], row.leader_name)


def codes_left(account: LineAccount, now: dt.datetime) -> int:
    """How many wrong codes the account may still type; 0 while it is blocked."""
    if account.codes_blocked_until is not None and account.codes_blocked_until > now:
        return 0
    return WRONG_CODES - account.failed_codes % WRONG_CODES


def count_wrong_code(account: LineAccount, now: dt.datetime) -> None:
    account.failed_codes += 1
    if account.failed_codes % WRONG_CODES == 0:
        account.codes_blocked_until = now + BLOCKED


def redeem(
    session: Session, account: LineAccount, invitation_id: int, name: str, privacy_version: int, now: dt.datetime
) -> None:
    """Use an invitation up: the account becomes its person, with its role and area.

    Raises AlreadyDecidedError when somebody else has used it in the meantime.
    """
    used = session.execute(
        update(Invitation)
        .where(Invitation.id == invitation_id, Invitation.used_at.is_(None))
        .values(used_at=now, used_by=account.id)
        .returning(Invitation.role, Invitation.area_code, Invitation.person_id, Invitation.name)
    ).one_or_none()
    if used is None:
        raise AlreadyDecidedError
    known = used.person_id
    if known is None and used.name and account.person_id is None:
        # whoever made the code named somebody who holds this very duty already: a new phone
        known = _same_person(session, used.name, used.role, used.area_code)
    if known is not None:
        _move(session, known, account)
    person = _person(session, account, name, privacy_version, now)
    _grant(session, person, used.role, used.area_code, now)
    account.failed_codes = 0
    session.add(Audit(at=now, person_id=person.id, action="joined", subject=used.area_code, detail={"role": used.role}))


def _move(session: Session, person_id: int, account: LineAccount) -> None:
    """A new phone: the person's old account no longer speaks for them."""
    session.execute(update(LineAccount).where(LineAccount.person_id == person_id).values(person_id=None))
    account.person_id = person_id
    session.flush()


def _person(session: Session, account: LineAccount, name: str, privacy_version: int, now: dt.datetime) -> Person:
    person = session.get(Person, account.person_id) if account.person_id else None
    if person is None:
        person = Person(name=name, created_at=now)
        session.add(person)
        session.flush()
        account.person_id = person.id
    person.privacy_version, person.privacy_at = privacy_version, now
    return person


def _grant(session: Session, person: Person, role: str, area_code: str, now: dt.datetime) -> None:
    row = session.scalar(
        select(Membership).where(
            Membership.person_id == person.id, Membership.role == role, Membership.area_code == area_code
        )
    )
    if row is None:
        session.add(Membership(person_id=person.id, role=role, area_code=area_code, since=now))
    else:
        row.ended_at = None


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
        .where(JoinRequest.state == RequestState.PENDING.value, or_(*_scope(person)))
        .order_by(JoinRequest.id)
    )
    return tuple(request_facts(row, areas) for row in rows)


def _scope(person: PersonFacts) -> list[ColumnElement[bool]]:
    provinces = person.areas(*STAFF_ROLES)
    districts = person.areas(*REPORTING_ROLES)
    conditions: list[ColumnElement[bool]] = [JoinRequest.area_code.startswith(area.code) for area in provinces]
    conditions += [
        JoinRequest.area_code.startswith(area.code) & (JoinRequest.role == Role.LEADER.value) for area in districts
    ]
    return conditions or [JoinRequest.id < 0]


def decide(session: Session, request_id: int, by: int, now: dt.datetime, *, approve: bool) -> JoinRequest:
    """Approve or decline, once. Raises AlreadyDecidedError when that has happened in the meantime."""
    state = RequestState.APPROVED if approve else RequestState.DECLINED
    decided: JoinRequest | None = session.scalar(
        update(JoinRequest)
        .where(JoinRequest.id == request_id, JoinRequest.state == RequestState.PENDING.value)
        .values(state=state.value, decided_by=by, decided_at=now)
        .returning(JoinRequest)
    )
    if decided is None:
        raise AlreadyDecidedError
    account = session.get_one(LineAccount, decided.account_id)
    if approve:
        _join_approved(session, account, decided, now)
    session.add(Audit(at=now, person_id=by, action=state.value, subject=f"join_request {request_id}", detail={}))
    return decided


def _join_approved(session: Session, account: LineAccount, request: JoinRequest, now: dt.datetime) -> None:
    if account.person_id is None:
        same = _same_person(session, request.name, request.role, request.area_code)
        if same is not None:
            _move(session, same, account)
    person = _person(session, account, request.name, request.privacy_version, now)
    _grant(session, person, request.role, request.area_code, now)


def _same_person(session: Session, name: str, role: str, area_code: str) -> int | None:
    """A person of the same name, role and area: somebody who knows them says that this is a new phone."""
    return session.scalar(
        select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Person.name == name,
            Membership.role == role,
            Membership.area_code == area_code,
            Membership.ended_at.is_(None),
        )
        .limit(1)
    )
