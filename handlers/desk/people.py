"""ตั้งค่า, people: who works with the service, and whether they can be written to."""

from __future__ import annotations

from flask import Blueprint, Response, request

from bot.messages.bubbles import Text
from handlers.desk import duties
from handlers.desk.frame import Frame
from handlers.desk.person import page
from handlers.desk.reading import area_asked, page_asked
from handlers.doors import opens_to_roles
from models.people import STAFF_ROLES, Role
from services.desk.people import People, WantedPeople
from services.desk.sessions import DESK_ROLES
from services.desk.villages import VillageList
from services.people.people import Areas

_LONGEST = 100


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_people", __name__, url_prefix="/desk/settings/people", template_folder="templates")

    @pages.get("")
    @opens_to_roles(DESK_ROLES)
    def everybody() -> Response:
        wanted = _wanted()
        with frame.runtime.sessions() as session:
            listed = People(session, frame.visitor.scope, Areas(session, frame.words))
            found, more = listed.page(wanted)
            districts = VillageList(session, frame.visitor.scope, listed.areas, ()).choices(wanted.area).districts
        return frame.page(
            "people.html",
            Text("desk.people.title"),
            "settings",
            found=found,
            more=more,
            wanted=wanted,
            districts=districts,
            roles=[role.value for role in Role],
            staff=bool(frame.visitor.roles & set(STAFF_ROLES)),
        )

    @pages.get("/<int:person>")
    @opens_to_roles(DESK_ROLES)
    def one(person: int) -> Response:
        return page(frame, person)

    duties.add(pages, frame)
    return pages


def _wanted() -> WantedPeople:
    role = request.args.get("role", "")
    return WantedPeople(
        words=request.args.get("q", "").strip()[:_LONGEST],
        role=role if role in {known.value for known in Role} else "",
        area=area_asked(),
        unreachable=request.args.get("only") == "unreachable",
        former=request.args.get("former") == "yes",
        page=page_asked(),
    )
