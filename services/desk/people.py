"""Who works with the service: a list that can be searched, and one person with their duties, as far as one may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, case, exists, func, select
from sqlalchemy.orm import Session

from bot.conversation.facts import AreaFacts
from models.area import inside
from models.chat import Conversation
from models.people import REPORTING_ROLES, STAFF_ROLES, LineAccount, Membership, Person
from services.desk.scope import Scope
from services.people.people import Areas

A_PAGE = 50
_SUCCESSORS = 200
_DISTRICT = 4


class Reach(StrEnum):
    """Whether the service can write to somebody."""

    YES = "yes"
    BLOCKED = "blocked"
    """Has blocked the account or is no friend of it any more; LINE does not say which."""
    NO_LINE = "no_line"
    """No chat speaks for the person: their duty was entered, or their telephone is somebody else's now."""


@dataclass(frozen=True, slots=True)
class WantedPeople:
    """What of the list is asked for."""

    words: str = ""
    """A part of a name."""
    role: str = ""
    area: str = ""
    unreachable: bool = False
    """Only people who cannot be written to."""
    former: bool = False
    """Those as well whose roles have all ended."""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Duty:
    """A role in an area."""

    id: int
    role: str
    area: AreaFacts
    since: dt.datetime
    ended_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class PersonLine:
    id: int
    name: str
    position: str
    duties: tuple[Duty, ...]
    """Those that lie in what the visitor sees; first those that hold."""
    reach: Reach
    seen_at: dt.datetime | None
    """When the person last did anything in the chat, by LINE's time; None: never."""

    @property
    def holding(self) -> tuple[Duty, ...]:
        return tuple(duty for duty in self.duties if duty.ended_at is None)


@dataclass(frozen=True)
class People:
    session: Session
    scope: Scope
    areas: Areas

    def page(self, wanted: WantedPeople) -> tuple[tuple[PersonLine, ...], bool]:
        """A page in the order of names, and whether there is more."""
        held = self._held(self.scope.narrowed(wanted.area), former=wanted.former)
        if wanted.role:
            held = held.where(Membership.role == wanted.role)
        chosen = select(Person).where(held.exists())
        if wanted.words:
            chosen = chosen.where(Person.name.icontains(wanted.words, autoescape=True))
        if wanted.unreachable:
            chosen = chosen.where(~_reachable())
        place = chosen.order_by(Person.name, Person.id).offset((wanted.page - 1) * A_PAGE).limit(A_PAGE + 1)
        found = self.session.scalars(place).all()
        return self._lines(found[:A_PAGE], former=wanted.former), len(found) > A_PAGE

    def one(self, person_id: int) -> PersonLine | None:
        """None for somebody who never held a role in what the visitor sees."""
        found = select(Person).where(Person.id == person_id, self._held(self.scope, former=True).exists())
        person = self.session.scalar(found)
        return None if person is None else self._lines([person], former=True)[0]

    def duty(self, person_id: int, duty_id: int) -> Membership | None:
        """A role that holds, if it lies in what the visitor sees."""
        held = select(Membership).where(
            Membership.id == duty_id,
            Membership.person_id == person_id,
            Membership.ended_at.is_(None),
            self.scope.within(Membership.area_code),
        )
        return self.session.scalar(held.with_for_update())

    def successors(self, person_id: int, duty: Duty) -> tuple[tuple[int, str], ...]:
        """(number, name) of people who could take a duty over: of the same district, those who report for it first; of
        the province for a duty of the province."""
        here = inside(Membership.area_code, duty.area.code[:_DISTRICT])
        reporting = Membership.role.in_([role.value for role in (*REPORTING_ROLES, *STAFF_ROLES)])
        found = self.session.execute(
            select(Person.id, Person.name)
            .join(Membership, Membership.person_id == Person.id)
            .where(Membership.ended_at.is_(None), here, self.scope.within(Membership.area_code), Person.id != person_id)
            .group_by(Person.id, Person.name)
            .order_by(func.max(case((reporting, 1), else_=0)).desc(), Person.name)
            .limit(_SUCCESSORS)
        )
        return tuple((number, name) for number, name in found)

    def _held(self, scope: Scope, *, former: bool) -> Select[Membership]:
        held = select(Membership).where(Membership.person_id == Person.id, scope.within(Membership.area_code))
        return held if former else held.where(Membership.ended_at.is_(None))

    def _lines(self, people: Iterable[Person], *, former: bool) -> tuple[PersonLine, ...]:
        shown = list(people)
        ids = [person.id for person in shown]
        duties = self._duties(ids, former=former)
        reach, seen = self._reach(ids), self._seen(ids)
        return tuple(
            PersonLine(
                person.id,
                person.name,
                person.position,
                tuple(duties.get(person.id, ())),
                reach.get(person.id, Reach.NO_LINE),
                seen.get(person.id),
            )
            for person in shown
        )

    def _duties(self, ids: list[int], *, former: bool) -> dict[int, list[Duty]]:
        held = select(Membership).where(Membership.person_id.in_(ids), self.scope.within(Membership.area_code))
        if not former:
            held = held.where(Membership.ended_at.is_(None))
        found: dict[int, list[Duty]] = {}
        rows = self.session.scalars(held.order_by(Membership.ended_at.is_not(None), Membership.since)).all()
        self.areas.read(row.area_code for row in rows)
        for row in rows:
            duty = Duty(row.id, row.role, self.areas[row.area_code], row.since, row.ended_at)
            found.setdefault(row.person_id, []).append(duty)
        return found

    def _reach(self, ids: list[int]) -> dict[int, Reach]:
        accounts = select(LineAccount.person_id, func.max(case((LineAccount.following, 1), else_=0))).where(
            LineAccount.person_id.in_(ids)
        )
        found = self.session.execute(accounts.group_by(LineAccount.person_id))
        return {person: Reach.YES if follows else Reach.BLOCKED for person, follows in found if person is not None}

    def _seen(self, ids: list[int]) -> dict[int, dt.datetime]:
        last = (
            select(LineAccount.person_id, func.max(Conversation.last_timestamp))
            .join(Conversation, Conversation.account_id == LineAccount.id)
            .where(LineAccount.person_id.in_(ids))
            .group_by(LineAccount.person_id)
        )
        return {
            person: dt.datetime.fromtimestamp(stamp / 1000, dt.UTC)
            for person, stamp in self.session.execute(last)
            if person is not None and stamp
        }


def _reachable() -> ColumnElement[bool]:
    return exists().where(LineAccount.person_id == Person.id, LineAccount.following)
