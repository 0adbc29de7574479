"""รายงาน that is not asked for any more: a district is excused, with a reason."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, abort, url_for

from bot.messages.bubbles import Text, text
from handlers.desk.frame import Frame
from handlers.desk.reasons import LONGEST, WHOLE, Given, filled_in, ready_reasons, wrong_reason
from handlers.desk.report_words import ROOM, area_name, decides, newest_of, own_words, state_words, version_given
from handlers.doors import opens_to_roles
from models.people import STAFF_ROLES
from services.desk.deciding import NotYoursError
from services.reports.reports import ReportChangedError

READY = ("next", "none")
_REASONS = "waive_reasons"


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_waiving", __name__, url_prefix="/desk/reports/<int:report>", template_folder="templates")

    @pages.get("/waive")
    @opens_to_roles(STAFF_ROLES)
    def waive(report: int) -> Response:
        return _form(frame, report, Given(WHOLE, "", ""))

    @pages.post("/waive")
    @opens_to_roles(STAFF_ROLES)
    def waived(report: int) -> Response:
        given = next(filled_in(READY), Given(WHOLE, "", ""))
        with frame.runtime.sessions() as session:
            found = newest_of(frame, session, report)
        reason = given.reason(own_words(frame, found), _REASONS)
        fault = wrong_reason(reason, text("desk.reports.give_back.whole"), "desk.reports.waive_reasons.next")
        if fault is not None:
            return _form(frame, report, given, fault, HTTPStatus.BAD_REQUEST)
        try:
            frame.runtime.desk_decisions.waive(report, version_given(), reason, frame.visitor.person_id)
        except NotYoursError:
            abort(404)
        except ReportChangedError:
            with frame.runtime.sessions() as session:
                state = state_words(frame, newest_of(frame, session, report).state)
            return _form(frame, report, given, text("desk.reports.meanwhile", state=state), HTTPStatus.CONFLICT)
        return frame.done(url_for("desk_report.report", report=report), text("desk.reports.waive.done"))

    return pages


def _form(
    frame: Frame, report: int, given: Given, fault: Text | None = None, status: HTTPStatus = HTTPStatus.OK
) -> Response:
    with frame.runtime.sessions() as session:
        found = newest_of(frame, session, report)
        if not decides(frame, session, found):
            abort(404)
        area = area_name(frame, session, found)
    answer = frame.page(
        "waive.html",
        text("desk.reports.waive.title", round=found.called, area=area),
        ROOM,
        report=report,
        version=found.newest,
        given=given,
        ready=ready_reasons(own_words(frame, found), _REASONS, READY),
        longest=LONGEST,
        fault=frame.words.say(fault) if fault is not None else "",
    )
    answer.status_code = status
    return answer
