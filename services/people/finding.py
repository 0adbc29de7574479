"""Finding people for an operator: by a part of a name, or by the area that they work in."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from models.people import LineAccount, Membership, Person

MOST = 50


@dataclass(frozen=True, slots=True)
class Found:
    id: int
    name: str
    roles: tuple[tuple[str, str], ...]
    """(role, area code) of today."""
    in_line: bool


def find(session: Session, words: str) -> list[Found]:
    """People whose name holds `words`, or who hold or held a role in an area whose code begins so. MOST at most."""
    wanted = Person.name.icontains(words, autoescape=True)
    if words.isdigit():
        held = exists().where(Membership.person_id == Person.id, Membership.area_code.startswith(words))
        wanted = held | wanted
    people = session.scalars(select(Person).where(wanted).order_by(Person.id).limit(MOST))
    return [_found(session, person) for person in people]


def _found(session: Session, person: Person) -> Found:
    roles = session.execute(
        select(Membership.role, Membership.area_code)
        .where(Membership.person_id == person.id, Membership.ended_at.is_(None))
        .order_by(Membership.since, Membership.id)
    )
    account = session.scalar(select(LineAccount.id).where(LineAccount.person_id == person.id).limit(1))
    return Found(person.id, person.name, tuple((role, code) for role, code in roles), account is not None)
