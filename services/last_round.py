"""The report that an area sent for an earlier round: what a later one is compared with, or filled in from."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversation.facts import LastReport
from bot.forms.values import from_json
from models.campaign import Form, Round
from models.obligation import Draft, Obligation, Report
from services.forms import FormCache


def last_report(session: Session, forms: FormCache, obligation_id: int) -> LastReport | None:
    """The newest version of the nearest earlier round that was reported, under the form that is being filled in."""
    obligation = session.get_one(Obligation, obligation_id)
    number = session.get_one(Round, obligation.round_id).number
    found = session.execute(
        select(Round.number, Report.answers, Report.explained, Report.form_version_id)
        .join(Obligation, Obligation.round_id == Round.id)
        .join(Report, Report.obligation_id == Obligation.id)
        .where(
            Obligation.form_id == obligation.form_id,
            Obligation.area_code == obligation.area_code,
            Round.number < number,
        )
        .order_by(Round.number.desc(), Report.number.desc())
        .limit(1)
    ).first()
    if found is None:
        return None
    form = forms.get(session, _version_id(session, obligation) or found.form_version_id)
    return LastReport(found.number, from_json(form, found.answers), found.explained)


def _version_id(session: Session, obligation: Obligation) -> int | None:
    """The form version that the report of this obligation is filled in with."""
    draft = session.scalar(select(Draft.form_version_id).where(Draft.obligation_id == obligation.id))
    newest = select(Report.form_version_id).where(Report.obligation_id == obligation.id).order_by(Report.number.desc())
    return draft or session.scalar(newest.limit(1)) or session.get_one(Form, obligation.form_id).current_version_id
