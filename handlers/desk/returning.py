"""รายงาน given back: which boxes, and why. Nothing that was filled in is lost when the report has changed meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from flask import Blueprint, Response, abort, request, url_for

from bot.messages.bubbles import Text, Words, text
from bot.messages.catalogue import Catalogue
from handlers.desk.frame import Frame
from handlers.desk.reasons import LONGEST, READY, WHOLE, Given, filled_in, ready_reasons, wrong_reason
from handlers.desk.report import RETURNABLE
from handlers.desk.report_words import ROOM, area_name, decides, newest_of, own_words, state_words, version_given
from handlers.doors import opens_to_roles
from models.obligation import ObligationState
from models.people import STAFF_ROLES
from services.desk.deciding import NotYoursError
from services.reports.page import BoxLine
from services.reports.reading import ReadReport
from services.reports.reports import ReportChangedError

REASONS = "reasons"


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_returning", __name__, url_prefix="/desk/reports/<int:report>", template_folder="templates")

    @pages.get("/return")
    @opens_to_roles(STAFF_ROLES)
    def give_back(report: int) -> Response:
        boxes = request.args.getlist("box") if "whole" not in request.args else [WHOLE]
        return _form(frame, report, [Given(box, "", "") for box in dict.fromkeys(boxes)] or [Given(WHOLE, "", "")])

    @pages.post("/return")
    @opens_to_roles(STAFF_ROLES)
    def given_back(report: int) -> Response:
        given = list(filled_in(READY))
        if not given:
            abort(404)
        if request.form.get("do") == "add":
            more = [Given(box, "", "") for box in request.form.getlist("more")]
            named = [item for item in given if item.box != WHOLE] if more else given
            return _form(frame, report, [*named, *more])
        with frame.runtime.sessions() as session:
            found = newest_of(frame, session, report)
        words = own_words(frame, found)
        fault = _fault(found, given, words)
        if fault is not None:
            return _form(frame, report, given, fault, HTTPStatus.BAD_REQUEST)
        reasons = {item.box: item.reason(words, REASONS) for item in given}
        try:
            frame.runtime.desk_decisions.give_back(
                report, version_given(), reasons, frame.visitor.person_id, accepted="accepted" in request.form
            )
        except NotYoursError:
            abort(404)
        except ReportChangedError:
            return _form(frame, report, given, _changed(frame, report, version_given()), HTTPStatus.CONFLICT)
        return frame.done(url_for("desk_report.report", report=report), text("desk.reports.give_back.done"))

    return pages


def _changed(frame: Frame, report: int, version: int) -> Text:
    """Why nothing was given back: another version has come, or somebody has decided about this one."""
    with frame.runtime.sessions() as session:
        found = newest_of(frame, session, report)
    if found.newest != version:
        return text("desk.reports.give_back.changed")
    return text("desk.reports.meanwhile", state=state_words(frame, found.state))


def _fault(found: ReadReport, given: Sequence[Given], words: Catalogue) -> Text | None:
    """What is missing of the reasons. 404 for a box that is not asked."""
    asked = _asked(found)
    for item in given:
        if item.box != WHOLE and item.box not in asked:
            abort(404)
        label: Words = asked[item.box].label if item.box else text("desk.reports.give_back.whole")
        fault = wrong_reason(item.reason(words, REASONS), label, "desk.reports.reasons.register")
        if fault is not None:
            return fault
    return None


def _form(
    frame: Frame, report: int, given: Sequence[Given], fault: Text | None = None, status: HTTPStatus = HTTPStatus.OK
) -> Response:
    """The form with what was filled in; as the report stands now."""
    with frame.runtime.sessions() as session:
        found = newest_of(frame, session, report)
        if not decides(frame, session, found):
            abort(404)
        area = area_name(frame, session, found)
    asked = _asked(found)
    if found.page is None:
        said = text("desk.reports.give_back.cannot", state=state_words(frame, found.state))
        return frame.done(url_for("desk_report.report", report=report), said)
    if any(item.box not in asked and item.box != WHOLE for item in given):
        abort(404)
    can = found.state in RETURNABLE
    if not can:
        fault = text("desk.reports.give_back.cannot", state=state_words(frame, found.state))
        status = HTTPStatus.CONFLICT
    chosen = {item.box for item in given}
    answer = frame.page(
        "give_back.html",
        text("desk.reports.give_back.title", round=found.called, area=area),
        ROOM,
        report=report,
        version=found.newest,
        accepted=found.state == ObligationState.ACCEPTED.value,
        given=[(item, asked.get(item.box)) for item in given],
        others=[box for name, box in asked.items() if name not in chosen],
        ready=ready_reasons(own_words(frame, found), REASONS, READY),
        longest=LONGEST,
        fault=frame.words.say(fault) if fault is not None else "",
        can=can,
    )
    answer.status_code = status
    return answer


def _asked(found: ReadReport) -> dict[str, BoxLine]:
    """The boxes that a person answers, by address."""
    return {box.name: box for box in found.page.boxes if box.asked} if found.page is not None else {}
