"""The report that an area sent for an earlier round: what a later one is compared with, or filled in from."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversation.report_facts import LastReport
from bot.forms.compiled import CompiledForm
from bot.forms.values import from_json
from bot.messages.bubbles import Text
from bot.messages.catalogue import DEFAULT_LOCALE
from models.campaign import Campaign, Round
from models.obligation import Obligation, Report
from services.ledger.rounds import called


def last_report(
    session: Session,
    obligation: Obligation,
    form: CompiledForm,
    locale: str = DEFAULT_LOCALE,
    until: dt.datetime | None = None,
) -> LastReport | None:
    """The newest version of the nearest earlier round that was reported, under `form`, which is being filled in; with
    `until`, as it stood at that moment."""
    number = session.get_one(Round, obligation.round_id).number
    wanted = (
        select(Round, Report.answers, Report.explained)
        .join(Obligation, Obligation.round_id == Round.id)
        .join(Report, Report.obligation_id == Obligation.id)
        .where(
            Obligation.form_id == obligation.form_id,
            Obligation.area_code == obligation.area_code,
            Round.number < number,
        )
        .order_by(Round.number.desc(), Report.number.desc())
        .limit(1)
    )
    found = session.execute(wanted if until is None else wanted.where(Report.submitted_at <= until)).first()
    if found is None:
        return None
    rnd: Round = found.Round
    label = called(session.get_one(Campaign, rnd.campaign_id), rnd, locale) if rnd.duty else None
    values = from_json(form, found.answers)
    return LastReport(rnd.number, values, found.explained, label if isinstance(label, Text) else None)
