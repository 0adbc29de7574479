"""Somebody as an office knows them: name, tasks with their areas, and whether LINE lets us write to them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.messages.catalogue import Catalogue
from models.people import LineAccount, Membership, Person
from services.people.people import Areas


@dataclass(frozen=True, slots=True)
class Held:
    """A task, now or before."""

    role: str
    code: str
    area: str
    ended: bool


@dataclass(frozen=True, slots=True)
class Standing:
    name: str
    held: tuple[Held, ...]
    accounts: int
    following: int
    """Of their LINE accounts those that have not blocked us, as far as LINE has said."""


def standing_of(session: Session, person_id: int, words: Catalogue) -> Standing | None:
    """None for nobody."""
    person = session.get(Person, person_id)
    if person is None:
        return None
    areas = Areas(session, words)
    rows = session.scalars(select(Membership).where(Membership.person_id == person_id).order_by(Membership.id))
    held = tuple(
        Held(row.role, row.area_code, areas[row.area_code].name, ended=row.ended_at is not None)
        for row in sorted(rows, key=lambda row: row.ended_at is not None)
    )
    following = session.scalars(select(LineAccount.following).where(LineAccount.person_id == person_id)).all()
    return Standing(person.name, held, len(following), sum(following))
