"""รายงาน on paper: one report as a file, and a round compiled, in one format or all of them."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, Response, abort, request
from sqlalchemy.orm import Session

from bot.messages.bubbles import text
from handlers.desk.frame import Frame
from handlers.desk.reading import number_of
from handlers.desk.report_words import ROOM, newest_of, round_of_province
from handlers.doors import opens_to_roles
from models.people import STAFF_ROLES
from services.desk.rounds import ChosenRound, name_of
from services.desk.sessions import DESK_ROLES
from services.documents.opening import Opened
from services.documents.papers import TYPES
from services.documents.sent_letters import letter_of_round
from services.people.people import Areas
from services.reports.review_list import OWING, Line, Rank, ReviewList, Wanted


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_papers", __name__, url_prefix="/desk/reports", template_folder="templates")

    @pages.get("/<int:report>/paper/<ending>")
    @opens_to_roles(DESK_ROLES)
    def report_paper(report: int, ending: str) -> Response:
        with frame.runtime.sessions() as session:
            newest = newest_of(frame, session, report).newest
        version = number_of(request.args.get("version", "")) or newest
        if ending not in TYPES:
            abort(404)
        try:
            return _file(frame.runtime.papers.of_report(report, version, ending, frame.visitor.person_id))
        except LookupError:
            abort(404)

    @pages.get("/papers")
    @opens_to_roles(STAFF_ROLES)
    def round_papers() -> Response:
        with frame.runtime.sessions() as session:
            chosen = round_of_province(frame, session)
            lines, areas = _lines(frame, session, chosen), Areas(session, frame.words)
            areas.read(line.area_code for line in lines)
            names = {line.area_code: areas[line.area_code].short for line in lines}
            letter = letter_of_round(session, chosen.round.id)
        papers, form = frame.runtime.papers, _form(frame, chosen)
        return frame.page(
            "papers.html",
            text("desk.reports.papers.title", round=chosen.called),
            ROOM,
            chosen=chosen,
            letter=letter,
            round_name=name_of(chosen.round),
            signers=papers.signers(chosen.round.id, form),
            formats=tuple(TYPES),
            total=sum(line.rank != Rank.WAIVED for line in lines),
            sent=sum(line.version is not None and line.rank != Rank.WAIVED for line in lines),
            missing=_names(names, (line for line in lines if line.version is None and line.state in OWING)),
            waived=_names(names, (line for line in lines if line.rank == Rank.WAIVED)),
            returned=_names(names, (line for line in lines if line.rank == Rank.RETURNED)),
            needs_format="nothing" in request.args,
        )

    @pages.get("/papers/file")
    @opens_to_roles(STAFF_ROLES)
    def round_file() -> Response:
        endings = [ending for ending in TYPES if ending in request.args.getlist("format")]
        with frame.runtime.sessions() as session:
            chosen = round_of_province(frame, session)
        if not endings:
            address = f"/desk/reports/papers?campaign={chosen.campaign.slug}&round={name_of(chosen.round)}&nothing=1"
            return frame.done(address)
        papers, form = frame.runtime.papers, _form(frame, chosen)
        signers = dict(enumerate(papers.signers(chosen.round.id, form), 1))
        signer = signers.get(number_of(request.args.get("signer", "")))
        return _file(papers.of_round(chosen.round.id, form, endings, signer, frame.visitor.person_id))

    return pages


def _form(frame: Frame, chosen: ChosenRound) -> str:
    """The form that is compiled: the campaign's first of the round, or the one that was asked for."""
    forms = frame.runtime.papers.forms_of(chosen.round.id)
    asked = request.args.get("form", "")
    if not forms:
        abort(404)
    return asked if asked in forms else forms[0]


def _lines(frame: Frame, session: Session, chosen: ChosenRound) -> list[Line]:
    """Every district of the round, page by page."""
    reviews = ReviewList(session, frame.visitor.scope, frame.visitor.person_id)
    lines: list[Line] = []
    for page in range(1, 1000):
        listed = reviews.page(Wanted(chosen.round.id, page=page))
        lines += listed.lines
        if not listed.more:
            break
    return lines


def _names(names: dict[str, str], lines: Iterable[Line]) -> tuple[str, ...]:
    return tuple(names[line.area_code] for line in lines)


def _file(opened: Opened) -> Response:
    response = Response(opened.content, content_type=opened.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{opened.name}"'
    return response
