"""What the desk says instead of a page: that there is none, that a form cannot be read, or that something broke."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, Flask, Response, request
from werkzeug.exceptions import HTTPException

from handlers import failing
from handlers.desk.frame import Frame

_KEYS = {
    HTTPStatus.NOT_FOUND: "not_found",
    HTTPStatus.METHOD_NOT_ALLOWED: "not_found",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too_large",
}
"""Of desk.away; what is not there and what lies outside the visitor's area look alike."""
Answer = Response | HTTPException


def tell(pages: Blueprint, frame: Frame) -> None:
    """In the words of the desk, whatever goes wrong on these pages."""

    def told(error: Exception) -> Answer:
        return _told(frame, error)

    pages.register_error_handler(Exception, told)


def tell_strays(app: Flask, frame: Frame, guarded: Callable[[Response], Response]) -> None:
    """Addresses below /desk that belong to no page are told so as well; other addresses are not the desk's."""

    @app.after_request
    def told(response: Response) -> Response:
        # not by an error handler for 404: the API's and the feed's own would come after it
        strayed = request.endpoint is None and response.status_code >= HTTPStatus.BAD_REQUEST
        if strayed and request.path.startswith("/desk"):
            return guarded(frame.turned_away("not_found", HTTPStatus.NOT_FOUND))
        return response


def _told(frame: Frame, error: Exception) -> Answer:
    if not isinstance(error, HTTPException):
        failing.note(error)
        return frame.turned_away("broken", HTTPStatus.INTERNAL_SERVER_ERROR)
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return error
    status = HTTPStatus(error.code)
    return frame.turned_away(_KEYS.get(status, "unreadable"), status)
