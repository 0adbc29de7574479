"""What the pages about reports share: one report for whoever looks at it, and what its state is called."""

from __future__ import annotations

from flask import abort, request
from sqlalchemy.orm import Session

from bot.conversation.ledger.deeds import STATES
from bot.messages.bubbles import Text
from bot.messages.catalogue import Catalogue
from handlers.desk.frame import Frame
from handlers.desk.reading import number_of
from models.people import STAFF_ROLES
from services.desk.deciding import may_decide
from services.desk.rounds import AskedRound, ChosenRound, chosen_round
from services.people.people import Areas
from services.reports.reading import ReadReport, ReportReading

ROOM = "reports"


def state_words(frame: Frame, state: str) -> str:
    return frame.words.say(Text(STATES[state]))


def reading(frame: Frame, session: Session) -> ReportReading:
    runtime = frame.runtime
    return ReportReading(
        session, runtime.forms, runtime.texts, frame.words.locale, frame.visitor.scope, runtime.clock.now()
    )


def own_words(frame: Frame, found: ReadReport) -> Catalogue:
    """With what the report's campaign says in its own way."""
    return frame.runtime.texts.catalogue(frame.words.locale, found.campaign)


def newest_of(frame: Frame, session: Session, report: int) -> ReadReport:
    """As it stands now; outside the visitor's area there is none."""
    found = reading(frame, session).read(report)
    if found is None:
        abort(404)
    return found


def area_name(frame: Frame, session: Session, found: ReadReport) -> str:
    return Areas(session, frame.words)[found.obligation.area_code].name


def round_of_province(frame: Frame, session: Session) -> ChosenRound:
    """The round that an address names, of the province as a whole; 404 for staff of another one."""
    asked = AskedRound(request.args.get("campaign", ""), request.args.get("round", ""))
    now = frame.runtime.clock.now()
    chosen = chosen_round(session, frame.visitor.scope, asked, now, frame.words.locale)
    if chosen is None or not frame.visitor.scope.sees(chosen.campaign.province_code):
        abort(404)
    return chosen


def decides(frame: Frame, session: Session, found: ReadReport) -> bool:
    """Whether the visitor is staff of just this report's province."""
    if not frame.visitor.roles & set(STAFF_ROLES):
        return False
    return may_decide(session, frame.visitor.person_id, found.obligation.area_code)


def version_given() -> int:
    """The version that a form of ours was about; 0 where nothing had been sent."""
    return number_of(request.form.get("version", ""))
