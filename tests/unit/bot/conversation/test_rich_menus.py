"""Every tile of a rich menu types a word that is understood, and is an entry of the typed menu as well."""

from __future__ import annotations

import pytest

from bot.conversation import menu as typed
from bot.conversation.commands import COMMANDS, GUESTS
from bot.conversation.rich_menus import GUEST, MENUS, menu, menu_of
from bot.messages.catalogue import LOCALES, Catalogue
from bot.reading.outcome import Action
from bot.reading.reader import Reader
from simulator.limits import check_request

ENTRIES = {
    "officer": (*typed.REPORTER, *typed.AMENDER, *typed.HAND_OVER, *typed.DECIDER, *typed.ALWAYS),
    "staff": (*typed.STAFF, *typed.DECIDER, *typed.ALWAYS),
    "leader": (*typed.LEADER, *typed.ALWAYS),
    GUEST: typed.GUEST,
}
OBEYED_UNASKED = {"edit"}
"""Read as a wish to be confirmed, but what it leads to shows a card first."""


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("key", MENUS)
def test_the_words_of_every_tile_are_a_command(key: str, locale: str, reader: Reader) -> None:
    for tile in menu(key, Catalogue.load(locale)).tiles:
        reading = reader.control(tile.label)
        assert reading.action is Action.ACCEPT or reading.value in OBEYED_UNASKED, tile.label
        assert reading.value in (GUESTS if key == GUEST else COMMANDS), tile.label


@pytest.mark.parametrize("key", MENUS)
def test_tiles_are_entries_of_the_typed_menu_or_open_it(key: str) -> None:
    assert set(MENUS[key]) - {"button.menu"} <= set(ENTRIES[key])


@pytest.mark.parametrize("key", MENUS)
def test_whoever_cannot_see_all_entries_on_tiles_finds_the_menu_there(key: str) -> None:
    assert "button.menu" in MENUS[key] or set(ENTRIES[key]) == set(MENUS[key])


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("key", MENUS)
def test_line_takes_every_menu(key: str, locale: str) -> None:
    assert check_request("rich_menu", menu(key, Catalogue.load(locale)).line_object("tidtam")) == []


@pytest.mark.parametrize("key", MENUS)
def test_only_guests_find_their_menu_open(key: str) -> None:
    assert menu(key, Catalogue.load("th")).opened == (key == GUEST)


@pytest.mark.parametrize(
    ("roles", "key"),
    [
        ((), "guest"),
        (("officer",), "officer"),
        (("deputy",), "officer"),
        (("head",), "officer"),
        (("leader",), "leader"),
        (("staff",), "staff"),
        (("admin",), "staff"),
        (("leader", "staff"), "staff"),
        (("staff", "officer"), "officer"),
    ],
)
def test_a_person_has_the_menu_of_the_first_role(roles: tuple[str, ...], key: str) -> None:
    assert menu_of(roles) == key
