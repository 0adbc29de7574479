"""Calls that give rich menus other names, for actions that switch from one to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response

from simulator.api.exchange import answer, body
from simulator.api.rich_menus import NO_PICTURE
from simulator.limits import table
from simulator.line_errors import NOT_FOUND, LineError

if TYPE_CHECKING:
    from simulator.rich_menus import RichMenus
    from simulator.world import World


def rich_menu_alias_calls(pages: Blueprint, world: World) -> None:
    menus = world.rich_menus

    @pages.post("/richmenu/alias")
    def rich_menu_alias_create() -> Response:
        given = body("rich_menu_alias")
        known = menus.aliases()
        if given["richMenuAliasId"] in known:
            raise LineError(400, "conflict richmenu alias id")
        if len(known) >= table.RICH_MENU_ALIASES:
            raise LineError(400, "The number of rich menu aliases has reached its limit")
        return _name(menus, given["richMenuAliasId"], given["richMenuId"])

    @pages.post("/richmenu/alias/<alias>")
    def rich_menu_alias_update(alias: str) -> Response:
        _must_know(menus, alias)
        return _name(menus, alias, body("rich_menu_alias_change")["richMenuId"])

    @pages.delete("/richmenu/alias/<alias>")
    def rich_menu_alias_delete(alias: str) -> Response:
        _must_know(menus, alias)
        menus.delete_alias(alias)
        return answer({})

    @pages.get("/richmenu/alias/<alias>")
    def rich_menu_alias_get(alias: str) -> Response:
        return answer({"richMenuAliasId": alias, "richMenuId": _must_know(menus, alias)})

    @pages.get("/richmenu/alias/list")
    def rich_menu_alias_list() -> Response:
        found = menus.aliases().items()
        return answer({"aliases": [{"richMenuAliasId": alias, "richMenuId": menu} for alias, menu in found]})


def _name(menus: RichMenus, alias: str, rich_menu_id: str) -> Response:
    menu = menus.find(rich_menu_id)
    if menu is None or not menu.content_type:
        raise LineError(400, "richmenu not found" if menu is None else NO_PICTURE)
    menus.set_alias(alias, rich_menu_id)
    return answer({})


def _must_know(menus: RichMenus, alias: str) -> str:
    """The id behind an alias. Raises LineError, 404."""
    found = menus.aliases().get(alias)
    if found is None:
        raise LineError(404, NOT_FOUND)
    return found
