"""The receipts of what a person's areas have sent, as they stand now."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.conversation.receipt_facts import ReceiptFacts, Receipts
from models.campaign import Round
from models.obligation import Obligation, ObligationChange, ObligationState, Report
from models.people import Person

if TYPE_CHECKING:
    from services.chat.facts import Lookup

_DECIDED = (ObligationState.ACCEPTED.value, ObligationState.RETURNED.value, ObligationState.WAIVED.value)


def receipts(look: Lookup, _query: Receipts) -> tuple[ReceiptFacts, ...]:
    """Of the obligations that the person answers for: the newest version of each, oldest round first."""
    mine = {item.id: item for item in look.facts.obligations}
    newest = (
        select(Report.obligation_id, func.max(Report.number).label("number"))
        .where(Report.obligation_id.in_(mine))
        .group_by(Report.obligation_id)
        .subquery()
    )
    rows = look.session.execute(
        select(Report, Obligation, Round, Person.name)
        .join(newest, (newest.c.obligation_id == Report.obligation_id) & (newest.c.number == Report.number))
        .join(Obligation, Obligation.id == Report.obligation_id)
        .join(Round, Round.id == Obligation.round_id)
        .join(Person, Person.id == Report.submitted_by)
        .order_by(Round.due_at, Obligation.area_code, Report.id)
    )
    return tuple(
        ReceiptFacts(
            round_number=rnd.number,
            area=look.areas[obligation.area_code],
            reference=report.reference,
            version=report.number,
            sent_at=report.submitted_at,
            due_at=rnd.due_at,
            by=name,
            phoned_by=report.phoned_by,
            state=obligation.state,
            decided_at=_decided_at(look.session, obligation),
            duty=rnd.duty,
            label=mine[obligation.id].label,
            obligation_id=obligation.id,
        )
        for report, obligation, rnd, name in rows
    )


def _decided_at(session: Session, obligation: Obligation) -> dt.datetime | None:
    if obligation.state not in _DECIDED:
        return None
    return session.scalar(
        select(ObligationChange.at)
        .where(ObligationChange.obligation_id == obligation.id, ObligationChange.to_state == obligation.state)
        .order_by(ObligationChange.id.desc())
        .limit(1)
    )
