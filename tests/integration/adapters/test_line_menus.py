"""Rich menus through line-bot-sdk, against the simulator: both hosts, LINE's refusals, and a LINE that is away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from adapters.line import LineApi
from adapters.line_menus import LineMenus
from bot.conversation.rich_menus import menu
from bot.messages.catalogue import Catalogue
from services.rich_menus.pictures import draw
from tests.support.ports import free_port
from tests.support.simulator import ACCESS_TOKEN, LEADER, OFFICER, RunningSimulator, running_simulator

NOBODY = "U" + "f" * 32
GUEST = menu("guest", Catalogue.load("th"))


@pytest.fixture(scope="module")
def sim(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSimulator]:
    with running_simulator(tmp_path_factory.mktemp("simulator")) as simulator:
        yield simulator


@pytest.fixture(scope="module")
def picture() -> bytes:
    return draw(GUEST)


@pytest.fixture
def menus(sim: RunningSimulator) -> Iterator[LineMenus]:
    sim.reset()
    api = LineApi(sim.url, sim.url, ACCESS_TOKEN)
    yield api.menus
    api.close()


def test_a_menu_is_made_drawn_shown_linked_and_deleted(sim: RunningSimulator, menus: LineMenus, picture: bytes) -> None:
    made = menus.make(GUEST.line_object("tidtam guest th"))
    assert made.done
    assert menus.names() == {made.rich_menu_id: "tidtam guest th"}
    assert menus.draw(made.rich_menu_id, picture).done
    assert menus.show_everybody(made.rich_menu_id).done
    shown = sim.rich_menu(OFFICER)
    assert shown == {"richMenuId": made.rich_menu_id, **GUEST.line_object("tidtam guest th")}
    own = menus.make(GUEST.line_object("own")).rich_menu_id
    menus.draw(own, picture)
    assert menus.link(own, [OFFICER]).done
    assert menus.link(own, [OFFICER, LEADER]).done
    assert [sim.phone(user).rich_menu for user in (OFFICER, LEADER)] == [own, own]
    assert menus.unlink([OFFICER]).done
    assert menus.unlink([OFFICER, LEADER]).done
    assert sim.phone(LEADER).rich_menu == made.rich_menu_id
    assert menus.delete(own).done
    assert list(menus.names() or {}) == [made.rich_menu_id]


def test_refusals_come_back_with_lines_words(menus: LineMenus, picture: bytes) -> None:
    wrong = menus.make({**GUEST.line_object("wrong"), "size": {"width": 800, "height": 800}})
    assert (wrong.done, wrong.worth_repeating, wrong.status) == (False, False, 400)
    assert "size" in wrong.problem
    bare = menus.make(GUEST.line_object("bare")).rich_menu_id
    refused = menus.show_everybody(bare)
    assert (refused.status, "image" in refused.problem) == (400, True)
    menus.draw(bare, picture)
    assert menus.draw(bare, picture).status == 400
    assert menus.link(bare, [NOBODY]).status == 404
    assert menus.delete("richmenu-0").status == 404


def test_too_many_calls_and_trouble_at_line_are_worth_another_try(sim: RunningSimulator, menus: LineMenus) -> None:
    for fault, status in (("rate_limit", 429), ("server_error", 500)):
        sim.fault(fault, path="/v2/bot/richmenu")
        answer = menus.make(GUEST.line_object("busy"))
        assert (answer.status, answer.worth_repeating) == (status, True)


def test_a_line_that_is_away_says_nothing() -> None:
    away = f"http://127.0.0.1:{free_port()}"
    menus = LineMenus(away, away, ACCESS_TOKEN)
    answer = menus.delete("richmenu-0")
    assert (answer.status, answer.done, answer.worth_repeating) == (None, False, True)
    assert menus.names() is None
    menus.close()


def test_pictures_go_to_the_data_host_and_all_else_to_the_other(sim: RunningSimulator, picture: bytes) -> None:
    away = f"http://127.0.0.1:{free_port()}"
    no_data = LineMenus(sim.url, away, ACCESS_TOKEN)
    made = no_data.make(GUEST.line_object("two hosts"))
    assert (made.done, no_data.draw(made.rich_menu_id, picture).status) == (True, None)
    no_api = LineMenus(away, sim.url, ACCESS_TOKEN)
    assert (no_api.names(), no_api.draw(made.rich_menu_id, picture).done) == (None, True)
    no_data.close()
    no_api.close()
