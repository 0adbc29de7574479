"""ตั้งค่า, tokens: what other programs read with, made for an area, shown once, revoked at any time."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request, url_for

from bot.messages.bubbles import Text
from handlers.desk.frame import Frame
from handlers.doors import opens_to_roles
from models.people import STAFF_ROLES
from services.api.tokens import DAYS, LONGEST_NAME, NotYoursError
from services.desk.villages import VillageList
from services.people.people import Areas


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_tokens", __name__, url_prefix="/desk/settings/tokens", template_folder="templates")

    @pages.get("")
    @opens_to_roles(STAFF_ROLES)
    def listed() -> Response:
        return _shown("")

    @pages.post("")
    @opens_to_roles(STAFF_ROLES)
    def make() -> Response:
        """The answer is the page itself: the token is shown here and nowhere again."""
        name, area, days = (request.form.get(field, "") for field in ("name", "area", "days"))
        if days not in {str(each) for each in DAYS}:
            abort(404)
        try:
            made = frame.runtime.tokens.make(frame.visitor, name, area, int(days))
        except NotYoursError:
            abort(404)
        except ValueError:
            return frame.done(url_for("desk_tokens.listed"), Text("desk.tokens.no_name"))
        return _shown(made)

    @pages.post("/<int:number>/revoke")
    @opens_to_roles(STAFF_ROLES)
    def revoke(number: int) -> Response:
        try:
            frame.runtime.tokens.revoke(frame.visitor, number)
        except NotYoursError:
            abort(404)
        return frame.done(url_for("desk_tokens.listed"), Text("desk.tokens.revoked"))

    def _shown(made: str) -> Response:
        scope = frame.visitor.scope
        with frame.runtime.sessions() as session:
            tokens = frame.runtime.tokens.listed(session, scope)
            areas = Areas(session, frame.words)
            choices = places(frame, areas, VillageList(session, scope, areas, ()))
            names = {code: areas[code].name for code in {one.row.area_code for one in tokens}}
        return frame.page(
            "tokens.html",
            Text("desk.tokens.title"),
            "settings",
            tokens=tokens,
            names=names,
            choices=choices,
            days=DAYS,
            longest=LONGEST_NAME,
            made=made,
            address=frame.runtime.settings.public_url,
        )

    return pages


def places(frame: Frame, areas: Areas, villages: VillageList) -> list[tuple[str, str]]:
    """Code and name of what a form offers: the visitor's own areas, and their districts, unless there are
    too many."""
    codes = dict.fromkeys([*frame.visitor.scope.codes, *(each.code for each in villages.choices("").districts)])
    areas.read(codes)
    return [(code, areas[code].name) for code in codes]
