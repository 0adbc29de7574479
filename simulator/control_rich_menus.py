"""The control side of rich menus: what the page shows under a chat, and a tap that switches to another menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, make_response

from simulator.control import answer, body, handle_errors
from simulator.control_phones import done

if TYPE_CHECKING:
    from simulator.world import World

FOR_GOOD = "max-age=31536000, immutable"
"""A rich menu never changes: another one gets another id."""


def control_rich_menus(world: World) -> Blueprint:
    """The blueprint for /sim/rich-menus. Which menu a phone shows stands in its own data (`rich_menu`)."""
    pages = Blueprint("rich_menus", __name__, url_prefix="/sim")
    handle_errors(pages)

    @pages.get("/rich-menus/<rich_menu_id>")
    def rich_menu(rich_menu_id: str) -> Response:
        found = world.rich_menus.find(rich_menu_id)
        return _gone() if found is None else answer(found.answer())

    @pages.get("/rich-menus/<rich_menu_id>/picture")
    def picture(rich_menu_id: str) -> Response:
        found = world.rich_menus.find(rich_menu_id)
        if found is None or not found.content_type:
            return _gone()
        response = make_response(world.rich_menus.picture(rich_menu_id))
        response.headers.update({"Content-Type": found.content_type, "Cache-Control": FOR_GOOD})
        return response

    @pages.post("/phones/<user_id>/richmenuswitch")
    def switch(user_id: str) -> Response:
        given = body()
        alias, data = str(given.get("alias", "")), given.get("data")
        if not isinstance(data, str) or not data:
            raise ValueError("data must be a text")
        world.actions.must_follow(user_id)
        params = {"newRichMenuAliasId": alias, "status": world.rich_menus.switch(user_id, alias)}
        return done(world.actions.postback(user_id, data, params))

    return pages


def _gone() -> Response:
    return answer({"error": "there is no such rich menu"}, 404)
