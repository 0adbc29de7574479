"""Pictures of the desk: every one comes through services.evidence.viewing, and is asked for anew each time."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, Response, request, url_for

from handlers.desk.frame import Frame
from handlers.doors import opens_to_roles
from services.desk.sessions import DESK_ROLES
from services.evidence.viewing import NotShownError, Picture, Shelf


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_pictures", __name__, url_prefix="/desk/pictures")
    viewing = frame.runtime.viewing

    @pages.get("/<shelf>/<int:number>")
    @opens_to_roles(DESK_ROLES)
    def large(shelf: str, number: int) -> Response:
        return _sent(frame, lambda: viewing.open_media(frame.visitor, _shelf(shelf), number))

    @pages.get("/<shelf>/<int:number>/small/<key>")
    @opens_to_roles(DESK_ROLES)
    def small(shelf: str, number: int, key: str) -> Response:
        return _sent(frame, lambda: viewing.open_small(frame.visitor, _shelf(shelf), number, key))

    return pages


def small_address(frame: Frame, shelf: Shelf) -> Callable[[int], str]:
    """Addresses of small pictures, for a page that has called Viewing.list_small for them."""

    def address(number: int) -> str:
        key = frame.runtime.viewing.small_key(frame.visitor, shelf, number)
        return url_for("desk_pictures.small", shelf=shelf.value, number=number, key=key)

    return address


def _shelf(name: str) -> Shelf:
    try:
        return Shelf(name)
    except ValueError:
        raise NotShownError(name) from None


def _sent(frame: Frame, find: Callable[[], Picture]) -> Response:
    try:
        picture = find()
        if request.if_none_match.contains(picture.tag):
            answer = Response(status=HTTPStatus.NOT_MODIFIED)
        else:
            answer = Response(frame.runtime.viewing.read(picture), content_type=picture.content_type)
    except NotShownError:
        return Response(status=HTTPStatus.NOT_FOUND)
    except OSError:
        return Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
    answer.set_etag(picture.tag)
    return answer
