"""Who is signed in to the desk: from a link of the chat, for twelve hours, as long as a role of theirs holds.

The browser has a random token; the database has its digest alone. What somebody may see is read anew at each request,
so a role that ends takes its pages away at once.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Select, select, update
from sqlalchemy.orm import Session

from models.base import Sessions
from models.desk import DeskSession
from models.people import REPORTING_ROLES, STAFF_ROLES, LineAccount, Membership, Person
from models.upsert import insert_or_ignore
from models.work import Audit
from services.desk.browsers import called
from services.desk.links import DeskLink, DeskLinks
from services.desk.scope import Scope
from services.links import LinkError
from services.ports import Clock
from services.texts import Texts

LASTS = dt.timedelta(hours=12)
SEEN_EVERY = dt.timedelta(minutes=1)
"""How often it is noted that a session is in use: pages that poll need not write each time."""
DESK_ROLES = (*STAFF_ROLES, *REPORTING_ROLES)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is signed in, and what they may see now."""

    session_id: int
    person_id: int
    account_id: int
    name: str
    held: tuple[tuple[str, str], ...]
    """Their roles that have pages, each with its area."""
    scope: Scope
    """What they may see: by all of their roles, or at a page's door (`at`)."""
    locale: str
    """Of the chat in which the link was asked for."""

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(role for role, _area in self.held)

    def within(self, roles: Collection[str]) -> Scope:
        """Where they hold one of these roles: a duty elsewhere gives no right to do what these may do."""
        return Scope.of(area for role, area in self.held if role in roles)

    def at(self, roles: Collection[str]) -> Visitor:
        """As a page sees them that opens to these roles."""
        return replace(self, scope=self.within(roles))


@dataclass(frozen=True, slots=True)
class Device:
    """One line of the list of sessions."""

    id: int
    browser: str
    created_at: dt.datetime
    seen_at: dt.datetime
    expires_at: dt.datetime


@dataclass(frozen=True)
class Desks:
    sessions: Sessions
    clock: Clock
    links: DeskLinks
    texts: Texts

    def look(self, token: str) -> Visitor:
        """Whom a link would sign in; reads only, session_id is 0. Raises LinkError."""
        with self.sessions() as session:
            return self._of_link(session, self.links.read(token, self.clock.now()))

    def enter(self, token: str, user_agent: str) -> str:
        """Use a link up; returns the new session's token, for the browser alone. Raises LinkError."""
        now = self.clock.now()
        link = self.links.read(token, now)
        secret = secrets.token_urlsafe(32)
        with self.sessions() as session, session.begin():
            visitor = self._of_link(session, link)
            values = {
                "link_nonce": link.nonce,
                "token_digest": digest(secret),
                "person_id": visitor.person_id,
                "account_id": visitor.account_id,
                "browser": called(user_agent),
                "created_at": now,
                "seen_at": now,
                "expires_at": now + LASTS,
            }
            if not insert_or_ignore(session, DeskSession, values):
                raise LinkError("used")
            _note(session, visitor.person_id, "desk_entered", "desk", now)
        return secret

    def visitor(self, secret: str) -> Visitor | None:
        """Who has this token, if the session still holds; a session whose person has lost the desk is ended."""
        now = self.clock.now()
        with self.sessions() as session:
            row = session.scalar(_live(now).where(DeskSession.token_digest == digest(secret)))
            if row is None:
                return None
            found = self._visitor(session, row.id, row.account_id, row.person_id)
        if found is None:
            self._end(now, DeskSession.id == row.id)
        elif now - row.seen_at >= SEEN_EVERY:
            with self.sessions() as session, session.begin():
                session.execute(update(DeskSession).where(DeskSession.id == row.id).values(seen_at=now))
        return found

    def devices(self, person_id: int) -> tuple[Device, ...]:
        """A person's own sessions that are open, the one used last first."""
        with self.sessions() as session:
            own = _live(self.clock.now()).where(DeskSession.person_id == person_id)
            rows = session.scalars(own.order_by(DeskSession.seen_at.desc(), DeskSession.id.desc()))
            return tuple(Device(row.id, row.browser, row.created_at, row.seen_at, row.expires_at) for row in rows)

    def end(self, person_id: int, session_id: int) -> None:
        """Sign a person's own browser out; nobody's else."""
        now = self.clock.now()
        if self._end(now, DeskSession.id == session_id, DeskSession.person_id == person_id):
            with self.sessions() as session, session.begin():
                _note(session, person_id, "desk_left", f"desk_session {session_id}", now)

    def end_for(self, person_id: int, session_id: int, by: int) -> None:
        """Sign another person's browser out, as staff do when a device is lost."""
        now = self.clock.now()
        if self._end(now, DeskSession.id == session_id, DeskSession.person_id == person_id):
            with self.sessions() as session, session.begin():
                _note(session, by, "desk_ended", f"person {person_id}", now)

    def _end(self, now: dt.datetime, *which: ColumnElement[bool]) -> bool:
        with self.sessions() as session, session.begin():
            ended = update(DeskSession).where(DeskSession.ended_at.is_(None), *which)
            done = session.execute(ended.values(ended_at=now).returning(DeskSession.id))
            return done.first() is not None

    def _of_link(self, session: Session, link: DeskLink) -> Visitor:
        used = select(DeskSession.id).where(DeskSession.link_nonce == link.nonce)
        if session.scalar(used) is not None:
            raise LinkError("used")
        visitor = self._visitor(session, 0, link.account_id, link.person_id)
        if visitor is None:
            raise LinkError("not_yours")
        return visitor

    def _visitor(self, session: Session, session_id: int, account_id: int, person_id: int) -> Visitor | None:
        """None once the account speaks for somebody else, or no role that has pages is left."""
        account = session.get(LineAccount, account_id)
        if account is None or account.person_id != person_id:
            return None
        rows = session.execute(
            select(Membership.role, Membership.area_code).where(
                Membership.person_id == person_id,
                Membership.ended_at.is_(None),
                Membership.role.in_([role.value for role in DESK_ROLES]),
            )
        )
        held = tuple((role, area) for role, area in rows)
        if not held:
            return None
        person = session.get_one(Person, person_id)
        scope = Scope.of(area for _role, area in held)
        return Visitor(session_id, person_id, account_id, person.name, held, scope, self.texts.locale(account))


def open_desks(session: Session, person_id: int, now: dt.datetime) -> int:
    """How many sessions of a person are open at `now` (civil)."""
    return len(session.scalars(_live(now).where(DeskSession.person_id == person_id)).all())


def end_all(session: Session, person_id: int, now: dt.datetime) -> None:
    """Sign a person out everywhere, within the caller's transaction."""
    own = update(DeskSession).where(DeskSession.person_id == person_id, DeskSession.ended_at.is_(None))
    session.execute(own.values(ended_at=now))
    _note(session, person_id, "desk_left", "desk", now)


def digest(secret: str) -> str:
    """What the database keeps of a token. It is long and random, so that a plain digest cannot be turned round."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _live(now: dt.datetime) -> Select[DeskSession]:
    return select(DeskSession).where(DeskSession.ended_at.is_(None), DeskSession.expires_at > now)


def _note(session: Session, person_id: int, action: str, subject: str, now: dt.datetime) -> None:
    session.add(Audit(at=now, person_id=person_id, action=action, subject=subject, detail={}))
