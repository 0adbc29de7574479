"""Who changed a campaign last, and what they did: for somebody whose own change came a moment later."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.people import Person
from models.work import Audit


@dataclass(frozen=True, slots=True)
class LastChange:
    at: dt.datetime
    name: str
    """Empty for the command line, and for somebody of whom nothing is kept."""
    action: str


def last_change(session: Session, slug: str) -> LastChange | None:
    """The newest deed at the campaign as a whole; None for one that is not there."""
    wanted = select(Audit, Person.name).outerjoin(Person, Person.id == Audit.person_id).where(Audit.subject == slug)
    row = session.execute(wanted.order_by(Audit.id.desc()).limit(1)).first()
    return None if row is None else LastChange(row[0].at, row[1] or "", row[0].action)
