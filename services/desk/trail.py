"""The audit as an office may read it: who did what to what in its area, a page at a time.

What lies nowhere, as signing in does, belongs to the offices in which whoever did it has or had a role.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from models.people import Membership, Person
from models.work import Audit
from services.calendar import BANGKOK
from services.desk.deeds import COMMANDS, GROUPS, PROGRAMS
from services.desk.scope import Scope
from services.desk.trail_subjects import Subject, subjects_of

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class WantedDeeds:
    """What of the audit is asked for."""

    name: str = ""
    """A part of the name of whoever did it."""
    group: str = ""
    """One of GROUPS; anything else is all of them."""
    area: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    """That day included."""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Deed:
    at: dt.datetime
    name: str
    """Of whoever did it; "" where `by` says more."""
    by: str
    """person, gone (nothing is kept of them), command, program or system."""
    action: str
    number: int
    """Rows, pictures, households: what the deed counts; 0 where it counts nothing."""
    role: str
    """Of a duty that was given or ended; "" of anything else."""
    subject: Subject
    area_code: str


@dataclass(frozen=True)
class Trail:
    session: Session
    scope: Scope

    def page(self, wanted: WantedDeeds) -> tuple[tuple[Deed, ...], bool]:
        """A page, the newest first, and whether there is more. A fixed number of queries, however long the page."""
        chosen = (
            select(Audit, Person.name)
            .outerjoin(Person, Person.id == Audit.person_id)
            .where(self._seen(wanted.area), *_asked(wanted))
        )
        place = chosen.order_by(Audit.id.desc()).offset((wanted.page - 1) * A_PAGE).limit(A_PAGE + 1)
        rows = [(row, str(name or "")) for row, name in self.session.execute(place)]
        shown = rows[:A_PAGE]
        subjects = subjects_of(self.session, self.scope, [row.subject for row, _name in shown])
        deeds = tuple(_deed(row, name, subjects[row.subject]) for row, name in shown)
        return deeds, len(rows) > A_PAGE

    def _seen(self, area: str) -> ColumnElement[bool]:
        """Once an area is asked for, what lies nowhere is not meant."""
        here = self.scope.narrowed(area).within(Audit.area_code)
        if area:
            return here
        doers = select(Membership.person_id).where(self.scope.within(Membership.area_code))
        return or_(here, and_(Audit.area_code == "", Audit.person_id.in_(doers)))


def _asked(wanted: WantedDeeds) -> Iterable[ColumnElement[bool]]:
    if wanted.name:
        yield Person.name.icontains(wanted.name, autoescape=True)
    if wanted.group in GROUPS:
        yield Audit.action.in_(GROUPS[wanted.group])
    if wanted.first is not None:
        yield Audit.at >= _begin(wanted.first)
    if wanted.last is not None:
        yield Audit.at < _begin(wanted.last) + dt.timedelta(days=1)


def _begin(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), BANGKOK)


def _deed(row: Audit, name: str, subject: Subject) -> Deed:
    counted = (row.detail.get(key) for key in ("rows", "n", "households", "villages"))
    number = next((int(each) for each in counted if isinstance(each, int)), 0)
    role = str(row.detail.get("role", ""))
    return Deed(row.at, name, _by(row, name), row.action, number, role, subject, row.area_code)


def _by(row: Audit, name: str) -> str:
    if row.person_id is not None:
        return "person" if name else "gone"
    if row.action in PROGRAMS:
        return "program"
    return "command" if row.action in COMMANDS else "system"
