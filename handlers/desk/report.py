"""รายงาน, one of them: the form itself beside the last round, its versions and its history; taken or opened again."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, abort, request, url_for

from bot.messages.bubbles import Text, text
from handlers.desk.frame import Frame
from handlers.desk.reading import ADDRESSED, moment_asked, number_of
from handlers.desk.report_words import ROOM, area_name, decides, newest_of, reading, state_words, version_given
from handlers.doors import opens_to_roles
from models.obligation import OWED, ObligationState
from models.people import STAFF_ROLES
from services.desk.deciding import NotYoursError
from services.desk.sessions import DESK_ROLES
from services.documents.sent_letters import letter_of
from services.reports.reports import ReportChangedError
from services.reports.review_list import SENT

RETURNABLE = (*SENT, ObligationState.ACCEPTED.value)
REOPENS = (ObligationState.ACCEPTED.value, ObligationState.WAIVED.value)
FORMATS = ("pdf", "docx", "xlsx")


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_report", __name__, url_prefix="/desk/reports", template_folder="templates")

    @pages.get("/<int:report>")
    @opens_to_roles(DESK_ROLES)
    def report(report: int) -> Response:
        asked = moment_asked(frame)
        at = asked.moment
        with frame.runtime.sessions() as session:
            found = reading(frame, session).read(report, _version_asked(), at)
            if found is None:
                abort(404)
            may, area = decides(frame, session, found), area_name(frame, session, found)
            letter = letter_of(session, [report]).get(report)
        now_shown = at is None and (found.is_newest or found.shown is None)
        return frame.page(
            "one_report.html",
            text("desk.reports.page_title", round=found.called, area=area),
            ROOM,
            found=found,
            at=at,
            asked=asked,
            at_given=at.strftime(ADDRESSED) if at is not None else "",
            state=lambda key: state_words(frame, key),
            may=may and now_shown,
            sent=SENT,
            returnable=RETURNABLE,
            reopens=REOPENS,
            owed=OWED,
            formats=FORMATS,
            letter=letter,
        )

    @pages.post("/<int:report>/accept")
    @opens_to_roles(STAFF_ROLES)
    def accept(report: int) -> Response:
        return _done(frame, report, "accepted", frame.runtime.desk_decisions.accept)

    @pages.post("/<int:report>/reopen")
    @opens_to_roles(STAFF_ROLES)
    def reopen(report: int) -> Response:
        return _done(frame, report, "reopened", frame.runtime.desk_decisions.reopen)

    return pages


def _version_asked() -> int | None:
    return number_of(request.args.get("version", "")) or None


def _done(frame: Frame, report: int, key: str, decide: Callable[[int, int, int], None]) -> Response:
    """Back to the report, which says what was done, or that it is something else by now."""
    with frame.runtime.sessions() as session:
        newest_of(frame, session, report)  # 404 outside the visitor's area
    said: Text = text(f"desk.reports.{key}")
    try:
        decide(report, version_given(), frame.visitor.person_id)
    except NotYoursError:
        abort(404)
    except ReportChangedError:
        with frame.runtime.sessions() as session:
            state = newest_of(frame, session, report).state
        said = text("desk.reports.meanwhile", state=state_words(frame, state))
    return frame.done(url_for("desk_report.report", report=report), said)
