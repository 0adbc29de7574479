"""A rich menu as LINE wants it: tiles in a grid, each of which types its own label. Pure.

LINE for PC shows no rich menus, and a menu that has been linked may be weeks old. So a tile is nothing but its typed
twin: a message action with the very words that it shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

WIDTH: Final = 2500
"""Pixels, LINE's largest."""
ROW: Final = 843
"""Height of a row of tiles: one row is LINE's compact menu, two are the large one (1686)."""
COLUMNS: Final[Mapping[int, int]] = {1: 1, 2: 2, 3: 3, 4: 2, 5: 3, 6: 3}
"""Tiles in a row, by how many tiles there are. Two rows at most; a wider tile holds a larger label."""


@dataclass(frozen=True, slots=True)
class Tile:
    label: str
    """What is read on it, and what a tap types."""
    icon: str
    """A name of services/rich_menus/icons.yaml."""


@dataclass(frozen=True, slots=True)
class Menu:
    """What one rich menu says. `bar` is the word that opens and closes it."""

    key: str
    locale: str
    bar: str
    tiles: tuple[Tile, ...]
    opened: bool = False
    """It stands open when the chat is opened. A large one then covers half of it."""

    @property
    def height(self) -> int:
        """Pixels."""
        return ROW * -(-len(self.tiles) // COLUMNS[len(self.tiles)])

    def cells(self) -> tuple[Cell, ...]:
        """Where each tile is tapped: no gap, no overlap; a short last row has wider cells."""
        columns = COLUMNS[len(self.tiles)]
        rows = [range(start, min(start + columns, len(self.tiles))) for start in range(0, len(self.tiles), columns)]
        return tuple(
            Cell(left, ROW * down, WIDTH * (place + 1) // len(row) - left, ROW)
            for down, row in enumerate(rows)
            for place in range(len(row))
            for left in (WIDTH * place // len(row),)
        )

    def line_object(self, name: str) -> dict[str, Any]:
        """LINE's rich menu object; `name` is for whoever looks after the account, people do not see it."""
        cells = zip(self.cells(), self.tiles, strict=True)
        return {
            "size": {"width": WIDTH, "height": self.height},
            "selected": self.opened,
            "name": name,
            "chatBarText": self.bar,
            "areas": [
                {"bounds": cell.bounds(), "action": {"type": "message", "label": tile.label, "text": tile.label}}
                for cell, tile in cells
            ],
        }


@dataclass(frozen=True, slots=True)
class Cell:
    """A rectangle in pixels, from the upper left corner."""

    x: int
    y: int
    width: int
    height: int

    def bounds(self) -> dict[str, int]:
        return {"x": self.x, "y": self.y, "width": self.width, "height": self.height}
