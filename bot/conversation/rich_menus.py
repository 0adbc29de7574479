"""Which rich menu somebody has, and what stands on it: the entries of the typed menu that its people need most.

A tile is an entry of `bot.conversation.menu`; what does not fit is behind the tile เมนู. Somebody with several roles
has the menu of the first that is named here, for the same reason.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from bot.messages.bubbles import Text
from bot.messages.catalogue import Catalogue
from bot.messages.rich_menu import Menu, Tile

GUEST: Final = "guest"
ROLES: Final[Mapping[str, frozenset[str]]] = {
    "officer": frozenset({"officer", "deputy", "head"}),
    "staff": frozenset({"staff", "admin"}),
    "leader": frozenset({"leader"}),
}
"""The roles that have each menu, the first that fits counts."""

MENUS: Final[Mapping[str, tuple[str, ...]]] = {
    "officer": (
        "menu.button.report",
        "menu.button.owe",
        "menu.button.review",
        "menu.button.amend",
        "button.menu",
        "menu.button.help",
    ),
    "staff": (
        "menu.button.who_owes",
        "menu.button.remind",
        "menu.button.summary",
        "menu.button.requests",
        "button.menu",
        "menu.button.help",
    ),
    "leader": (
        "menu.button.photos",
        "menu.button.remaining",
        "menu.button.close",
        "menu.button.certificates",
        "button.menu",
        "menu.button.help",
    ),
    GUEST: ("menu.button.join", "menu.button.help", "menu.button.privacy", "menu.button.language"),
}
"""Catalogue keys of the tiles, the main one first."""


def menu_of(roles: Collection[str]) -> str:
    """The menu of somebody who holds these roles."""
    return next((key for key, held in ROLES.items() if held.intersection(roles)), GUEST)


def menu(key: str, catalogue: Catalogue) -> Menu:
    """The menu `key` in the catalogue's language.

    Only guests find it open: it is all they can do. Over a report's questions it would cover the question.
    """
    tiles = tuple(Tile(catalogue.say(Text(label)), label.rpartition(".")[2]) for label in MENUS[key])
    return Menu(key, catalogue.locale, catalogue.say(Text("menu.title")), tiles, opened=key == GUEST)
