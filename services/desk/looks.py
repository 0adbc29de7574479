"""Who looked at which pictures and who exported what: the trail that an office may read about its own area."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.people import Person
from models.work import Audit
from services.desk.scope import Scope

A_PAGE = 50
EXPORTED = ("register_exported_", "exported_")
"""How the actions of exports begin: of the register (services.register.exporting), of reports and photos
(services.exports.ordering)."""
LOOKED = ("viewed", "viewed_small")


@dataclass(frozen=True, slots=True)
class Look:
    at: dt.datetime
    who: str
    """"" for the command line, or somebody who has been erased."""
    action: str
    """One of LOOKED, or "exported"."""
    subject: str
    area_code: str
    number: int
    """Pictures or rows."""


def looks(session: Session, scope: Scope, page: int) -> tuple[tuple[Look, ...], bool]:
    """A page of the trail, the newest first, and whether there is more."""
    exported = (Audit.action.startswith(begins, autoescape=True) for begins in EXPORTED)
    wanted = or_(Audit.action.in_(LOOKED), *exported)
    rows = session.execute(
        select(Audit, Person.name)
        .outerjoin(Person, Person.id == Audit.person_id)
        .where(scope.within(Audit.area_code), wanted)
        .order_by(Audit.id.desc())
        .offset((page - 1) * A_PAGE)
        .limit(A_PAGE + 1)
    ).all()
    return tuple(_look(row, name) for row, name in rows[:A_PAGE]), len(rows) > A_PAGE


def _look(row: Audit, name: str | None) -> Look:
    exported = row.action.startswith(EXPORTED)
    action = "exported" if exported else row.action
    number = int(row.detail.get("rows" if exported else "n", 1))
    subject = row.action.rpartition("_")[2] if exported else row.subject.partition(" ")[0]
    return Look(row.at, name or "", action, subject, row.area_code, number)
