"""Draws a rich menu's picture from its words: large signs, large letters, few calm colours.

Typst sets the Thai (marks above marks stand where they belong, lines break between words); Pillow makes the file
small. Both take a moment and tens of megabytes, so they are loaded when the first picture is drawn.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from bot.messages.rich_menu import WIDTH, Menu

TEMPLATE: Final = Path(__file__).with_name("tiles.typ")
COLOURS: Final[Mapping[str, str]] = {
    "ground": "#e4eeeb",
    "tile": "#ffffff",
    "edge": "#c5d8d3",
    "sign": "#0f6b62",
    "ink": "#12302d",
    "main": "#0d5f57",
    "main_ink": "#ffffff",
}
"""`main` is the first tile, `sign` and `ink` stand on the others."""
LARGEST: Final = 1_000_000
"""Bytes of a picture: LINE takes a megabyte."""
SHADES: Final = 64


class PictureError(RuntimeError):
    """A picture that LINE would not take."""


def draw(menu: Menu) -> bytes:
    """The picture of `menu` as PNG: `bot.messages.rich_menu.WIDTH` wide, as high as the menu. Raises PictureError."""
    import fontpkg_sarabun  # type: ignore[import-untyped]  # noqa: PLC0415 - see the module's docstring
    import typst  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415

    drawn = typst.compile(
        TEMPLATE,
        format="png",
        ppi=72,
        font_paths=[fontpkg_sarabun.ROOT / "files"],
        ignore_system_fonts=True,
        sys_inputs={"menu": json.dumps(_described(menu))},
    )
    out = io.BytesIO()
    with Image.open(io.BytesIO(drawn)) as picture:
        picture.convert("RGB").quantize(SHADES).save(out, "PNG", optimize=True)
        size = picture.size
    if size != (WIDTH, menu.height) or out.tell() > LARGEST:
        raise PictureError(f"rich menu {menu.key} {menu.locale}: {size[0]} x {size[1]}, {out.tell()} bytes")
    return out.getvalue()


def content_hash(menu: Menu) -> str:
    """What the menu is made of: its words, its areas, and all that its picture is drawn from."""
    made_of = {
        "object": menu.line_object(""),
        "picture": _described(menu),
        "template": TEMPLATE.read_text("utf-8"),
        "shades": SHADES,
    }
    return hashlib.sha256(json.dumps(made_of, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _described(menu: Menu) -> dict[str, Any]:
    """What the template is given."""
    tiles = [
        {**cell.bounds(), "label": tile.label, "path": _icons()[tile.icon]}
        for cell, tile in zip(menu.cells(), menu.tiles, strict=True)
    ]
    return {"width": WIDTH, "height": menu.height, "locale": menu.locale, "colours": dict(COLOURS), "tiles": tiles}


@cache
def _icons() -> dict[str, str]:
    found: dict[str, str] = yaml.safe_load(TEMPLATE.with_name("icons.yaml").read_text("utf-8"))
    return found
