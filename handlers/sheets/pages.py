"""The route of printed paper: the link is the key, and whoever has lost the office since is refused."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, render_template

from bot.messages.bubbles import Text, Value
from bot.messages.catalogue import DEFAULT_LOCALE, Catalogue
from bot.runtime import Runtime
from handlers.doors import Door, opens_to
from handlers.private_pages import private
from services.links import LinkError
from services.sheets.opening import BeingDrawnError

_POLICY = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'"
_CODES = {"unknown": HTTPStatus.NOT_FOUND, "not_yours": HTTPStatus.FORBIDDEN, "expired": HTTPStatus.GONE}
_LOOK_AGAIN = "3"
"""Seconds after which the page asks once more for a file that is being drawn."""


def blueprint(runtime: Runtime) -> Blueprint:
    pages = Blueprint("sheets", __name__, template_folder="templates")
    pages.after_request(lambda response: private(response, _POLICY))
    words = runtime.texts.catalogue(DEFAULT_LOCALE)

    @pages.get("/sheet/<token>")
    @opens_to(Door.LINK)
    def paper(token: str) -> Response:
        try:
            name, chunks = runtime.sheet_opening.open(token)
        except LinkError as error:
            return _told(words, _CODES[error.key], f"link.{error.key}")
        except BeingDrawnError as error:
            waiting = _told(words, HTTPStatus.ACCEPTED, "being_drawn", done=error.done, total=error.total)
            waiting.headers["Refresh"] = _LOOK_AGAIN
            return waiting
        except (OSError, KeyError):
            return _told(words, HTTPStatus.SERVICE_UNAVAILABLE, "away")
        response = Response(chunks, content_type="application/pdf")
        response.headers["Content-Disposition"] = f'inline; filename="{name}"'
        return response

    return pages


def _told(words: Catalogue, status: HTTPStatus, key: str, **values: Value) -> Response:
    told, title = words.say(Text(f"sheet.{key}", values)), words.say(Text("sheet.visit.title"))
    shown = render_template("sheets/told.html", lang=words.locale, title=title, told=told)
    return Response(shown, status=status, content_type="text/html; charset=utf-8")
