"""The pictures of rich menus: as LINE takes them, readable by old eyes on a small phone."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from bot.conversation.rich_menus import MENUS, menu
from bot.messages.catalogue import LOCALES, Catalogue
from bot.messages.rich_menu import Tile
from services.rich_menus import pictures
from services.rich_menus.pictures import COLOURS, PictureError, content_hash, draw

READABLE = 4.5
"""Contrast of text to its ground by WCAG AA."""


def luminance(colour: str) -> float:
    """Relative luminance by WCAG of #rrggbb."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("ink", "ground"), [("ink", "tile"), ("sign", "tile"), ("main_ink", "main")])
def test_what_stands_on_a_tile_can_be_told_from_it(ink: str, ground: str) -> None:
    light, dark = sorted((luminance(COLOURS[ink]), luminance(COLOURS[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= READABLE


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("key", MENUS)
def test_each_menu_is_drawn_with_a_sign_and_large_letters_on_every_tile(key: str, locale: str) -> None:
    shown = menu(key, Catalogue.load(locale))
    drawn = draw(shown)
    assert len(drawn) < 500_000
    with Image.open(io.BytesIO(drawn)) as picture:
        assert (picture.format, picture.size) == ("PNG", (2500, shown.height))
        grey = picture.convert("L")
    for cell in shown.cells():
        left, top, right, bottom = _ink(grey.crop((cell.x + 40, cell.y + 40, cell.x + cell.width - 40, cell.y + 803)))
        assert bottom - top >= 280 + 60  # the sign, and letters of more than 60 pixels
        assert left > 0
        assert right < cell.width - 80  # nothing runs over the edge


def _ink(tile: Image.Image) -> tuple[int, int, int, int]:
    """The box around what differs from the tile's ground."""
    ground = tile.getpixel((0, 0))
    assert isinstance(ground, int)
    box = tile.point(lambda value: 255 if abs(value - ground) > 60 else 0).getbbox()
    assert box is not None
    return box


def test_other_words_are_another_menu() -> None:
    shown = menu("officer", Catalogue.load("th"))
    other = replace(shown, tiles=(Tile("รายงานด่วน", "report"), *shown.tiles[1:]))
    assert content_hash(shown) == content_hash(menu("officer", Catalogue.load("th")))
    assert len({content_hash(each) for each in (shown, other, replace(shown, bar="เปิดเมนู"))}) == 3


def test_a_picture_that_line_would_not_take_is_not_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "LARGEST", 1000)
    with pytest.raises(PictureError, match="guest th"):
        draw(menu("guest", Catalogue.load("th")))
