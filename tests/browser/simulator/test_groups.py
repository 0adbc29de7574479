"""Group chats on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.simulator.chat import bubbles, phone, say
from tests.browser.simulator.conftest import LEADER, OFFICER

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.simulator.fake_bot import FakeBot

NAME = "งานอำเภอภูเรือ"


@pytest.fixture
def grouped(page: Page) -> Page:
    """The page with a group of everybody and the bot."""
    page.get_by_test_id("manage-phones").click()
    page.get_by_test_id("new-group").fill(NAME)
    page.get_by_test_id("add-group").click()
    expect(phone(page, "group")).to_contain_text("และบอต")
    return page


def test_a_group_is_made_with_the_bot_in_it(grouped: Page, bot: FakeBot) -> None:
    assert bot.wait_for("join")["source"]["type"] == "group"
    expect(phone(grouped, "group")).to_contain_text("บอตเข้ากลุ่มแล้ว")


def test_the_at_sign_mentions_the_bot_and_words_typed_by_hand_do_not(grouped: Page, bot: FakeBot) -> None:
    bot.answers["@ติดตาม เมนู"] = [{"type": "text", "text": "รับทราบ"}]
    group = phone(grouped, "group")
    group.get_by_test_id("group-who").select_option(LEADER)
    group.get_by_test_id("group-at").click()
    group.get_by_test_id("composer").press_sequentially("เมนู")
    group.get_by_test_id("composer").press("Enter")
    expect(bubbles(grouped, "group", "bot")).to_contain_text("รับทราบ")
    expect(bubbles(grouped, "group", "user")).to_contain_text("บุญมี ตัวอย่าง")
    event = bot.wait_for("message")
    assert event["source"]["userId"] == LEADER
    assert event["message"]["mention"]["mentionees"][0]["isSelf"] is True
    group.get_by_test_id("group-who").select_option(OFFICER)
    say(grouped, "group", "@ติดตาม สวัสดี")
    expect(bubbles(grouped, "group", "user")).to_have_count(2)
    assert "mention" not in bot.wait_for("message", count=2)["message"]


def test_people_and_the_bot_come_and_go_by_the_groups_menu(grouped: Page, bot: FakeBot) -> None:
    group = phone(grouped, "group")
    group.get_by_test_id("group-menu").click()
    grouped.get_by_text("นำ บุญมี ตัวอย่าง ออก").click()
    assert bot.wait_for("memberLeft")["left"]["members"][0]["userId"] == LEADER
    expect(group).to_contain_text("บุญมี ตัวอย่าง ออกจากกลุ่มแล้ว")
    expect(group.get_by_test_id("group-who").locator("option")).to_have_count(2)
    group.get_by_test_id("group-menu").click()
    grouped.get_by_text("นำบอตออกจากกลุ่ม").click()
    bot.wait_for("leave")
    expect(group).to_contain_text("กลุ่ม 2 คน")


def test_a_message_in_a_group_is_taken_back(grouped: Page, bot: FakeBot) -> None:
    say(grouped, "group", "พลาด")
    bot.wait_for("message")
    bubbles(grouped, "group", "user").locator(".bubble-menu").click()
    grouped.get_by_text("ยกเลิกข้อความ").click()
    assert bot.wait_for("unsend")["unsend"]["messageId"] == bot.wait_for("message")["message"]["id"]
    expect(bubbles(grouped, "group", "user").locator(".gone")).to_be_visible()


def test_on_a_small_phone_the_group_has_a_tab(grouped: Page) -> None:
    grouped.set_viewport_size({"width": 360, "height": 740})
    grouped.get_by_test_id("tab-group").click()
    expect(phone(grouped, "group")).to_be_visible()
    expect(phone(grouped, "officer")).to_be_hidden()
    assert grouped.evaluate("document.documentElement.scrollWidth") <= 360
