"""Calls that make, draw and delete rich menus."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request
from PIL import Image, UnidentifiedImageError

from simulator.api.exchange import answer, body
from simulator.limits import table
from simulator.line_errors import NOT_FOUND, LineError
from simulator.rich_menus import IMAGE_TYPES

if TYPE_CHECKING:
    from simulator.rich_menus import RichMenu
    from simulator.world import World


def rich_menu_calls(pages: Blueprint, world: World) -> None:
    _making(pages, world)
    _drawing(pages, world)


NO_PICTURE = "must upload richmenu image before applying it to user"


def must_find(world: World, rich_menu_id: str) -> RichMenu:
    """Raises LineError, 404."""
    found = world.rich_menus.find(rich_menu_id)
    if found is None:
        raise LineError(404, NOT_FOUND)
    return found


def _making(pages: Blueprint, world: World) -> None:
    @pages.post("/richmenu")
    def rich_menu_create() -> Response:
        menu = body("rich_menu")
        if len(world.rich_menus.all()) >= table.RICH_MENUS:
            raise LineError(400, "The number of rich menus has reached its limit")
        return answer({"richMenuId": world.rich_menus.create(menu).rich_menu_id})

    @pages.post("/richmenu/validate")
    def rich_menu_validate() -> Response:
        body("rich_menu")
        return answer({})

    @pages.get("/richmenu/list")
    def rich_menu_list() -> Response:
        return answer({"richmenus": [menu.answer() for menu in world.rich_menus.all()]})

    @pages.get("/richmenu/<rich_menu_id>")
    def rich_menu_get(rich_menu_id: str) -> Response:
        return answer(must_find(world, rich_menu_id).answer())

    @pages.delete("/richmenu/<rich_menu_id>")
    def rich_menu_delete(rich_menu_id: str) -> Response:
        world.rich_menus.delete(must_find(world, rich_menu_id).rich_menu_id)
        return answer({})


def _drawing(pages: Blueprint, world: World) -> None:
    @pages.post("/richmenu/<rich_menu_id>/content")
    def rich_menu_upload(rich_menu_id: str) -> Response:
        menu = must_find(world, rich_menu_id)
        if menu.content_type:
            raise LineError(400, "An image has already been uploaded to the richmenu")
        picture = request.get_data()
        world.rich_menus.keep_picture(rich_menu_id, picture, _looked_at(picture, menu))
        return answer({})

    @pages.get("/richmenu/<rich_menu_id>/content")
    def rich_menu_download(rich_menu_id: str) -> Response:
        menu = must_find(world, rich_menu_id)
        if not menu.content_type:
            raise LineError(404, NOT_FOUND)
        return Response(world.rich_menus.picture(rich_menu_id), mimetype=menu.content_type)


def _looked_at(picture: bytes, menu: RichMenu) -> str:
    """The picture's type. Raises LineError for one that LINE would not take."""
    if len(picture) > table.RICH_MENU_IMAGE_BYTES:
        raise LineError(413, "Payload too large")
    try:
        with Image.open(io.BytesIO(picture), formats=tuple(IMAGE_TYPES)) as image:
            kind, size = IMAGE_TYPES[str(image.format)], image.size
    except (UnidentifiedImageError, OSError) as problem:
        raise LineError(400, "The image must be a JPEG or a PNG") from problem
    if request.mimetype != kind:
        raise LineError(415, "Unsupported media type")
    wanted = menu.body["size"]
    if size != (wanted["width"], wanted["height"]):
        raise LineError(400, f"The image must be {wanted['width']} x {wanted['height']}, as the rich menu is")
    return kind
