"""The figures that are compared, read by level with a few aggregated queries: no household and no report is walked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from models.area import Area, AreaKind
from models.campaign import Campaign, Form, KnownValue, Round
from models.obligation import Answer, Obligation, ObligationState, Report
from models.reconciliation import DashboardFigure
from services.campaigns.reconciliation import Measure, ReconciliationPlan
from services.desk.scope import Scope
from services.reconciliation.compare import DASHBOARD, DISTRICT, PROVINCE, REGISTER, TAMBON, Figure, Figures

_KINDS: Final = (AreaKind.PROVINCE.value, AreaKind.DISTRICT.value, AreaKind.TAMBON.value)


@dataclass(frozen=True, slots=True)
class Reported:
    """A district's report: where it is, and what it says now and said a round before."""

    obligation_id: int
    values: Mapping[str, int] = field(default_factory=dict)
    before: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Sources:
    """Everything that one measure is compared by, within a scope."""

    codes: tuple[str, ...]
    """Provinces, districts and tambons, in order."""
    figures: Figures
    reports: Mapping[str, Reported]
    """By district; of the newest round that has opened."""
    round_number: int
    """0 where no report is compared."""


@dataclass(frozen=True)
class SourceReader:
    session: Session
    campaign: Campaign
    plan: ReconciliationPlan
    measure: Measure
    scope: Scope
    now: dt.datetime
    """Civil."""
    earlier: bool = True
    """Read what the round before said as well: wanted for likely rows alone."""

    def read(self) -> Sources:
        """What the scope holds of the campaign's province."""
        codes = tuple(
            self.session.scalars(
                select(Area.code).where(Area.kind.in_(_KINDS), self._here(Area.code)).order_by(Area.code)
            )
        )
        found: dict[str, Mapping[str, Figure]] = {}
        said = self._dashboard()
        if said:
            found[DASHBOARD] = said
        if self.measure.register:
            found[REGISTER] = self._register()
        reports, number = self._reports()
        districts = [code for code in codes if len(code) == DISTRICT]
        for box in self.measure.reported if reports else ():
            found[box] = _boxes(box, districts, reports)
        wanted = set(codes)
        seen = {source: {code: one for code, one in by.items() if code in wanted} for source, by in found.items()}
        return Sources(codes, seen, reports, number)

    def _here(self, column: ColumnElement[str] | object) -> ColumnElement[bool]:
        return self.scope.narrowed(self.campaign.province_code).within(column)  # type: ignore[arg-type]

    def _dashboard(self) -> dict[str, Figure]:
        """As entered; of a district that nobody entered, what was known of it beforehand."""
        entered = select(DashboardFigure.area_code, DashboardFigure.value).where(
            DashboardFigure.campaign_id == self.campaign.id,
            DashboardFigure.measure == self.measure.key,
            DashboardFigure.replaced_at.is_(None),
            self._here(DashboardFigure.area_code),
        )
        known = select(KnownValue.area_code, KnownValue.value).where(
            KnownValue.campaign_id == self.campaign.id,
            KnownValue.name == (self.measure.dashboard_box or None),
            KnownValue.round_number == 0,
            self._here(KnownValue.area_code),
        )
        values = {code: int(value) for code, value in self.session.execute(known) if value.isdigit()}
        for code, value in self.session.execute(entered):
            values.pop(code, None)
            if value is not None:
                values[code] = int(value)
        return {code: Figure(value) for code, value in values.items()}

    def _register(self) -> dict[str, Figure]:
        """Sums of the villages' households at each level. A village without a number is counted as missing."""
        rows = self.session.execute(
            select(Area.parent_code, func.sum(Area.households), func.count(Area.households), func.count())
            .where(Area.kind == AreaKind.VILLAGE.value, self._here(Area.code))
            .group_by(Area.parent_code)
        )
        sums: dict[str, list[int]] = {}
        for tambon, total, counted, expected in rows:
            for digits in (PROVINCE, DISTRICT, TAMBON):
                into = sums.setdefault(str(tambon)[:digits], [0, 0, 0])
                for place, count in enumerate((total or 0, counted, expected)):
                    into[place] += int(count)
        return {code: Figure(*counts) for code, counts in sums.items() if counts[1]}

    def _reports(self) -> tuple[dict[str, Reported], int]:
        """The newest version of each district's report, of the newest round that has opened and the one before."""
        if not self.measure.reported:
            return {}, 0
        rounds = self.session.scalars(
            select(Round)
            .where(Round.campaign_id == self.campaign.id, Round.duty == "", Round.opens_at <= self.now)
            .order_by(Round.number.desc())
            .limit(2)
        ).all()
        if not rounds:
            return {}, 0
        owed = self.session.execute(
            select(Obligation.area_code, Obligation.id)
            .join(Form, Form.id == Obligation.form_id)
            .where(
                Obligation.round_id == rounds[0].id,
                Form.key == self.plan.form,
                Obligation.state != ObligationState.WAIVED.value,
                self._here(Obligation.area_code),
            )
        )
        now = self._answers(rounds[0])
        before = self._answers(rounds[1]) if self.earlier and len(rounds) > 1 else {}
        reports = {code: Reported(number, now.get(code, {}), before.get(code, {})) for code, number in owed}
        return reports, rounds[0].number

    def _answers(self, rnd: Round) -> dict[str, dict[str, int]]:
        newest = (
            select(Report.obligation_id, func.max(Report.number).label("number"))
            .join(Obligation, Obligation.id == Report.obligation_id)
            .where(Obligation.round_id == rnd.id, self._here(Obligation.area_code))
            .group_by(Report.obligation_id)
            .subquery()
        )
        rows = self.session.execute(
            select(Obligation.area_code, Answer.box, Answer.number)
            .join(Report, Report.id == Answer.report_id)
            .join(newest, (newest.c.obligation_id == Report.obligation_id) & (newest.c.number == Report.number))
            .join(Obligation, Obligation.id == Report.obligation_id)
            .join(Form, Form.id == Obligation.form_id)
            .where(Form.key == self.plan.form, Answer.box.in_(self.measure.reported), Answer.number.is_not(None))
        )
        found: dict[str, dict[str, int]] = {}
        for code, box, value in rows:
            found.setdefault(code, {})[box] = int(value or 0)
        return found


def _boxes(box: str, districts: Sequence[str], reports: Mapping[str, Reported]) -> dict[str, Figure]:
    """A box by district, and its sum by province."""
    said = {code: one.values[box] for code, one in reports.items() if box in one.values}
    found = {code: Figure(value) for code, value in said.items()}
    for province in dict.fromkeys(code[:PROVINCE] for code in districts):
        inside = _inside(said, province)
        if inside:
            found[province] = Figure(sum(inside), len(inside), len(_inside(dict.fromkeys(reports, 0), province)))
    return found


def _inside(values: Mapping[str, int], province: str) -> Sequence[int]:
    here: Iterable[int] = (value for code, value in values.items() if code.startswith(province))
    return list(here)
