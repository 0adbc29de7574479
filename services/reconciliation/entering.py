"""Storing the Department's figures: each entry is a version, the same figure twice is one, and earlier ones stay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from models.campaign import Campaign, KnownValue
from models.people import Person
from models.reconciliation import DashboardFigure
from models.work import Audit
from services.campaigns.reconciliation import reconciliation_of
from services.reconciliation.compare import DISTRICT

PROVINCE_SAYS = "province"
"""Source of the known values that follow from these figures, as in a campaign's own file."""

Place: TypeAlias = tuple[str, str]
"""Area and measure."""


@dataclass(frozen=True, slots=True)
class Given:
    """A figure as somebody gives it."""

    area_code: str
    measure: str
    value: int | None
    """None takes the standing one back."""
    as_of: dt.date


@dataclass(frozen=True, slots=True)
class Entered:
    """What became, or would become, of some figures."""

    added: int = 0
    changed: int = 0
    same: int = 0


@dataclass(frozen=True, slots=True)
class Version:
    """One figure of an area in the course of time."""

    number: int
    value: int | None
    as_of: dt.date
    source: str
    who: str
    at: dt.datetime
    replaced_at: dt.datetime | None


@dataclass(frozen=True)
class Figures:
    """The figures of one campaign. Storing goes on in the caller's transaction."""

    session: Session
    campaign: Campaign

    def would_become(self, given: Sequence[Given]) -> Entered:
        """What `store` would do; nothing is stored."""
        standing = self._standing(given)
        counts = [_what(standing.get(_place(one)), one) for one in given]
        return Entered(counts.count("added"), counts.count("changed"), counts.count("same"))

    def store(self, given: Sequence[Given], source: str, person_id: int | None, now: dt.datetime) -> Entered:
        """Put figures, each place once, where others stand. `source`: a file's name, "" for typed; `now`: civil.

        Raises IntegrityError when somebody else stores one of the same area at the same moment.
        """
        standing = self._standing(given)
        counts = {"added": 0, "changed": 0, "same": 0}
        new = []
        for one in given:
            what = _what(standing.get(_place(one)), one)
            counts[what] += 1
            if what != "same":
                new.append(one)
        if new:
            self._put(new, standing, source, person_id, now)
            self._tell_form(new)
            self.session.add(
                Audit(
                    at=now,
                    person_id=person_id,
                    action="dashboard_figures_entered",
                    subject=self.campaign.slug,
                    area_code=self.campaign.province_code,
                    detail=counts,
                )
            )
        return Entered(**counts)

    def history(self, measure: str, area_code: str) -> tuple[Version, ...]:
        """Every figure of an area, the newest first."""
        rows = self.session.execute(
            select(DashboardFigure, Person.name)
            .outerjoin(Person, Person.id == DashboardFigure.entered_by)
            .where(
                DashboardFigure.campaign_id == self.campaign.id,
                DashboardFigure.measure == measure,
                DashboardFigure.area_code == area_code,
            )
            .order_by(DashboardFigure.number.desc())
        )
        return tuple(
            Version(row.number, row.value, row.as_of, row.source, name or "", row.entered_at, row.replaced_at)
            for row, name in rows
        )

    def _standing(self, given: Sequence[Given]) -> dict[Place, DashboardFigure]:
        """Every figure of these measures that stands, in one query: a table brings thousands."""
        rows = self.session.scalars(
            select(DashboardFigure).where(
                DashboardFigure.campaign_id == self.campaign.id,
                DashboardFigure.measure.in_({one.measure for one in given}),
                DashboardFigure.replaced_at.is_(None),
            )
        )
        return {(row.area_code, row.measure): row for row in rows}

    def _put(
        self,
        new: Sequence[Given],
        standing: Mapping[Place, DashboardFigure],
        source: str,
        person_id: int | None,
        now: dt.datetime,
    ) -> None:
        before = [standing.get(_place(one)) for one in new]
        for row in before:
            if row is not None:
                row.replaced_at = now
        self.session.flush()  # only one may stand at a time
        rows = [
            {
                "campaign_id": self.campaign.id,
                "measure": one.measure,
                "area_code": one.area_code,
                "number": 1 if row is None else row.number + 1,
                "value": one.value,
                "as_of": one.as_of,
                "source": source,
                "entered_by": person_id,
                "entered_at": now,
            }
            for one, row in zip(new, before, strict=True)
        ]
        self.session.execute(insert(DashboardFigure), rows)

    def _tell_form(self, new: Sequence[Given]) -> None:
        """A district's figure is what its form shows as the dashboard's."""
        boxes = {one.key: one.dashboard_box for one in reconciliation_of(self.campaign.settings).measures}
        told = {
            (one.area_code, boxes[one.measure]): str(one.value)
            for one in new
            if boxes[one.measure] and one.value is not None and len(one.area_code) == DISTRICT
        }
        if not told:
            return
        of_all_rounds = {"campaign_id": self.campaign.id, "round_number": 0}
        shown = select(KnownValue).filter_by(**of_all_rounds).where(KnownValue.name.in_({box for _, box in told}))
        rows = {(row.area_code, row.name): row for row in self.session.scalars(shown)}
        for (code, box), value in told.items():
            row = rows.get((code, box))
            if row is None:
                row = KnownValue(**of_all_rounds, area_code=code, name=box, value="", source=PROVINCE_SAYS)
                self.session.add(row)
            row.value, row.source = value, PROVINCE_SAYS


def _place(one: Given) -> Place:
    return one.area_code, one.measure


def _what(standing: DashboardFigure | None, one: Given) -> str:
    if standing is None:
        return "added" if one.value is not None else "same"
    if standing.value is None and one.value is None:
        return "same"
    return "same" if (standing.value, standing.as_of) == (one.value, one.as_of) else "changed"
