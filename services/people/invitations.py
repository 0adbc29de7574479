"""Personal codes: made, found again, and how often a wrong one may be typed."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.conversation.facts import InvitationFacts
from models.area import Area
from models.people import Invitation, LineAccount, Person, Role
from services.people.people import Areas

CODE_LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679"
"""Letters and digits that cannot be taken for each other in print or by telephone."""
CODE_LENGTH = 4
CODE_DAYS = 30
WRONG_CODES = 5
"""Wrong codes in a row before an account has to wait: 26^4 codes cannot be guessed at five an hour."""
BLOCKED = dt.timedelta(hours=1)


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


def end_phone_codes(session: Session, person_id: int, now: dt.datetime) -> None:
    """Codes for a new phone of somebody that lie about are good no more (civil `now`).

    Such a code brings all that the person is and gives back the duty that it was made for, so it ends with every change
    of their duties, and when another one is made.
    """
    lying = Invitation.person_id == person_id, Invitation.used_at.is_(None), Invitation.expires_at > now
    session.execute(update(Invitation).where(*lying).values(expires_at=now))


def _new_code(session: Session, area_code: str) -> str:
    """A code that nobody holds or has held, with a letter in it: digits alone would read as two numbers."""
    while True:
        drawn = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        code = f"{area_code[:4]}-{drawn}"
        taken = session.scalar(select(Invitation.id).where(Invitation.code_digest == _digest(code)))
        if taken is None and not drawn.isdigit():
            return code


def invitation(session: Session, code: str, now: dt.datetime, areas: Areas) -> InvitationFacts | None:
    """The invitation behind a typed code, also when it is used or expired; None for an unknown code."""
    digest = _digest(code)
    row = session.scalar(select(Invitation).where(Invitation.code_digest == digest))
    if row is None or not hmac.compare_digest(row.code_digest, digest):
        return None
    state = "used" if row.used_at else "expired" if row.expires_at <= now else "usable"
    return InvitationFacts(row.id, row.role, areas[row.area_code], row.name, state)


def codes_left(account: LineAccount, now: dt.datetime) -> int:
    """How many wrong codes the account may still type; 0 while it is blocked."""
    if account.codes_blocked_until is not None and account.codes_blocked_until > now:
        return 0
    return WRONG_CODES - account.failed_codes % WRONG_CODES


def count_wrong_code(account: LineAccount, now: dt.datetime) -> None:
    account.failed_codes += 1
    if account.failed_codes % WRONG_CODES == 0:
        account.codes_blocked_until = now + BLOCKED
