"""Signing in with a link of the chat: looking at it changes nothing, the button on its page uses it up."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from bot.messages.bubbles import Text
from handlers.desk.frame import COOKIE, Frame, sayer
from handlers.doors import Door, opens_to
from services.desk.sessions import LASTS
from services.links import LinkError

_CODES = {"unknown": HTTPStatus.NOT_FOUND, "not_yours": HTTPStatus.FORBIDDEN}
"""Every other fault of a link: it was good once."""


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_enter", __name__, url_prefix="/desk/enter", template_folder="templates")

    @pages.get("/<token>")
    @opens_to(Door.LINK)
    def look(token: str) -> Response:
        try:
            visitor = frame.runtime.desks.look(token)
        except LinkError as error:
            return _refused(frame, error)
        words = frame.catalogue(visitor.locale)
        title = words.say(Text("desk.name"))
        return make_response(
            render_template("desk/enter.html", lang=words.locale, title=title, t=sayer(words), name=visitor.name)
        )

    @pages.post("/<token>")
    @opens_to(Door.LINK)
    def enter(token: str) -> Response:
        """The link is the key; a button pressed on another site's page is not taken for the person's own."""
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
            return frame.turned_away("old_form", HTTPStatus.FORBIDDEN)
        try:
            secret = frame.runtime.desks.enter(token, request.headers.get("User-Agent", ""))
        except LinkError as error:
            return _refused(frame, error)
        answer = make_response(redirect(url_for("desk_front.start"), HTTPStatus.SEE_OTHER))
        answer.set_cookie(
            COOKIE,
            secret,
            max_age=LASTS,
            path="/desk",
            secure=frame.runtime.settings.public_url.startswith("https:"),
            httponly=True,
            samesite="Lax",
        )
        return answer

    return pages


def _refused(frame: Frame, error: LinkError) -> Response:
    return frame.turned_away(f"link.{error.key}", _CODES.get(error.key, HTTPStatus.GONE))
