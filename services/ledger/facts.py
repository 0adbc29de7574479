"""What staff are shown of the ledger: the campaign's rounds with who still owes, and the history of one report."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversation.ledger.facts import HistoryLine, RoundFacts
from models.area import AreaKind
from models.campaign import Campaign, Form, Round
from models.obligation import OWED, Obligation, ObligationState
from models.people import Person
from models.sent_letter import SentLetter
from services.ledger.ledger import history
from services.ledger.rounds import called
from services.people.people import Areas


def opened_rounds(
    session: Session, campaign: Campaign | None, now: dt.datetime, areas: Areas
) -> tuple[RoundFacts, ...]:
    """The campaign's own rounds that have opened by now (civil), by number."""
    if campaign is None:
        return ()
    own = select(Round).where(Round.campaign_id == campaign.id, Round.duty == "", Round.opens_at <= now)
    return tuple(_round(session, campaign, rnd, now, areas) for rnd in session.scalars(own.order_by(Round.number)))


def _round(session: Session, campaign: Campaign, rnd: Round, now: dt.datetime, areas: Areas) -> RoundFacts:
    rows = session.execute(
        select(Obligation.area_code, Obligation.state)
        .join(Form, Form.id == Obligation.form_id)
        .where(Obligation.round_id == rnd.id, Form.unit == AreaKind.DISTRICT.value)
        .order_by(Obligation.area_code)
    ).all()
    asked = [row for row in rows if row.state != ObligationState.WAIVED]
    owing = dict.fromkeys(row.area_code for row in asked if row.state in OWED)
    closed = rnd.closes_at is not None and rnd.closes_at <= now
    name = called(campaign, rnd, areas.locale)
    return RoundFacts(rnd.id, rnd.number, name, rnd.due_at, closed, len(asked), areas.facts(owing))


def history_of(session: Session, obligation_id: int) -> tuple[HistoryLine, ...]:
    """Every step of a report, and the letters that went out with it, the first one first."""
    steps = [
        HistoryLine(
            at=step.change.at,
            before=step.change.from_state,
            after=step.change.to_state,
            who=step.who,
            reason=step.change.reason,
            version=step.change.detail.get("report"),
            phoned_by=step.phoned_by,
        )
        for step in history(session, obligation_id)
    ]
    return tuple(sorted([*steps, *_letters(session, obligation_id)], key=lambda line: line.at))


def _letters(session: Session, obligation_id: int) -> list[HistoryLine]:
    rows = session.execute(
        select(SentLetter, Person.name)
        .join(Person, Person.id == SentLetter.added_by)
        .where(SentLetter.obligation_id == obligation_id)
        .order_by(SentLetter.id)
    )
    return [HistoryLine(row.added_at, "", "", who, "", None, letter=(row.number, row.day)) for row, who in rows]
