"""Calls that say who sees which rich menu: everybody, or one person, or many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response

from simulator.api.exchange import answer, body
from simulator.api.rich_menus import NO_PICTURE, must_find
from simulator.line_errors import NOT_FOUND, LineError

if TYPE_CHECKING:
    from simulator.world import World


def rich_menu_link_calls(pages: Blueprint, world: World) -> None:
    _everybody(pages, world)
    _one(pages, world)
    _many(pages, world)


def _applicable(world: World, rich_menu_id: str) -> str:
    """The id of a menu that may be shown. Raises LineError for one that is not there or has no picture."""
    menu = must_find(world, rich_menu_id)
    if not menu.content_type:
        raise LineError(400, NO_PICTURE)
    return menu.rich_menu_id


def _everybody(pages: Blueprint, world: World) -> None:
    @pages.post("/user/all/richmenu/<rich_menu_id>")
    def rich_menu_default_set(rich_menu_id: str) -> Response:
        world.rich_menus.set_default(_applicable(world, rich_menu_id))
        return answer({})

    @pages.get("/user/all/richmenu")
    def rich_menu_default_get() -> Response:
        if not world.rich_menus.default:
            raise LineError(404, "no default richmenu")
        return answer({"richMenuId": world.rich_menus.default})

    @pages.delete("/user/all/richmenu")
    def rich_menu_default_cancel() -> Response:
        world.rich_menus.set_default("")
        return answer({})


def _one(pages: Blueprint, world: World) -> None:
    @pages.get("/user/<user_id>/richmenu")
    def rich_menu_of(user_id: str) -> Response:
        if not world.rich_menus.of(user_id):
            raise LineError(404, "the user has no richmenu")
        return answer({"richMenuId": world.rich_menus.of(user_id)})

    @pages.post("/user/<user_id>/richmenu/<rich_menu_id>")
    def rich_menu_link(user_id: str, rich_menu_id: str) -> Response:
        if not world.phones.followers([user_id]):
            raise LineError(404, NOT_FOUND)
        world.rich_menus.link([user_id], _applicable(world, rich_menu_id))
        return answer({})

    @pages.delete("/user/<user_id>/richmenu")
    def rich_menu_unlink(user_id: str) -> Response:
        world.rich_menus.unlink([user_id])
        return answer({})


def _many(pages: Blueprint, world: World) -> None:
    # nobody is told which of the people are not there or have blocked the account: the rest gets the menu
    @pages.post("/richmenu/bulk/link")
    def rich_menu_bulk_link() -> Response:
        given = body("rich_menu_link")
        world.rich_menus.link(world.phones.followers(given["userIds"]), _applicable(world, given["richMenuId"]))
        return answer({}, 202)

    @pages.post("/richmenu/bulk/unlink")
    def rich_menu_bulk_unlink() -> Response:
        world.rich_menus.unlink(body("rich_menu_unlink")["userIds"])
        return answer({}, 202)
