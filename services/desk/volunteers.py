"""Volunteers as the desk shows them: the pictures of signatures under one name, for a person to look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.register import Volunteer, VolunteerSignature
from services.desk.scope import Scope


@dataclass(frozen=True, slots=True)
class SignedName:
    """One volunteer of a name."""

    code: str
    area_code: str
    pictures: tuple[int, ...]
    """Of the volunteer's signatures."""


def signed_names(session: Session, scope: Scope, names: Collection[str]) -> dict[str, tuple[SignedName, ...]]:
    """The volunteers of each name inside the scope, by their codes."""
    own = Volunteer.registered.is_(True), Volunteer.name.in_(list(names)), scope.within(Volunteer.area_code)
    people = session.scalars(select(Volunteer).where(*own).order_by(Volunteer.code)).all()
    pictures: dict[int, tuple[int, ...]] = defaultdict(tuple)
    numbers = [person.id for person in people]
    of_them = select(VolunteerSignature.volunteer_id, VolunteerSignature.id).where(
        VolunteerSignature.volunteer_id.in_(numbers)
    )
    for volunteer, number in session.execute(of_them.order_by(VolunteerSignature.id)):
        pictures[volunteer] += (number,)
    found: dict[str, tuple[SignedName, ...]] = defaultdict(tuple)
    for person in people:
        found[person.name] += (SignedName(person.code, person.area_code, pictures[person.id]),)
    return dict(found)


def volunteer_name(session: Session, scope: Scope, code: str) -> str | None:
    """The name of a volunteer of the scope; "" for a code that only households name, None for one of elsewhere."""
    person = session.scalar(select(Volunteer).where(Volunteer.code == code))
    if person is None:
        return ""
    return person.name if scope.sees(person.area_code) else None
