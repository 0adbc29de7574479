"""The rich menu under a chat: shown, closed, tapped, switched, and absent from LINE for PC."""

from __future__ import annotations

import io
from typing import Any

import orjson
import pytest
import urllib3
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.simulator.chat import bubbles, phone
from tests.browser.simulator.conftest import OFFICER
from tests.browser.simulator.fake_bot import FakeBot

WIDTH, HEIGHT = 1200, 400


class Menus:
    """A bot that draws menus in one colour, a tile for each action."""

    def __init__(self, address: str) -> None:
        self._bot = f"{address}v2/bot"

    def draw(self, *actions: dict[str, Any], bar: str = "เมนู", opened: bool = True) -> str:
        width = WIDTH // len(actions)
        tiles = [
            {"bounds": {"x": at * width, "y": 0, "width": width, "height": HEIGHT}, "action": action}
            for at, action in enumerate(actions)
        ]
        body = {
            "size": {"width": WIDTH, "height": HEIGHT},
            "selected": opened,
            "name": "test",
            "chatBarText": bar,
            "areas": tiles,
        }
        menu_id: str = self._call("/richmenu", orjson.dumps(body), "application/json")["richMenuId"]
        picture = io.BytesIO()
        Image.new("RGB", (WIDTH, HEIGHT), "#dfeeea").save(picture, "PNG")
        self._call(f"/richmenu/{menu_id}/content", picture.getvalue(), "image/png")
        return menu_id

    def show(self, menu_id: str, user_id: str = "all") -> None:
        self._call(f"/user/{user_id}/richmenu/{menu_id}")

    def name(self, alias: str, menu_id: str) -> None:
        body = {"richMenuAliasId": alias, "richMenuId": menu_id}
        self._call("/richmenu/alias", orjson.dumps(body), "application/json")

    def _call(self, path: str, body: bytes = b"", kind: str = "application/json") -> dict[str, Any]:
        headers = {"Authorization": "Bearer token", "Content-Type": kind}
        answer = urllib3.request("POST", self._bot + path, body=body, headers=headers)
        assert answer.status == 200, answer.data
        found: dict[str, Any] = orjson.loads(answer.data)
        return found


@pytest.fixture
def menus(address: str) -> Menus:
    return Menus(address)


def say(text: str) -> dict[str, Any]:
    return {"type": "message", "text": text}


def test_a_tile_says_its_word_and_the_bot_answers(page: Page, bot: FakeBot, menus: Menus) -> None:
    bot.answers["รายงาน"] = [{"type": "text", "text": "ครั้งที่ 1"}]
    menus.show(menus.draw(say("รายงาน"), say("ช่วยเหลือ")))
    phone(page, "officer").get_by_role("button", name="รายงาน").click()
    expect(bubbles(page, "officer", "user")).to_contain_text(["รายงาน"])
    expect(bubbles(page, "officer", "bot")).to_contain_text(["ครั้งที่ 1"])
    expect(phone(page, "officer").get_by_test_id("rich-menu")).to_be_visible()


def test_the_bar_opens_and_closes_the_menu_and_typing_closes_it(page: Page, menus: Menus) -> None:
    menus.show(menus.draw(say("รายงาน"), bar="เมนูติดตาม", opened=False))
    officer = phone(page, "officer")
    bar, menu = officer.get_by_test_id("rich-menu-bar"), officer.get_by_test_id("rich-menu")
    expect(bar).to_have_text("เมนูติดตาม")
    expect(menu).to_be_hidden()
    bar.click()
    expect(menu).to_be_visible()
    bar.click()
    expect(menu).to_be_hidden()
    bar.click()
    officer.get_by_test_id("composer").click()
    expect(menu).to_be_hidden()


def test_line_for_pc_shows_no_menu(page: Page, menus: Menus) -> None:
    menus.show(menus.draw(say("รายงาน")))
    officer = phone(page, "officer")
    expect(officer.get_by_test_id("rich-menu")).to_be_visible()
    officer.get_by_test_id("pc-switch").click()
    expect(officer.get_by_test_id("rich-menu-bar")).to_be_hidden()
    expect(officer.get_by_test_id("rich-menu")).to_be_hidden()
    expect(phone(page, "leader").get_by_test_id("rich-menu")).to_be_visible()


def test_ones_own_menu_takes_the_place_of_everybodys(page: Page, menus: Menus) -> None:
    menus.show(menus.draw(say("ขอเข้าร่วม"), bar="เข้าร่วม"))
    bar = phone(page, "officer").get_by_test_id("rich-menu-bar")
    expect(bar).to_have_text("เข้าร่วม")
    menus.show(menus.draw(say("รายงาน"), bar="เมนู"), OFFICER)
    expect(bar).to_have_text("เมนู")
    expect(phone(page, "leader").get_by_test_id("rich-menu-bar")).to_have_text("เข้าร่วม")


def test_a_switch_shows_the_other_menu_and_tells_the_bot(page: Page, bot: FakeBot, menus: Menus) -> None:
    menus.name("second", menus.draw(say("หลังที่เหลือ"), bar="หน้าสอง"))
    switch = {"type": "richmenuswitch", "richMenuAliasId": "second", "data": "to=second", "label": "หน้าต่อไป"}
    menus.show(menus.draw(switch, bar="หน้าแรก"))
    phone(page, "officer").get_by_role("button", name="หน้าต่อไป").click()
    expect(phone(page, "officer").get_by_test_id("rich-menu-bar")).to_have_text("หน้าสอง")
    told = bot.wait_for("postback")["postback"]
    assert told == {"data": "to=second", "params": {"newRichMenuAliasId": "second", "status": "SUCCESS"}}


def test_a_postback_may_close_and_open_the_menu(page: Page, bot: FakeBot, menus: Menus) -> None:
    close = {"type": "postback", "data": "close", "inputOption": "closeRichMenu", "label": "ปิดเมนู"}
    menus.show(menus.draw(close))
    phone(page, "officer").get_by_role("button", name="ปิดเมนู").click()
    expect(phone(page, "officer").get_by_test_id("rich-menu")).to_be_hidden()
    assert bot.wait_for("postback")["postback"]["data"] == "close"
