"""ตั้งค่า, requests to join: many approved at once, one declined with a reason, as the chat does it."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for
from sqlalchemy import false
from sqlalchemy.orm import Session

from bot.messages.bubbles import Text
from bot.reading.national_id import mask
from handlers.desk.frame import Frame
from handlers.desk.reading import number_of, page_asked
from handlers.doors import opens_to_roles
from models.people import LineAccount
from services.desk.requests import A_PAGE, Requests
from services.desk.sessions import DESK_ROLES
from services.people.deciding import Deciding
from services.people.join_requests import may_decide
from services.people.joining import AlreadyDecidedError
from services.people.people import Areas, person_facts

_LONGEST = 200


def _requests(frame: Frame, session: Session) -> Requests:
    """What the visitor may decide."""
    areas = Areas(session, frame.words)
    who = person_facts(session, session.get_one(LineAccount, frame.visitor.account_id), areas)
    return Requests(session, areas, false() if who is None else may_decide(who), frame.runtime.clock.now())


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_requests", __name__, url_prefix="/desk/settings/requests", template_folder="templates")

    def back(key: str, **values: int) -> Response:
        return frame.done(url_for("desk_requests.waiting"), Text(f"desk.requests.{key}", dict(values)))

    @pages.get("")
    @opens_to_roles(DESK_ROLES)
    def waiting() -> Response:
        page = page_asked()
        with frame.runtime.sessions() as session:
            found, more = _requests(frame, session).page(page)
        title = Text("desk.requests.title")
        return frame.page("requests.html", title, "settings", found=found, more=more, number_of_page=page)

    @pages.post("/approve")
    @opens_to_roles(DESK_ROLES)
    def approve() -> Response:
        """Those that are ticked; what somebody else has decided meanwhile stays as it is."""
        ticked = [number_of(number) for number in request.form.getlist("request")[:A_PAGE]]
        done = 0
        with frame.deed() as session:
            deciding = Deciding(session, frame.runtime.clock, frame.runtime.texts)
            for number in _requests(frame, session).among(ticked):
                try:
                    deciding.decide(number, frame.visitor.person_id, approve=True)
                except AlreadyDecidedError:
                    continue
                done += 1
        return back("approved", n=done) if done else back("none_ticked")

    @pages.post("/<int:number>/decline")
    @opens_to_roles(DESK_ROLES)
    def decline(number: int) -> Response:
        reason = mask(" ".join(request.form.get("reason", "").split()))[:_LONGEST]
        try:
            with frame.deed() as session:
                if not _requests(frame, session).among([number]):
                    return back("gone")
                deciding = Deciding(session, frame.runtime.clock, frame.runtime.texts)
                deciding.decide(number, frame.visitor.person_id, approve=False, reason=reason)
        except AlreadyDecidedError:
            return back("gone")
        return back("declined")

    return pages
