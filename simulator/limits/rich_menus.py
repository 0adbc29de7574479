"""Rich menus: the object that describes one, and the bodies of the calls around it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from simulator.limits import table
from simulator.limits.actions import actions
from simulator.limits.checks import Check, Record, all_of, boolean, graphemes, items, join, matches, number, text
from simulator.line_errors import Problem

_PIXELS = number(0, table.RICH_MENU_WIDTHS[-1])
_SIZE = Record(
    {
        "width": number(table.RICH_MENU_WIDTHS[0], table.RICH_MENU_WIDTHS[-1]),
        "height": number(table.RICH_MENU_LEAST_HEIGHT, table.RICH_MENU_WIDTHS[-1]),
    }
)
_BOUNDS = Record({"x": _PIXELS, "y": _PIXELS, "width": number(1, 2500), "height": number(1, 2500)})
_AREA = Record({"bounds": _BOUNDS, "action": actions(table.RICH_MENU_LABEL, label_required=False, rich_menu=True)})
_USER_ID = matches(r"U[0-9a-f]{32}", "a user id")
_MENU_ID = text(1000)
_ALIAS = matches(r"[a-z0-9_-]{1,32}", "an alias of 1 to 32 characters: a-z, 0-9, _ and -")


def _proportions(value: Any, path: str, problems: list[Problem]) -> None:
    """As wide as LINE wants it, and no area over its edge. Looks only at what has the right form."""
    if not isinstance(value, dict) or not _is_size(value.get("size")):
        return
    size = value["size"]
    if size["width"] / size["height"] < table.RICH_MENU_RATIO:
        problems.append(Problem(f"Width through height must be at least {table.RICH_MENU_RATIO}", join(path, "size")))
    for index, area in enumerate(value.get("areas") or ()):
        bounds = area.get("bounds", {}) if isinstance(area, dict) else {}
        if _is_size(bounds) and not _within(bounds, size):
            problems.append(Problem("Must lie within the rich menu", join(path, f"areas[{index}].bounds")))


def _is_size(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(name), int) and value[name] for name in _SIZE.required)


def _within(bounds: Mapping[str, Any], size: Mapping[str, int]) -> bool:
    edges = (("x", "width"), ("y", "height"))
    return all(isinstance(bounds.get(at), int) and bounds[at] + bounds[long] <= size[long] for at, long in edges)


RICH_MENU: Final[Check] = all_of(
    Record(
        {
            "size": _SIZE,
            "selected": boolean,
            "name": text(table.RICH_MENU_NAME, graphemes),
            "chatBarText": text(table.RICH_MENU_BAR, graphemes),
            "areas": items(_AREA, 0, table.RICH_MENU_AREAS),
        }
    ),
    _proportions,
)
BODIES: Mapping[str, Check] = {
    "rich_menu": RICH_MENU,
    "rich_menu_link": Record({"richMenuId": _MENU_ID, "userIds": items(_USER_ID, 1, table.MULTICAST_TO)}),
    "rich_menu_unlink": Record({"userIds": items(_USER_ID, 1, table.MULTICAST_TO)}),
    "rich_menu_alias": Record({"richMenuAliasId": _ALIAS, "richMenuId": _MENU_ID}),
    "rich_menu_alias_change": Record({"richMenuId": _MENU_ID}),
}
