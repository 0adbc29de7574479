"""The rich menus on the phones of the page: drawn by a worker, tapped, in the phone's language, and not on a PC."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from bot.runtime import build
from bot.settings import from_env
from tests.browser.product.hands import Hands

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.support.stage import Stage

DRAWN_SECONDS = 100.0
"""Eight pictures, on a machine that may be busy."""


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """With its menus drawn, as `tidtam demo` leaves it to the workers."""
    runtime = build(from_env(stage.system.env))
    runtime.rich_menus.sync_later()
    runtime.close()
    stage.settle(seconds=DRAWN_SECONDS)
    return stage


def menu(hands: Hands) -> Locator:
    return hands.phone.get_by_test_id("rich-menu")


def open_menu(hands: Hands) -> None:
    hands.phone.get_by_test_id("rich-menu-bar").click()
    expect(menu(hands)).to_be_visible()


def tile(hands: Hands, label: str) -> Locator:
    return menu(hands).get_by_role("button", name=label, exact=True)


def test_a_tile_begins_the_report_and_a_pc_has_none(officer: Hands, staff: Hands) -> None:
    open_menu(officer)
    picture = menu(officer).locator("img")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 2500
    tile(officer, "รายงาน").click()
    officer.sees("สถานะปัจจุบันเป็นอย่างไร")
    open_menu(staff)
    tile(staff, "ใครยังไม่ส่ง").click()
    staff.sees("ภูเรือ")
    officer.phone.get_by_test_id("pc-switch").click()
    expect(officer.phone.get_by_test_id("rich-menu-bar")).to_be_hidden()
    officer.say("เมนู", then="1 รายงาน")


def test_another_language_brings_the_other_menu(officer: Hands) -> None:
    open_menu(officer)
    expect(tile(officer, "รายงาน")).to_be_visible()
    officer.say("English", then="English")
    expect(officer.phone.get_by_test_id("rich-menu-bar")).to_have_text("Menu")
    open_menu(officer)
    expect(tile(officer, "Report")).to_be_visible()
