"""One measure of a campaign compared, with what people have said of its differences: for page, list, freezing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.people import Person
from models.reconciliation import DifferenceReason
from services.campaigns.reconciliation import Measure, ReconciliationPlan, reconciliation_of
from services.desk.scope import Scope
from services.reconciliation.compare import Comparison, Finding, compare
from services.reconciliation.sources import SourceReader, Sources

Place = tuple[str, str, int]
"""Area, source and gap: a reason holds for just that."""


@dataclass(frozen=True, slots=True)
class Said:
    """Why a difference is as it should be."""

    reason: str
    person_id: int
    who: str
    at: dt.datetime


@dataclass(frozen=True)
class Reconciled:
    campaign: Campaign
    plan: ReconciliationPlan
    measure: Measure
    scope: Scope
    sources: Sources
    comparison: Comparison
    reasons: Mapping[Place, Said]

    def said(self, found: Finding) -> Said | None:
        return self.reasons.get((found.code, found.source, found.gap))

    @property
    def open(self) -> tuple[Finding, ...]:
        """Differences that nobody has explained; what still waits for figures is not among them."""
        return tuple(found for found in self.comparison.differences if self.said(found) is None)

    @property
    def unsettled(self) -> tuple[Finding, ...]:
        """All that keeps the figures from being frozen."""
        return tuple(found for found in self.comparison.findings if self.said(found) is None)

    @property
    def compared(self) -> bool:
        """Somewhere two figures stand side by side."""
        return any(line.gaps for line in self.comparison.lines.values())


def reconcile(
    session: Session,
    campaign: Campaign | None,
    measure: str,
    scope: Scope,
    now: dt.datetime,
    *,
    earlier: bool = True,
) -> Reconciled | None:
    """`measure` "": the campaign's first. None: the campaign compares nothing. `now`: civil.

    `earlier` False leaves out what the round before said, which only likely rows need.
    """
    plan = reconciliation_of(campaign.settings) if campaign is not None else ReconciliationPlan()
    wanted = plan.measure(measure)
    if campaign is None or wanted is None:
        return None
    sources = SourceReader(session, campaign, plan, wanted, scope, now, earlier).read()
    comparison = compare(sources.codes, sources.figures)
    reasons = _reasons(session, campaign, wanted, scope) if comparison.findings else {}
    return Reconciled(campaign, plan, wanted, scope, sources, comparison, reasons)


def _reasons(session: Session, campaign: Campaign, measure: Measure, scope: Scope) -> dict[Place, Said]:
    """The newest of each difference, unless it was taken back."""
    rows = session.execute(
        select(DifferenceReason, Person.name)
        .join(Person, Person.id == DifferenceReason.person_id)
        .where(
            DifferenceReason.campaign_id == campaign.id,
            DifferenceReason.measure == measure.key,
            scope.within(DifferenceReason.area_code),
        )
        .order_by(DifferenceReason.id)
    )
    found = {(row.area_code, row.source, row.gap): Said(row.reason, row.person_id, name, row.at) for row, name in rows}
    return {place: said for place, said in found.items() if said.reason}
