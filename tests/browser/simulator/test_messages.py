from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.held import HeldAnswer
from tests.browser.simulator.chat import bubbles, card, phone, postback, quick, say

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.simulator.fake_bot import FakeBot

HOSTILE = '<img src=x onerror="window.hacked = true"><script>window.hacked = true</script>'


def test_a_text_is_sent_with_enter_and_the_answer_stands_on_the_left(page: Page, bot: FakeBot) -> None:
    bot.answers["รายงาน"] = [{"type": "text", "text": "รายงานครั้งที่ 1\nอำเภอภูเรือ"}]
    say(page, "officer", "รายงาน")
    expect(bubbles(page, "officer", "user")).to_contain_text(["รายงาน"])
    expect(bubbles(page, "officer", "bot")).to_contain_text(["รายงานครั้งที่ 1\nอำเภอภูเรือ"])
    expect(bubbles(page, "leader", "bot")).to_have_count(0)
    expect(phone(page, "officer").get_by_test_id("composer")).to_have_value("")


def test_shift_and_enter_make_a_new_line_in_the_same_message(page: Page, bot: FakeBot) -> None:
    composer = phone(page, "officer").get_by_test_id("composer")
    composer.press_sequentially("21")
    composer.press("Shift+Enter")
    composer.press_sequentially("15")
    composer.press("Enter")
    assert bot.wait_for("message")["message"]["text"] == "21\n15"


def test_hostile_text_in_a_flex_card_stays_text(page: Page, bot: FakeBot) -> None:
    bot.answers["x"] = [card({"type": "text", "text": HOSTILE, "wrap": True}), {"type": "text", "text": HOSTILE}]
    say(page, "officer", "x")
    answers = bubbles(page, "officer", "bot")
    expect(answers).to_have_count(2)
    for index in (0, 1):
        expect(answers.nth(index)).to_contain_text(HOSTILE)
        expect(answers.nth(index).locator(".bubble img, .bubble script")).to_have_count(0)
    assert page.evaluate("window.hacked") is None


def test_an_unknown_component_or_message_is_a_labelled_box(page: Page) -> None:
    drawn = page.evaluate("""async () => {
        const { renderFlex } = await import("/static/js/flex.js");
        const body = { type: "box", layout: "vertical", contents: [{ type: "hologram" }] };
        const broken = [{ type: "hologram" }, { type: "bubble", body }, undefined];
        return broken.map((each) => renderFlex(each, () => {}).textContent);
    }""")
    assert drawn == ["ยังแสดงชนิดนี้ไม่ได้: hologram"] * 2 + ["ยังแสดงชนิดนี้ไม่ได้: ?"]


def test_a_style_that_is_not_lines_own_is_left_out(page: Page) -> None:
    style = page.evaluate("""async () => {
        const { renderFlex } = await import("/static/js/flex.js");
        const text = { type: "text", text: "a", color: "red;position:fixed", size: "calc(9vw)", margin: "url(x)" };
        return renderFlex({ type: "bubble", body: { type: "box", layout: "vertical", contents: [text] } }, () => {})
            .querySelector(".fx-text").getAttribute("style");
    }""")
    assert style == "flex: 0 0 auto;"


def test_a_flex_button_sends_its_postback_and_shows_the_display_text(page: Page, bot: FakeBot) -> None:
    action = postback("อยู่ระหว่าง", "t3=2", displayText="อยู่ระหว่าง")
    bot.answers["x"] = [card({"type": "button", "action": action})]
    say(page, "officer", "x")
    phone(page, "officer").get_by_role("button", name="อยู่ระหว่าง").click()
    assert bot.wait_for("postback")["postback"] == {"data": "t3=2"}
    expect(bubbles(page, "officer", "user")).to_contain_text(["x", "อยู่ระหว่าง"])


