"""The desk as one: its blueprints, the headers of all of its answers, and who stands at its door."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Flask, Response, make_response, redirect, request, url_for

from bot.runtime import Runtime
from handlers.desk import (
    announcing,
    audit,
    away,
    behalf,
    campaign_cases,
    campaign_checks,
    campaign_copies,
    campaign_dates,
    campaign_forms,
    campaign_reminders,
    campaign_retention,
    campaign_texts,
    campaigns,
    enter,
    exports,
    households,
    letters,
    notices,
    pairs,
    papers,
    people,
    people_paste,
    pictures,
    quality,
    reconciliation,
    reminding,
    report,
    reports,
    requests,
    retention,
    returning,
    sending,
    settings,
    sheets,
    summary,
    system,
    today,
    tokens,
    village,
    waiving,
    webhooks,
)
from handlers.desk import (
    register as register_room,
)
from handlers.desk.frame import ENTRIES, Frame
from handlers.doors import DeskDoor, keep, opens_to_roles
from handlers.private_pages import private
from services.desk.sessions import DESK_ROLES

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


def register(app: Flask, runtime: Runtime) -> None:
    """Every page of the desk, and who stands at their door."""
    frame = Frame(runtime)
    keep(app, DeskDoor, frame.admit)
    rooms = (
        campaign_cases,
        campaign_checks,
        campaign_copies,
        campaign_dates,
        campaign_forms,
        campaign_reminders,
        campaign_retention,
        campaign_texts,
        campaigns,
        enter,
        today,
        *(reports, report, returning, waiving, papers),
        households,
        village,
        quality,
        reconciliation,
        pairs,
        pictures,
        behalf,
        exports,
        notices,
        reminding,
        announcing,
        sending,
        summary,
        letters,
        settings,
        tokens,
        webhooks,
        people,
        people_paste,
        requests,
        sheets,
        register_room,
        retention,
        system,
        audit,
    )
    for pages in (_start(), *(room.blueprint(frame) for room in rooms)):
        pages.after_request(_guarded)
        away.tell(pages, frame)
        app.register_blueprint(pages)
    away.tell_strays(app, frame, _guarded)


def _start() -> Blueprint:
    pages = Blueprint("desk_front", __name__, url_prefix="/desk", template_folder="templates", static_folder="static")

    @pages.get("/")
    @opens_to_roles(DESK_ROLES)
    def start() -> Response:
        """The first entry of the navigation."""
        return make_response(redirect(url_for(ENTRIES[0][1]), HTTPStatus.SEE_OTHER))

    return pages


def _guarded(response: Response) -> Response:
    # what may be shown is asked at every request: a role may have ended meanwhile
    cache = "private, no-cache" if response.get_etag()[0] else "no-store"
    if request.endpoint == "desk_front.static":
        cache = ""
    # a page's address may carry a sign-in token
    referrer = "no-referrer" if request.endpoint == "desk_enter.look" else "same-origin"
    return private(response, _POLICY, cache, referrer)
