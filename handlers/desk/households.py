"""ครัวเรือน: the villages with their counts."""

from __future__ import annotations

from flask import Blueprint, Response, request

from bot.messages.bubbles import Text
from handlers.desk.frame import Frame
from handlers.desk.reading import area_asked, page_asked
from handlers.doors import opens_to_roles
from services.campaigns.household_cases import cases_of
from services.desk.scope import campaign_of_desk
from services.desk.sessions import DESK_ROLES
from services.desk.villages import VillageList, Wanted
from services.people.people import Areas

POLL_SECONDS = 30


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_households", __name__, url_prefix="/desk/households", template_folder="templates")

    @pages.get("")
    @opens_to_roles(DESK_ROLES)
    def villages() -> Response:
        wanted = Wanted(area_asked(), request.args.get("only") == "missing", page_asked())
        scope, words = frame.visitor.scope, frame.words
        with frame.runtime.sessions() as session:
            campaign = campaign_of_desk(session, scope)
            cases = cases_of(campaign.settings if campaign else None, words.locale)
            listed = VillageList(session, scope, Areas(session, words), cases)
            found, choices = listed.page(wanted), listed.choices(wanted.area)
        tag, same = frame.unchanged(wanted, found, choices)
        if same is not None:
            return same
        answer = frame.page(
            "villages.html",
            Text("desk.villages.title"),
            "households",
            found=found,
            choices=choices,
            wanted=wanted,
            poll=POLL_SECONDS,
            tag=tag,
        )
        answer.set_etag(tag)
        return answer

    return pages
