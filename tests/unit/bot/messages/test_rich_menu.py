"""A rich menu's tiles lie side by side, and LINE takes what is made of them."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.rich_menu import WIDTH, Cell, Menu, Tile
from simulator.limits import check_request


def menu(*labels: str) -> Menu:
    return Menu("officer", "th", "เมนู", tuple(Tile(label, "report") for label in labels))


def overlap(one: Cell, other: Cell) -> bool:
    across = one.x < other.x + other.width and other.x < one.x + one.width
    return across and one.y < other.y + other.height and other.y < one.y + one.height


@pytest.mark.parametrize("count", range(1, 7))
def test_every_point_of_the_picture_belongs_to_one_tile(count: int) -> None:
    drawn = menu(*"กขคงจฉ"[:count])
    cells = drawn.cells()
    assert len(cells) == count
    assert sum(cell.width * cell.height for cell in cells) == WIDTH * drawn.height
    assert not any(overlap(*pair) for pair in combinations(cells, 2))
    assert all(cell.x + cell.width <= WIDTH and cell.y + cell.height <= drawn.height for cell in cells)


def test_few_tiles_take_a_low_menu_and_more_a_high_one() -> None:
    assert [menu(*"กขคงจฉ"[:count]).height for count in range(1, 7)] == [843, 843, 843, 1686, 1686, 1686]


@given(st.lists(st.text("กขคงABC ", min_size=1, max_size=20), min_size=1, max_size=6))
def test_line_takes_the_menu_and_each_tile_types_its_label(labels: list[str]) -> None:
    made = menu(*labels).line_object("tidtam officer th")
    assert check_request("rich_menu", made) == []
    assert [area["action"] for area in made["areas"]] == [
        {"type": "message", "label": label, "text": label} for label in labels
    ]
