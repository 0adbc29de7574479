"""The reports of a round as the province reads them: what is doubtful first, what can be taken unread last.

A page costs the same few queries whether there are fourteen districts or nine hundred: what is doubtful was found when
a report was finished (services.reports.reviewing).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, Subquery, and_, case, func, select
from sqlalchemy.orm import Session

from models.area import AreaKind, inside
from models.campaign import Form
from models.obligation import Obligation, ObligationChange, ObligationState, Report
from models.people import Person
from models.review import ReportReview
from services.desk.scope import Scope
from services.reports.as_of import state_at, version_id_at

A_PAGE = 50
SENT = (ObligationState.SUBMITTED.value, ObligationState.LATE.value)
OWING = (ObligationState.OPEN.value, ObligationState.PARTLY.value)
_DECIDED = (ObligationState.RETURNED.value, ObligationState.ACCEPTED.value, ObligationState.WAIVED.value)


class Rank(IntEnum):
    """The order of the list."""

    BACK_TO_ME = 0
    """Sent again after this very reviewer had returned it."""
    GRAVE = 1
    LIGHT = 2
    UNREAD = 3
    """Sent a moment ago: what there is to say about it is still being found."""
    CLEAN = 4
    RETURNED = 5
    OWED = 6
    ACCEPTED = 7
    WAIVED = 8


GROUPS: Mapping[str, tuple[Rank, ...]] = {
    "waiting": (Rank.BACK_TO_ME, Rank.GRAVE, Rank.LIGHT, Rank.UNREAD, Rank.CLEAN),
    "remarks": (Rank.BACK_TO_ME, Rank.GRAVE, Rank.LIGHT),
    "clean": (Rank.CLEAN,),
    "returned": (Rank.RETURNED,),
    "owed": (Rank.OWED,),
    "accepted": (Rank.ACCEPTED,),
    "waived": (Rank.WAIVED,),
}
"""What a list may be narrowed to."""


@dataclass(frozen=True, slots=True)
class Wanted:
    round_id: int
    group: str = ""
    """Of GROUPS; "" is everything."""
    area: str = ""
    page: int = 1
    at: dt.datetime | None = None
    """As it was at that moment (civil); None is now."""


@dataclass(frozen=True, slots=True)
class Line:
    obligation_id: int
    area_code: str
    state: str
    rank: Rank
    version: int | None
    """None: nothing was sent."""
    sent_at: dt.datetime | None
    sender: str
    grave: int
    light: int
    remarks: tuple[Mapping[str, Any], ...]
    """As ReportReview keeps them."""


@dataclass(frozen=True, slots=True)
class Listed:
    lines: tuple[Line, ...]
    page: int
    more: bool
    counts: Mapping[Rank, int]
    """Of the whole round, within what the reviewer may see and the area that was asked for."""
    clean: tuple[int, ...]
    """Ids of the report versions, on all pages, that stand without a remark: whoever sees the page may take these."""

    def of(self, group: str) -> int:
        return sum(self.counts.get(rank, 0) for rank in GROUPS[group])

    @property
    def asked(self) -> int:
        """Reports that are asked for: who was excused does not count."""
        return sum(self.counts.values()) - self.of("waived")

    @property
    def reported(self) -> int:
        return self.of("waiting") + self.of("accepted")


@dataclass(frozen=True)
class ReviewList:
    session: Session
    scope: Scope
    reviewer: int
    """Person id."""

    def page(self, wanted: Wanted) -> Listed:
        base = self._base(wanted)
        counts = {Rank(rank): n for rank, n in self.session.execute(_counted(base))}
        clean = select(base.c.report_id).where(base.c.rank == Rank.CLEAN).order_by(base.c.report_id)
        takes = tuple(self.session.scalars(clean))
        ordered = (base.c.rank, base.c.grave.desc(), base.c.light.desc(), base.c.area_code, base.c.obligation_id)
        lines = (
            select(base, Person.name, ReportReview.remarks)
            .outerjoin(Person, Person.id == base.c.submitted_by)
            .outerjoin(ReportReview, ReportReview.report_id == base.c.report_id)
            .order_by(*ordered)
            .offset((wanted.page - 1) * A_PAGE)
            .limit(A_PAGE + 1)
        )
        if wanted.group:
            lines = lines.where(base.c.rank.in_(GROUPS[wanted.group]))
        found = [_line(row) for row in self.session.execute(lines)]
        return Listed(tuple(found[:A_PAGE]), wanted.page, len(found) > A_PAGE, counts, takes)

    def clean(self, wanted: Wanted, among: Collection[int]) -> list[tuple[int, int]]:
        """(obligation id, version) of every report without a remark, as far as it is one of these versions (ids)."""
        base = self._base(wanted)
        found = select(base.c.obligation_id, base.c.number, base.c.report_id).where(base.c.rank == Rank.CLEAN)
        rows = self.session.execute(found.order_by(base.c.area_code))
        return [(obligation, number) for obligation, number, version in rows if version in among]

    def districts(self, round_id: int) -> list[str]:
        """Codes of the areas that owe anything in it."""
        base = self._base(Wanted(round_id))
        return list(self.session.scalars(select(base.c.area_code).distinct().order_by(base.c.area_code)))

    def _base(self, wanted: Wanted) -> Subquery:
        """Every report that districts owe in the round, with its version, its remarks and its place in the order."""
        state = state_at(wanted.at)
        rows: Select[*tuple[Any, ...]] = (
            select(
                Obligation.id.label("obligation_id"),
                Obligation.area_code,
                state.label("state"),
                _rank(state, self.reviewer, wanted.at).label("rank"),
                Report.id.label("report_id"),
                Report.number,
                Report.submitted_at,
                Report.submitted_by,
                func.coalesce(ReportReview.grave, 0).label("grave"),
                func.coalesce(ReportReview.light, 0).label("light"),
            )
            .join(Form, Form.id == Obligation.form_id)
            .outerjoin(Report, Report.id == version_id_at(wanted.at))
            .outerjoin(ReportReview, ReportReview.report_id == Report.id)
            .where(
                Obligation.round_id == wanted.round_id,
                Form.unit == AreaKind.DISTRICT.value,
                Form.current_version_id.is_not(None),
                self.scope.within(Obligation.area_code),
                inside(Obligation.area_code, wanted.area),
            )
        )
        return rows.subquery()


def _rank(state: SQLColumnExpression[str], reviewer: int, at: dt.datetime | None) -> ColumnElement[int]:
    return case(
        (state == ObligationState.RETURNED.value, Rank.RETURNED),
        (state == ObligationState.ACCEPTED.value, Rank.ACCEPTED),
        (state == ObligationState.WAIVED.value, Rank.WAIVED),
        (state.in_(OWING), Rank.OWED),
        (and_(state.in_(SENT), _returned_by(reviewer, at)), Rank.BACK_TO_ME),
        (ReportReview.report_id.is_(None), Rank.UNREAD),
        (ReportReview.grave > 0, Rank.GRAVE),
        (ReportReview.light > 0, Rank.LIGHT),
        else_=Rank.CLEAN,
    )


def _returned_by(reviewer: int, at: dt.datetime | None) -> ColumnElement[bool]:
    """Whether the last thing that the province decided about a report was that this person returned it."""
    steps = (
        select(case((ObligationChange.to_state == ObligationState.RETURNED.value, ObligationChange.person_id), else_=0))
        .where(ObligationChange.obligation_id == Obligation.id, ObligationChange.to_state.in_(_DECIDED))
        .order_by(ObligationChange.id.desc())
        .limit(1)
    )
    if at is not None:
        steps = steps.where(ObligationChange.at <= at)
    return steps.correlate(Obligation).scalar_subquery() == reviewer


def _counted(base: Subquery) -> Select[int, int]:
    return select(base.c.rank, func.count()).group_by(base.c.rank)


def _line(row: Any) -> Line:
    return Line(
        obligation_id=row.obligation_id,
        area_code=row.area_code,
        state=row.state,
        rank=Rank(row.rank),
        version=row.number,
        sent_at=row.submitted_at,
        sender=row.name or "",
        grave=row.grave,
        light=row.light,
        remarks=tuple(row.remarks or ()),
    )