def test_a_link_opens_in_a_new_tab_without_a_way_back(page: Page, bot: FakeBot, address: str) -> None:
    bot.answers["x"] = [
        card({"type": "button", "action": {"type": "uri", "label": "หนังสือ", "uri": f"{address}healthz"}})
    ]
    say(page, "officer", "x")
    with page.context.expect_page() as opened:
        phone(page, "officer").get_by_role("link", name="หนังสือ").click()
    opened.value.wait_for_url(f"{address}healthz")
    assert opened.value.evaluate("window.opener") is None


def test_quick_replies_vanish_on_tap_and_are_hidden_on_line_for_pc(page: Page, bot: FakeBot) -> None:
    action = postback("ตามนี้", "ok")
    bot.answers["x"] = [{"type": "text", "text": "ตรงกันหรือไม่", "quickReply": quick(action)}]
    officer = phone(page, "officer")
    say(page, "officer", "x")
    expect(officer.get_by_test_id("quick-replies")).to_be_visible()
    officer.get_by_test_id("pc-switch").click()
    expect(officer.get_by_test_id("pc-switch")).to_have_attribute("aria-checked", "true")
    expect(officer.get_by_test_id("quick-replies")).to_have_count(0)
    officer.get_by_test_id("pc-switch").click()
    officer.get_by_role("button", name="ตามนี้").click()
    assert bot.wait_for("postback")["postback"] == {"data": "ok"}
    expect(officer.get_by_test_id("quick-replies")).to_have_count(0)
    expect(bubbles(page, "officer", "user")).to_have_count(1)


def test_quick_replies_that_have_not_changed_stay_under_the_finger(page: Page, bot: FakeBot) -> None:
    picker = {"type": "datetimepicker", "label": "เลือกวันอื่น", "data": "due", "mode": "date"}
    bot.answers["x"] = [{"type": "text", "text": "เมื่อใด", "quickReply": quick(picker, postback("ตามนี้", "ok"))}]
    say(page, "officer", "x")
    chip = phone(page, "officer").get_by_role("button", name="ตามนี้").element_handle()
    phone(page, "officer").get_by_role("button", name="เลือกวันอื่น").click()
    page.get_by_test_id("picker").get_by_role("button", name="ยกเลิก").click()
    expect(page.get_by_test_id("picker")).to_have_count(0)
    assert chip.evaluate("node => node.isConnected")


def test_the_date_picker_honours_its_limits_and_sends_params(page: Page, bot: FakeBot) -> None:
    picker = {
        "type": "datetimepicker",
        "label": "เลือกวันอื่น",
        "data": "due",
        "mode": "date",
        "initial": "2021-06-30",
        "min": "2021-06-07",
        "max": "2021-12-31",
    }
    bot.answers["x"] = [{"type": "text", "text": "เมื่อใด", "quickReply": quick(picker)}]
    say(page, "officer", "x")
    phone(page, "officer").get_by_role("button", name="เลือกวันอื่น").click()
    chosen = page.get_by_test_id("picker-input")
    expect(chosen).to_have_value("2021-06-30")
    expect(chosen).to_have_attribute("min", "2021-06-07")
    chosen.fill("2021-06-28")
    expect(page.get_by_test_id("picker")).to_contain_text("จันทร์ที่ 28 มิ.ย. 64")
    page.get_by_test_id("picker-send").click()
    assert bot.wait_for("postback")["postback"] == {"data": "due", "params": {"date": "2021-06-28"}}


def test_a_message_that_the_chat_shows_before_its_sending_was_answered_is_under_way_no_longer(
    page: Page, bot: FakeBot
) -> None:
    bot.answers["x"] = [{"type": "text", "text": "ตรงกันหรือไม่", "quickReply": quick(postback("ตามนี้", "ok"))}]
    held = HeldAnswer(page, "/text")
    say(page, "officer", "x")
    officer = phone(page, "officer")
    expect(bubbles(page, "officer", "bot")).to_have_count(1)
    expect(officer.get_by_test_id("quick-replies")).to_have_count(0)
    held.wait()
    held.let_go()
    expect(officer.get_by_test_id("quick-replies")).to_be_visible()
    expect(officer.locator(".pending")).to_have_count(0)
