"""Values that need not be asked: register, province, calendar; gathered for one area and round with their sources."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.forms.environment import Known
from models.area import Area
from models.campaign import Campaign, Form, KnownValue, Round
from models.obligation import Obligation, Report

PROVINCE, LAST = "province", "last"
"""Sources of values: known for this round, or as in an earlier one."""
USERNAME = "username"
"""What XLSForm's `username` is filled with; the others (phonenumber, email, deviceid) where the office has them."""


def known_for(session: Session, campaign: Campaign, rnd: Round, area: Area, reporter: str) -> Known:
    """Everything known beforehand; the nearer source wins: the area's own value over the province's."""
    values = {"round": str(rnd.number), "area_code": area.code, "reporter": reporter, USERNAME: reporter}
    sources: dict[str, str] = {}
    for row in _rows(session, campaign, rnd, area):
        values[row.name], sources[row.name] = row.value, row.source
    for name, (value, source) in _supplied(session, campaign, rnd).items():
        values[name], sources[name] = value, source
    return Known(values, sources)


def _rows(session: Session, campaign: Campaign, rnd: Round, area: Area) -> list[KnownValue]:
    """Province-wide rows first, then the area's own; rows for every round before those for this one."""
    found = session.scalars(
        select(KnownValue).where(
            KnownValue.campaign_id == campaign.id,
            or_(KnownValue.area_code == area.code, KnownValue.area_code == campaign.province_code),
            or_(KnownValue.round_number == 0, KnownValue.round_number == (0 if rnd.duty else rnd.number)),
        )
    )
    return sorted(found, key=lambda row: (len(row.area_code), row.round_number))


def _supplied(session: Session, campaign: Campaign, rnd: Round) -> dict[str, tuple[str, str]]:
    """What staff answered once for all districts, with its source: the latest report of each form that supplies known
    values; of the nearest earlier round, and marked so, until there is one of this round."""
    reports = session.execute(
        select(Obligation.form_id, Round.id, Report.answers)
        .join(Form, Form.id == Obligation.form_id)
        .join(Round, Round.id == Obligation.round_id)
        .join(Report, Report.obligation_id == Obligation.id)
        .where(Form.campaign_id == campaign.id, Form.supplies_known, Round.due_at <= rnd.due_at)
        .order_by(Round.due_at, Report.number)
    )
    latest = {form_id: (PROVINCE if found == rnd.id else LAST, answers) for form_id, found, answers in reports}
    return {
        name: (stored[0], source)
        for source, answers in latest.values()
        for name, stored in answers["answers"].items()
        if stored[0]
    }
