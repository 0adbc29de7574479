"""What people are shown of duties: the contractor's plan against what was reported, and villages' certificates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from bot.conversation.duty_facts import CertifiedFacts, PlanFacts, WatchedDuty
from bot.messages.catalogue import DEFAULT_LOCALE, Catalogue
from models.area import inside
from models.campaign import Campaign, Form, Round
from models.obligation import SETTLED, Obligation, Report
from services.calendar import day_of
from services.campaigns.duties import until_today, watched
from services.campaigns.stored_settings import working_days_of
from services.ledger.duty_dates import dates_of
from services.ledger.rounds import duty_title


def contractor_plan(session: Session, campaign: Campaign | None, now: dt.datetime, catalogue: Catalogue) -> PlanFacts:
    """The plan in the catalogue's language, and each watched duty as of now (civil)."""
    if campaign is None:
        return PlanFacts((), ())
    lines: Mapping[str, list[str]] = campaign.settings.get("plan") or {}
    reported = _reported(session, campaign)
    duties = tuple(_watched(campaign, spec, reported, now, catalogue) for spec in watched(campaign.settings))
    return PlanFacts(tuple(lines.get(catalogue.locale) or lines.get(DEFAULT_LOCALE) or ()), duties)


def _watched(
    campaign: Campaign, spec: Mapping[str, Any], reported: Mapping[str, str], now: dt.datetime, catalogue: Catalogue
) -> WatchedDuty:
    days = working_days_of(campaign.settings)
    dates, boxes = dates_of(spec, days), spec.get("reported_by") or {}
    count = reported.get(boxes.get("count", ""), "")
    return WatchedDuty(
        title=duty_title(campaign, str(spec["key"]), catalogue.locale),
        times=int(spec.get("times") or len(dates)),
        so_far=tuple(until_today(spec, days, now)),
        following=next((day for day in dates if day > day_of(now)), None),
        dated=bool(dates),
        reported=bool(boxes),
        count=int(count) if count.isdecimal() else None,
        last=_written(reported.get(boxes.get("last", ""), ""), catalogue),
    )


def _written(value: str, catalogue: Catalogue) -> str:
    """A date as people read it; words as they are."""
    try:
        return catalogue.write(dt.date.fromisoformat(value))
    except ValueError:
        return value


def _reported(session: Session, campaign: Campaign) -> dict[str, str]:
    """What the province has reported for all, by box: its newest report of each form that supplies known values."""
    found = session.scalars(
        select(Report.answers)
        .join(Obligation, Obligation.id == Report.obligation_id)
        .join(Form, Form.id == Obligation.form_id)
        .join(Round, Round.id == Obligation.round_id)
        .where(Form.campaign_id == campaign.id, Form.supplies_known)
        .order_by(Round.due_at, Report.number)
    )
    return {name: str(stored[0]) for answers in found for name, stored in answers["answers"].items() if stored[0]}


def certified_of(session: Session, area_code: str, now: dt.datetime, locale: str) -> tuple[CertifiedFacts, ...]:
    """Duties that are settled by a certificate, of the villages inside an area, opened by now (civil)."""
    rows = session.execute(
        select(
            Round,
            Campaign,
            func.sum(case((Obligation.state.in_(SETTLED), 1), else_=0)).label("done"),
            func.count(Obligation.id).label("total"),
        )
        .join(Obligation, Obligation.round_id == Round.id)
        .join(Form, Form.id == Obligation.form_id)
        .join(Campaign, Campaign.id == Round.campaign_id)
        .where(
            Form.current_version_id.is_(None),
            inside(Obligation.area_code, area_code),
            Round.opens_at <= now,
        )
        .group_by(Round.id, Campaign.id)
        .order_by(Round.due_at)
    )
    return tuple(
        CertifiedFacts(duty_title(row.Campaign, row.Round.duty, locale), row.Round.due_at, int(row.done), row.total)
        for row in rows
    )
