"""The route of printed documents: the link is the key; nothing is changed by opening it but the audit."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response

from bot.messages.bubbles import Text
from bot.messages.catalogue import DEFAULT_LOCALE
from bot.runtime import Runtime
from handlers.doors import Door, opens_to
from handlers.private_pages import private
from services.links import LinkError

_POLICY = "default-src 'none'; frame-ancestors 'none'"
_CODES = {"unknown": HTTPStatus.NOT_FOUND, "not_yours": HTTPStatus.FORBIDDEN}
"""Every other fault of a link: it was good once."""


def blueprint(runtime: Runtime) -> Blueprint:
    pages = Blueprint("documents", __name__)
    pages.after_request(lambda response: private(response, _POLICY))
    words = runtime.texts.catalogue(DEFAULT_LOCALE)

    @pages.get("/document/<token>")
    @opens_to(Door.LINK)
    def document(token: str) -> Response:
        try:
            found = runtime.documents.open(token)
        except LinkError as error:
            told = words.say(Text(f"document.link.{error.key}"))
            return Response(told, _CODES.get(error.key, HTTPStatus.GONE), content_type="text/plain; charset=utf-8")
        response = Response(found.content, content_type=found.content_type)
        response.headers["Content-Disposition"] = f'inline; filename="{found.name}"'
        return response

    @pages.get("/draft/<token>")
    @opens_to(Door.LINK)
    def draft(token: str) -> Response:
        """A draft on the form, as a picture: what a chat shows."""
        try:
            return Response(runtime.draft_pictures.open(token), content_type="image/png")
        except LinkError as error:
            told = words.say(Text(f"document.link.{error.key}"))
            return Response(told, _CODES.get(error.key, HTTPStatus.GONE), content_type="text/plain; charset=utf-8")

    return pages
