"""What programs read, as plain objects: campaigns, rounds, obligations, reports, steps of the ledger, villages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bot.messages.catalogue import DEFAULT_LOCALE
from models.area import Area, AreaKind
from models.campaign import Campaign, Form, Round
from models.obligation import Obligation, ObligationChange, Report
from services.campaigns.household_cases import cases_of
from services.desk.scope import Scope
from services.desk.villages import Counts, VillageList
from services.exports.reports import ReportRow, Wanted, report_page
from services.people.people import Areas
from services.reports.forms import FormCache
from services.settled import settled
from services.texts import Texts

Object = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a list is asked for; a page begins after `cursor`."""

    cursor: int = 0
    limit: int = 100
    area: str = ""
    round: int | None = None
    form: str = ""
    state: str = ""
    versions: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Object]
    cursor: int
    """Where the next one begins."""
    more: bool
    """It was full, so there may be more."""


@dataclass(frozen=True)
class Reading:
    session: Session
    scope: Scope
    """Of the token: one area."""
    forms: FormCache
    texts: Texts

    def campaigns(self) -> list[Object]:
        provinces = {code[:2] for code in self.scope.codes}
        rows = self.session.scalars(select(Campaign).where(Campaign.province_code.in_(provinces)).order_by(Campaign.id))
        return [self._campaign(row) for row in rows]

    def _campaign(self, row: Campaign) -> Object:
        forms = self.session.scalars(select(Form).where(Form.campaign_id == row.id).order_by(Form.id))
        return {
            "slug": row.slug,
            "province_code": row.province_code,
            "titles": row.settings.get("titles") or {},
            "note": (row.settings.get("disclaimer") or {}).get(DEFAULT_LOCALE, ""),
            "forms": [{"key": form.key, "unit": form.unit, "duty": form.duty} for form in forms],
        }

    def campaign(self, slug: str) -> Campaign | None:
        """None for one that is not there, or lies outside the token's area."""
        row = self.session.scalar(select(Campaign).where(Campaign.slug == slug))
        provinces = {code[:2] for code in self.scope.codes}
        return row if row is not None and row.province_code in provinces else None

    def rounds(self, campaign: Campaign) -> list[Object]:
        rows = self.session.scalars(
            select(Round).where(Round.campaign_id == campaign.id).order_by(Round.duty, Round.number)
        )
        return [
            {
                "number": row.number,
                "duty": row.duty,
                "opens_at": row.opens_at,
                "due_at": row.due_at,
                "closes_at": row.closes_at,
            }
            for row in rows
        ]

    def obligations(self, campaign: Campaign, asked: Asked) -> Page:
        found = self._owed(
            select(
                Obligation.id,
                Round.number.label("round"),
                Round.duty,
                Form.key.label("form"),
                Obligation.area_code,
                Obligation.state,
                Obligation.submitted_at,
            ).select_from(Obligation),
            campaign,
            asked,
        )
        if asked.state:
            found = found.where(Obligation.state == asked.state)
        rows = self.session.execute(
            found.where(Obligation.id > asked.cursor).order_by(Obligation.id).limit(asked.limit)
        )
        return _page([dict(row) for row in rows.mappings()], asked)

    def reports(self, campaign: Campaign, asked: Asked) -> Page:
        """With their values, in the order in which they were confirmed."""
        codes = self.scope.narrowed(asked.area).codes
        if not codes:
            return Page([], asked.cursor, more=False)
        rounds = () if asked.round is None else (asked.round,)
        wanted = Wanted(campaign.id, asked.form, rounds, codes[0], asked.versions)
        rows = report_page(self.session, self.forms, wanted, asked.cursor, asked.limit, settled(self.session, Report))
        return _page([_report(row, campaign.slug, asked.form) for row in rows], asked)

    def report(self, report_id: int) -> Object | None:
        """One version; None for one that is not there or lies outside the token's area."""
        found = self.session.execute(
            select(Campaign, Form.key, Obligation.area_code)
            .select_from(Report)
            .join(Obligation, Obligation.id == Report.obligation_id)
            .join(Form, Form.id == Obligation.form_id)
            .join(Campaign, Campaign.id == Form.campaign_id)
            .where(Report.id == report_id)
        ).first()
        if found is None or not self.scope.sees(found.area_code):
            return None
        campaign, form = found.Campaign, found.key
        wanted = Wanted(campaign.id, form, area=found.area_code, versions=True)
        (row,) = report_page(self.session, self.forms, wanted, report_id - 1, 1)
        return _report(row, campaign.slug, form)

    def changes(self, campaign: Campaign, asked: Asked) -> Page:
        """Steps of the ledger in their order: ids and codes, without who and without the words of a reason."""
        found = self._owed(
            select(
                ObligationChange.id,
                ObligationChange.at,
                ObligationChange.obligation_id,
                Round.number.label("round"),
                Round.duty,
                Form.key.label("form"),
                Obligation.area_code,
                ObligationChange.from_state,
                ObligationChange.to_state,
            )
            .select_from(ObligationChange)
            .join(Obligation, Obligation.id == ObligationChange.obligation_id),
            campaign,
            asked,
        )
        rows = self.session.execute(
            found.where(ObligationChange.id > asked.cursor, settled(self.session, ObligationChange))
            .order_by(ObligationChange.id)
            .limit(asked.limit)
        )
        return _page([dict(row) for row in rows.mappings()], asked)

    def _owed(self, found: Select[*tuple[Any, ...]], campaign: Campaign, asked: Asked) -> Select[*tuple[Any, ...]]:
        found = (
            found.join(Round, Round.id == Obligation.round_id)
            .join(Form, Form.id == Obligation.form_id)
            .where(Form.campaign_id == campaign.id, self.scope.narrowed(asked.area).within(Obligation.area_code))
        )
        if asked.round is not None:
            found = found.where(Round.number == asked.round)
        return found.where(Form.key == asked.form) if asked.form else found

    def villages(self, campaign: Campaign, asked: Asked) -> Page:
        """Counts of households, by village; the cursor is a village's code."""
        after = str(asked.cursor).zfill(8) if asked.cursor else ""
        here = self.scope.narrowed(asked.area).within(Area.code)
        rows = self.session.scalars(
            select(Area)
            .where(Area.kind == AreaKind.VILLAGE.value, Area.code > after, here)
            .order_by(Area.code)
            .limit(asked.limit)
        ).all()
        areas = Areas(self.session, self.texts.catalogue(DEFAULT_LOCALE))
        listed = VillageList(self.session, self.scope, areas, cases_of(campaign.settings, DEFAULT_LOCALE))
        counted = listed.counts(row.code for row in rows)
        found = [_village(row, counted.get(row.code, Counts())) for row in rows]
        cursor = int(rows[-1].code) if rows else asked.cursor
        return Page(found, cursor, more=len(rows) == asked.limit)


def _village(row: Area, counts: Counts) -> Object:
    return {
        "code": row.code,
        "name": row.name_th,
        "moo": row.moo,
        "total": counts.total,
        "checked": counts.checked,
        "complete": counts.complete,
        "lacking": counts.lacking,
    }


def _report(row: ReportRow, campaign: str, form: str) -> Object:
    return {
        "id": row.id,
        "campaign": campaign,
        "form": form,
        "round": row.round,
        "duty": row.duty,
        "area_code": row.area_code,
        "area": row.area,
        "state": row.state,
        "version": row.version,
        "reference": row.reference,
        "submitted_at": row.submitted_at,
        "late": row.late,
        "values": row.values,
    }


def _page(rows: list[Object], asked: Asked) -> Page:
    return Page(rows, rows[-1]["id"] if rows else asked.cursor, more=len(rows) == asked.limit)
