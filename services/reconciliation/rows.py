"""The rows behind a difference, and which of them are likely to be why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.area import Area, AreaKind, inside
from models.reconciliation import DashboardFigure
from services.reconciliation.compare import DASHBOARD, DISTRICT, PARTS, REGISTER, Finding
from services.reconciliation.likely import Candidate, Reason, Row, likely
from services.reconciliation.reconciling import Reconciled

SHOWN: Final = 5
"""Candidates of a difference; further ones would be guesses."""


@dataclass(frozen=True)
class LikelyRows:
    session: Session
    looked: Reconciled

    def of(self, found: Finding) -> tuple[Candidate, ...]:
        """The likeliest first; keys are codes of areas, "" for the area's own total."""
        if found.source == PARTS:
            return likely(self._dashboard_rows(found), self._said(found))[:SHOWN]
        if found.source == REGISTER:
            return self._of_register(found)[:SHOWN]
        return self._of_reports(found)[:SHOWN]

    def _said(self, found: Finding) -> int:
        return self.looked.comparison.lines[found.code].figures[found.against].value

    def _figure(self, source: str, code: str) -> int | None:
        figure = self.looked.sources.figures.get(source, {}).get(code)
        return figure.value if figure is not None and figure.complete else None

    def _below(self, code: str) -> list[str]:
        return [one for one in self.looked.sources.codes if one[:-2] == code]

    def _dashboard_rows(self, found: Finding) -> list[Row]:
        """What the dashboard says of the areas right below; those that nobody waits for are left out."""
        codes = self._below(found.code)
        before = self._earlier(codes)
        rows = []
        for code in codes:
            value, listed = self._figure(DASHBOARD, code), self._figure(REGISTER, code)
            if value is not None or code in found.missing:
                rows.append(Row(code, value, listed, before.get(code)))
        return rows

    def _earlier(self, codes: Sequence[str]) -> dict[str, int]:
        """The figure that stood before the one that stands."""
        own = self.looked.campaign.id, self.looked.measure.key
        rows = self.session.execute(
            select(DashboardFigure.area_code, DashboardFigure.value)
            .where(
                DashboardFigure.campaign_id == own[0],
                DashboardFigure.measure == own[1],
                DashboardFigure.area_code.in_(codes),
                DashboardFigure.replaced_at.is_not(None),
                DashboardFigure.value.is_not(None),
            )
            .order_by(DashboardFigure.number)
        )
        return {code: int(value) for code, value in rows if value is not None}

    def _of_register(self, found: Finding) -> tuple[Candidate, ...]:
        """Areas right below and, of a district or tambon, its villages."""
        said = self._said(found)
        inner = [
            Row(code, self._figure(REGISTER, code), self._figure(DASHBOARD, code)) for code in self._below(found.code)
        ]
        listed = [row for row in inner if row.value is not None]
        candidates = likely(listed, said) if listed else ()
        if len(found.code) >= DISTRICT:
            candidates += likely(self._villages(found.code), said)
        return _best(candidates)

    def _villages(self, code: str) -> list[Row]:
        rows = self.session.execute(
            select(Area.code, Area.households)
            .where(Area.kind == AreaKind.VILLAGE.value, inside(Area.code, code))
            .order_by(Area.code)
        )
        return [Row(village, households) for village, households in rows]

    def _of_reports(self, found: Finding) -> tuple[Candidate, ...]:
        """The report itself beside the reference; of a province, its districts' reports."""
        said = self._said(found)
        if len(found.code) >= DISTRICT:
            row = self._report(found, found.code, said)
            # that the two sides differ is what the finding says itself
            return tuple(one for one in likely([row], None) if one.reason is not Reason.DIFFERS)
        codes = [code for code in self._below(found.code) if code in self.looked.sources.reports]
        rows = [self._report(found, code, self._figure(found.against, code)) for code in codes]
        return likely(rows, said)

    def _report(self, found: Finding, code: str, other: int | None) -> Row:
        report = self.looked.sources.reports.get(code)
        if report is None:
            return Row(code, self._figure(found.source, code), other)
        return Row(code, report.values.get(found.source), other, report.before.get(found.source))


def _best(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """The likeliest of several lists, the total once."""
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        if candidate.key not in best or candidate.weight > best[candidate.key].weight:
            best[candidate.key] = candidate
    return tuple(sorted(best.values(), key=lambda candidate: -candidate.weight))
