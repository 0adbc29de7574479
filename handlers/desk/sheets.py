"""ตั้งค่า, paper for joining: the signs of a district's villages, and a code for each district's officer."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

from flask import Blueprint, Response, abort, request, url_for

from bot.conversation.sheet_facts import SIGNS
from bot.messages.bubbles import Text
from handlers.desk.frame import Frame
from handlers.doors import opens_to_roles
from models.people import REPORTING_ROLES, STAFF_ROLES, Role
from services.desk.sessions import DESK_ROLES
from services.desk.villages import VillageList
from services.links import LinkError
from services.people.people import Areas
from services.sheets.links import SheetLink
from services.sheets.lookups import count_villages_of
from services.sheets.officers import OfficerPaper
from services.sheets.opening import BeingDrawnError

_LOOK_AGAIN = "3"
"""Seconds after which the page asks once more for a file that is being drawn."""


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_sheets", __name__, url_prefix="/desk/settings/signs", template_folder="templates")
    runtime = frame.runtime

    @pages.get("")
    @opens_to_roles(DESK_ROLES)
    def choose() -> Response:
        with runtime.sessions() as session:
            areas = Areas(session, frame.words)
            districts = VillageList(session, frame.visitor.scope, areas, ()).choices("").districts
            villages_of = count_villages_of(session, [area.code for area in districts])
            counted = [(area, villages_of[area.code]) for area in districts]
        return frame.page(
            "signs.html",
            Text("desk.signs.title"),
            "settings",
            districts=counted,
            province=next((code for code in frame.visitor.scope.codes if len(code) == len("42")), ""),
            staff=bool(frame.visitor.roles & set(STAFF_ROLES)),
            roles=[role.value for role in REPORTING_ROLES],
        )

    @pages.get("/<district>.pdf")
    @opens_to_roles(DESK_ROLES)
    def villages(district: str) -> Response:
        """The signs of a district's villages, or of a whole province's; who has printed is noted, as in the chat."""
        if not frame.visitor.scope.sees(district) or len(district) > len("4207"):
            abort(404)
        try:
            name, chunks = runtime.sheet_opening.hand_out(SheetLink(district, SIGNS, frame.visitor.person_id))
        except LinkError:
            abort(404)
        except BeingDrawnError as drawing:
            answer = frame.page("being_drawn.html", Text("desk.signs.title"), "settings", drawing=drawing)
            answer.headers["Refresh"] = _LOOK_AGAIN
            return answer
        return _pdf(name, chunks)

    @pages.post("/officers")
    @opens_to_roles(STAFF_ROLES)
    def officers() -> Response:
        """The file is the answer itself: its codes are stored nowhere."""
        role, wanted = request.form.get("role", ""), request.form.get("district", "")
        scope = frame.visitor.scope.narrowed(wanted)
        if role not in {known.value for known in REPORTING_ROLES} or not scope.codes:
            abort(HTTPStatus.BAD_REQUEST)
        paper = OfficerPaper(runtime.sessions, runtime.clock, runtime.sheets)
        only_missing = request.form.get("only") == "missing"
        made = paper.draw(scope, Role(role), frame.visitor.person_id, only_missing=only_missing)
        if made is None:
            return frame.done(url_for("desk_sheets.choose"), Text("desk.signs.nobody_missing"))
        return _pdf(f"codes-{role}.pdf", made)

    return pages


def _pdf(name: str, made: bytes | Iterator[bytes]) -> Response:
    answer = Response(made, content_type="application/pdf")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
