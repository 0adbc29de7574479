"""ครัวเรือน, photos that look alike: two side by side, three answers, and the next pair follows."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, abort, make_response, redirect, request, url_for

from bot.conversation.household.names import written
from bot.messages.bubbles import Text
from handlers.desk.frame import Frame
from handlers.doors import opens_to_roles
from models.media import Verdict
from services.desk.pairs import next_pair
from services.desk.sessions import DESK_ROLES
from services.evidence.pictures import look_alikes
from services.people.people import Areas

ANSWERS = (Verdict.SAME, Verdict.DIFFERENT, Verdict.CANNOT_TELL)
"""In the order of their keys 1, 2, 3."""


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_pairs", __name__, url_prefix="/desk/look-alikes", template_folder="templates")

    @pages.get("")
    @opens_to_roles(DESK_ROLES)
    def pair() -> Response:
        words = frame.words
        with frame.runtime.sessions() as session:
            found = next_pair(session, frame.visitor.scope, Areas(session, words))
        return frame.page(
            "pair.html",
            Text("desk.pair.title"),
            "households",
            pair=found,
            answers=[answer.value for answer in ANSWERS],
            house=lambda name: words.say(written(name)),
        )

    @pages.post("/<int:number>")
    @opens_to_roles(DESK_ROLES)
    def decide(number: int) -> Response:
        """What was decided by somebody else a moment ago stays as it is; the next pair is shown all the same."""
        verdict = request.form.get("verdict", "")
        if verdict not in {answer.value for answer in ANSWERS}:
            abort(HTTPStatus.BAD_REQUEST)
        now, visitor = frame.runtime.clock.now(), frame.visitor
        with frame.runtime.sessions() as session, session.begin():
            if not look_alikes.in_scope(session, visitor.scope, number):
                abort(404)
            look_alikes.decide(session, number, Verdict(verdict), visitor.person_id, now)
        return make_response(redirect(url_for("desk_pairs.pair"), HTTPStatus.SEE_OTHER))

    return pages
