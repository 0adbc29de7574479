"""ตั้งค่า: its rooms, in which browsers somebody is signed in, and the language of the pages."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, make_response, redirect, request, url_for
from werkzeug.exceptions import HTTPException

from bot.messages.bubbles import Text
from bot.messages.catalogue import LOCALES
from handlers.desk.frame import COOKIE, LANGUAGE, Frame
from handlers.desk.reading import page_asked
from handlers.desk.rooms import ROOMS
from handlers.doors import opens_to_roles
from models.people import STAFF_ROLES
from services.desk.looks import Look, looks
from services.desk.sessions import DESK_ROLES, LASTS
from services.people.people import Areas


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_settings", __name__, url_prefix="/desk/settings", template_folder="templates")

    @pages.get("")
    @opens_to_roles(DESK_ROLES)
    def index() -> Response:
        rooms = [room for room in ROOMS if frame.visitor.roles & set(room.roles)]
        return frame.page("rooms.html", Text("desk.rooms.title"), "settings", rooms=rooms)

    @pages.get("/devices")
    @opens_to_roles(DESK_ROLES)
    def devices() -> Response:
        own = frame.runtime.desks.devices(frame.visitor.person_id)
        return frame.page("devices.html", Text("desk.devices.title"), "settings", devices=own)

    @pages.post("/devices/<int:number>/end")
    @opens_to_roles(DESK_ROLES)
    def end(number: int) -> Response:
        """Of a person's own alone; one's own browser as well, which is how one signs out."""
        frame.runtime.desks.end(frame.visitor.person_id, number)
        if number != frame.visitor.session_id:
            return frame.done(url_for("desk_settings.devices"), Text("desk.devices.ended"))
        answer = frame.turned_away("signed_out_now", HTTPStatus.OK, frame.visitor.locale)
        answer.delete_cookie(COOKIE, path="/desk")
        return answer

    @pages.get("/looks")
    @opens_to_roles(STAFF_ROLES)
    def trail() -> Response:
        page = page_asked()
        with frame.runtime.sessions() as session:
            shown, more = looks(session, frame.visitor.scope, page)
            areas = Areas(session, frame.words)
            names = {area.code: area.name for area in areas.facts({look.area_code for look in shown})}
        return frame.page(
            "looks.html",
            Text("desk.looks.title"),
            "settings",
            looks=[(look, _did(frame, look)) for look in shown],
            names=names,
            number_of_page=page,
            more=more,
        )

    @pages.post("/language")
    @opens_to_roles(DESK_ROLES)
    def language() -> Response:
        """For this browser; the chat keeps its own."""
        wanted = request.form.get("to", "")
        answer = _back(_page_of_ours(request.form.get("here", "")))
        if wanted in LOCALES:
            answer.set_cookie(LANGUAGE, wanted, max_age=LASTS * 60, path="/desk", httponly=True, samesite="Lax")
        return answer

    return pages


def _did(frame: Frame, look: Look) -> str:
    """What somebody did, in words; of a kind that has none of its own, that it was looked at."""
    key = f"desk.looks.did.{look.action}.{look.subject}"
    known = key if key in frame.words else "desk.looks.did.viewed.other"
    return frame.words.say(Text(known, {"n": look.number}))


def _page_of_ours(path: str) -> str:
    """Where a form came from, if that is a page of the desk that can be opened; nobody is sent to another site."""
    try:
        endpoint, _values = current_app.url_map.bind("").match(urlsplit(path).path, method="GET")
    except (HTTPException, ValueError):
        endpoint = ""
    ours = path.startswith("/desk/") and endpoint.startswith("desk_") and path.isprintable()
    return path if ours else url_for("desk_front.start")


def _back(to: str) -> Response:
    return make_response(redirect(to, HTTPStatus.SEE_OTHER))
