"""Tokens of programs: made and revoked by staff, shown once, good for one area. Of each the digest alone is kept."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.api_token import ApiToken
from models.area import Area
from models.base import Sessions
from models.people import Person
from models.work import Audit
from services.desk.scope import Scope
from services.desk.sessions import Visitor, digest
from services.ports import Clock

BEGINS: Final = "tidtam_"
"""So that who finds one in a file knows what it is."""
DAYS: Final = (90, 365, 1095)
"""How long a token may be good."""
LONGEST_NAME: Final = 80
NOTED_EVERY: Final = dt.timedelta(hours=1)
"""How often it is written down that a token is in use: programs ask every minute."""


class NotYoursError(LookupError):
    """No such token or area, or not in the visitor's scope: the answer is the same."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A program that has shown its token."""

    token_id: int
    scope: Scope


@dataclass(frozen=True, slots=True)
class Listed:
    row: ApiToken
    made_by: str
    state: str
    """"good", "expired" or "revoked"."""


@dataclass(frozen=True)
class Tokens:
    sessions: Sessions
    clock: Clock

    def make(self, visitor: Visitor, name: str, area: str, days: int) -> str:
        """A new token, to be shown once. Raises NotYoursError, and ValueError for a name or a time that cannot be."""
        name = " ".join(name.split())
        if not 0 < len(name) <= LONGEST_NAME or days not in DAYS:
            raise ValueError(name)
        now, secret = self.clock.now(), BEGINS + secrets.token_urlsafe(32)
        with self.sessions() as session, session.begin():
            if not visitor.scope.sees(area) or session.get(Area, area) is None:
                raise NotYoursError(area)
            row = ApiToken(
                name=name,
                digest=digest(secret),
                area_code=area,
                made_by=visitor.person_id,
                created_at=now,
                expires_at=now + dt.timedelta(days=days),
            )
            session.add(row)
            session.flush()
            session.add(_note(now, "token_made", row, visitor.person_id))
        return secret

    def revoke(self, visitor: Visitor, token_id: int) -> None:
        """From now on it opens nothing. Raises NotYoursError."""
        now = self.clock.now()
        with self.sessions() as session, session.begin():
            row = session.get(ApiToken, token_id, with_for_update=True)
            if row is None or not visitor.scope.sees(row.area_code):
                raise NotYoursError(token_id)
            if row.revoked_at is None:
                row.revoked_at = now
                session.add(_note(now, "token_revoked", row, visitor.person_id))

    def reader(self, secret: str) -> Reader | None:
        """Who shows this token, while it is good. That it reads is noted once an hour."""
        now = self.clock.now()
        good = (ApiToken.revoked_at.is_(None), ApiToken.expires_at > now)
        with self.sessions() as session:
            row = session.scalar(select(ApiToken).where(ApiToken.digest == digest(secret), *good))
        if row is None:
            return None
        if row.used_at is None or now - row.used_at >= NOTED_EVERY:
            with self.sessions() as session, session.begin():
                session.execute(update(ApiToken).where(ApiToken.id == row.id).values(used_at=now))
                session.add(_note(now, "token_reads", row, None))
        return Reader(row.id, Scope((row.area_code,)))

    def listed(self, session: Session, scope: Scope) -> Sequence[Listed]:
        """The tokens of an area, the newest first."""
        rows = session.execute(
            select(ApiToken, Person.name)
            .join(Person, Person.id == ApiToken.made_by)
            .where(scope.within(ApiToken.area_code))
            .order_by(ApiToken.id.desc())
        )
        return [Listed(row, name, self._state(row)) for row, name in rows]

    def _state(self, row: ApiToken) -> str:
        if row.revoked_at is not None:
            return "revoked"
        return "good" if row.expires_at > self.clock.now() else "expired"


def _note(now: dt.datetime, action: str, row: ApiToken, person_id: int | None) -> Audit:
    subject = f"token {row.id}"
    return Audit(at=now, person_id=person_id, action=action, subject=subject, area_code=row.area_code, detail={})
