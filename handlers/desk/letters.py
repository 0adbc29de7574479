"""แนบหนังสือที่ลงนาม: the signed paper of a report, or of a round as a whole, with its number and day."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, request, url_for

from bot.messages.bubbles import Text, text
from handlers.desk.frame import BESIDE_A_FILE, Frame
from handlers.desk.reading import day_field
from handlers.desk.report_words import ROOM, area_name, newest_of, round_of_province
from handlers.doors import opens_to_roles
from models.people import STAFF_ROLES
from services.calendar import day_of
from services.desk.rounds import ChosenRound, name_of
from services.desk.sessions import DESK_ROLES
from services.documents.sent_letters import (
    LARGEST,
    LONGEST_NUMBER,
    LetterError,
    NewLetter,
    SentLetters,
    letter_of,
    letter_of_round,
    of_report,
)


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_letters", __name__, url_prefix="/desk/reports", template_folder="templates")

    @pages.get("/<int:report>/letter")
    @opens_to_roles(DESK_ROLES)
    def of_one(report: int) -> Response:
        return _one(frame, report, "")

    @pages.post("/<int:report>/letter")
    @opens_to_roles(DESK_ROLES, largest=LARGEST + BESIDE_A_FILE)
    def add_one(report: int) -> Response:
        with frame.runtime.sessions() as session:
            obligation = newest_of(frame, session, report).obligation
            made = _made(frame, lambda *given: of_report(obligation, *given))
        if isinstance(made, str):
            return _one(frame, report, made)
        return frame.done(url_for("desk_report.report", report=report), made)

    @pages.get("/letter")
    @opens_to_roles(STAFF_ROLES)
    def of_round() -> Response:
        return _round(frame, "")

    @pages.post("/letter")
    @opens_to_roles(STAFF_ROLES, largest=LARGEST + BESIDE_A_FILE)
    def add_round() -> Response:
        with frame.runtime.sessions() as session:
            chosen = round_of_province(frame, session)
        province = chosen.campaign.province_code
        made = _made(frame, lambda *given: NewLetter(chosen.round.id, None, province, *given))
        if isinstance(made, str):
            return _round(frame, made)
        return frame.done(_listed(chosen), made)

    return pages


def _made(frame: Frame, letter: Callable[..., NewLetter]) -> Text | str:
    """Keep what the form holds; what the page after it says, or the key of what is wrong."""
    number, file = request.form.get("number", ""), request.files.get("file")
    day = day_field(frame, request.form.get("day", ""), certain=True)
    if day.day is None:
        return "no_day"
    kept = SentLetters(frame.runtime.sessions, frame.runtime.clock, frame.runtime.media)
    try:
        content = file.stream.read(LARGEST + 1) if file is not None else b""
        kept.add(letter(number, day.day, content), frame.visitor.person_id, day_of(frame.runtime.clock.now()))
    except LetterError as error:
        return error.key
    except OSError:
        return "store_away"
    return text("desk.letter.done", number=number.strip(), day=day.day)


def _one(frame: Frame, report: int, wrong: str) -> Response:
    with frame.runtime.sessions() as session:
        found = newest_of(frame, session, report)
        area, letter = area_name(frame, session, found), letter_of(session, [report]).get(report)
    title = text("desk.letter.title", round=found.called, area=area)
    return _page(frame, title, url_for("desk_report.report", report=report), letter=letter, wrong=wrong)


def _round(frame: Frame, wrong: str) -> Response:
    with frame.runtime.sessions() as session:
        chosen = round_of_province(frame, session)
        letter = letter_of_round(session, chosen.round.id)
    title = text("desk.letter.title_round", round=chosen.called)
    return _page(frame, title, _listed(chosen), letter=letter, wrong=wrong)


def _page(frame: Frame, title: Text, up: str, **values: object) -> Response:
    day = day_field(frame, request.form.get("day", ""), certain=True)
    typed = request.form.get("number", "")
    return frame.page("letter.html", title, ROOM, up=up, typed=typed, day=day, longest=LONGEST_NUMBER, **values)


def _listed(chosen: ChosenRound) -> str:
    return url_for("desk_reports.listed", campaign=chosen.campaign.slug, round=name_of(chosen.round))
