"""ตั้งค่า, webhooks: who is told of every version and step, what became of it, and sending some of it again."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request, url_for

from bot.messages.bubbles import Text
from handlers.desk.frame import Frame
from handlers.desk.tokens import places
from handlers.doors import opens_to_roles
from models.people import STAFF_ROLES
from services.desk.villages import VillageList
from services.people.people import Areas
from services.webhooks.subscriptions import LONGEST_URL, NotYoursError, listed, messages

_NUMBER_DIGITS = 18


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_webhooks", __name__, url_prefix="/desk/settings/webhooks", template_folder="templates")

    @pages.get("")
    @opens_to_roles(STAFF_ROLES)
    def every() -> Response:
        return _shown("")

    @pages.post("")
    @opens_to_roles(STAFF_ROLES)
    def make() -> Response:
        """The answer is the page itself: the secret is shown here and nowhere again."""
        url, area = (request.form.get(field, "").strip() for field in ("url", "area"))
        try:
            secret = frame.runtime.subscriptions.make(frame.visitor, url, area)
        except NotYoursError:
            abort(404)
        except ValueError:
            return frame.done(url_for("desk_webhooks.every"), Text("desk.webhooks.not_public"))
        return _shown(secret)

    @pages.post("/<int:number>/end")
    @opens_to_roles(STAFF_ROLES)
    def end(number: int) -> Response:
        try:
            frame.runtime.subscriptions.end(frame.visitor, number)
        except NotYoursError:
            abort(404)
        return frame.done(url_for("desk_webhooks.every"), Text("desk.webhooks.ended_now"))

    @pages.post("/<int:number>/again")
    @opens_to_roles(STAFF_ROLES)
    def again(number: int) -> Response:
        """One message, or all after a number."""
        try:
            count = frame.runtime.subscriptions.again(
                frame.visitor, number, after=_number("after"), only=_number("only")
            )
        except NotYoursError:
            abort(404)
        return frame.done(url_for("desk_webhooks.every"), Text("desk.webhooks.again_now", {"n": count}))

    def _shown(secret: str) -> Response:
        scope = frame.visitor.scope
        with frame.runtime.sessions() as session:
            lines, told = listed(session, scope), messages(session, scope)
            areas = Areas(session, frame.words)
            choices = places(frame, areas, VillageList(session, scope, areas, ()))
            names = {code: areas[code].name for code in {line.row.area_code for line in lines}}
        return frame.page(
            "webhooks.html",
            Text("desk.webhooks.title"),
            "settings",
            lines=lines,
            told=told,
            names=names,
            choices=choices,
            longest=LONGEST_URL,
            secret=secret,
        )

    return pages


def _number(name: str) -> int:
    given = request.form.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) <= _NUMBER_DIGITS else 0
