"""Becoming someone the service knows: a code is used up, a role given, a new phone recognised."""

from __future__ import annotations

import datetime as dt
from urllib.parse import quote

from sqlalchemy import exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from bot.conversation.facts import VillageFacts
from models.area import Area, AreaKind, inside
from models.people import STAFF_ROLES, Invitation, JoinRequest, LineAccount, Membership, Person, RequestState
from models.work import Audit
from services.desk.scope import PROVINCE_DIGITS
from services.people.expected import leader_expected
from services.people.invitations import end_phone_codes
from services.people.people import Areas


class AlreadyDecidedError(Exception):
    """Somebody else used the invitation or decided the request since this turn looked: look again."""


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


def village(session: Session, code: str, now: dt.datetime, areas: Areas) -> VillageFacts | None:
    """A village, with the leader whom a list of the province's expects there, or else whom the register names."""
    row = session.get(Area, code)
    if row is None or row.kind != AreaKind.VILLAGE:
        return None
    return VillageFacts(areas[code], leader_expected(session, code, now) or row.leader_name)


def redeem(
    session: Session, account: LineAccount, invitation_id: int, name: str, privacy_version: int, now: dt.datetime
) -> None:
    """Use an invitation up: the account becomes its person, with its role and area.

    Raises AlreadyDecidedError when somebody else has used it in the meantime, or it was ended or replaced.
    """
    used = session.execute(
        update(Invitation)
        .where(Invitation.id == invitation_id, Invitation.used_at.is_(None), Invitation.expires_at > now)
        .values(used_at=now, used_by=account.id)
        .returning(Invitation.role, Invitation.area_code, Invitation.person_id, Invitation.name)
    ).one_or_none()
    if used is None:
        raise AlreadyDecidedError
    known = used.person_id
    if known is None and used.name and account.person_id is None:
        # whoever made the code named somebody who holds this very duty already: a new phone
        known = same_person(session, used.name, used.role, used.area_code)
    if known is not None:
        move(session, known, account)
    person = person_of(session, account, name, privacy_version, now)
    grant(session, person, used.role, used.area_code, now)
    account.failed_codes = 0
    code, detail = used.area_code, {"role": used.role}
    session.add(Audit(at=now, person_id=person.id, action="joined", subject=code, area_code=code, detail=detail))


def move(session: Session, person_id: int, account: LineAccount) -> None:
    """A new phone: the person's old account no longer speaks for them, and is remembered as theirs. What it still asks
    for is asked by the new one."""
    old = LineAccount.person_id == person_id, LineAccount.id != account.id
    theirs = JoinRequest.account_id.in_(select(LineAccount.id).where(*old))
    waiting = theirs, JoinRequest.state == RequestState.PENDING.value
    session.execute(update(JoinRequest).where(*waiting).values(account_id=account.id))
    session.execute(update(LineAccount).where(*old).values(person_id=None, former_person_id=person_id))
    account.person_id = person_id
    session.flush()


def person_of(session: Session, account: LineAccount, name: str, privacy_version: int, now: dt.datetime) -> Person:
    """Who the account is: made with `name` where it is nobody yet; they have agreed to `privacy_version`."""
    person = session.get(Person, account.person_id) if account.person_id else None
    if person is None:
        person = Person(name=name, created_at=now)
        session.add(person)
        session.flush()
        account.person_id = person.id
    person.privacy_version, person.privacy_at = privacy_version, now
    return person


def grant(session: Session, person: Person, role: str, area_code: str, now: dt.datetime) -> None:
    """Give a role, or give it back to somebody who had it."""
    row = session.scalar(
        select(Membership).where(
            Membership.person_id == person.id, Membership.role == role, Membership.area_code == area_code
        )
    )
    if row is None:
        session.add(Membership(person_id=person.id, role=role, area_code=area_code, since=now))
    else:
        row.ended_at = None
    end_phone_codes(session, person.id, now)


def same_person(session: Session, name: str, role: str, area_code: str) -> int | None:
    """A person of the same name, role and area: somebody who knows them says that this is a new phone.

    Nobody who is more than that: who speaks for a leader or an office cannot say who speaks for the province, and
    nobody here for what somebody is in another one. For them a code for a new phone is made.
    """
    other = aliased(Membership)
    of_province = other.role.in_([each.value for each in STAFF_ROLES]) & (other.role != role)
    more = exists().where(
        other.person_id == Person.id,
        other.ended_at.is_(None),
        or_(of_province, ~inside(other.area_code, area_code[:PROVINCE_DIGITS])),
    )
    return session.scalar(
        select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Person.name == name,
            Membership.role == role,
            Membership.area_code == area_code,
            Membership.ended_at.is_(None),
            ~more,
        )
        .limit(1)
    )
