from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.held import HeldAnswer
from tests.browser.simulator.chat import bubbles, phone, say
from tests.browser.simulator.conftest import LEADER, OFFICER, STAFF

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.simulator.fake_bot import FakeBot

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)


def test_both_languages_have_the_same_words(page: Page) -> None:
    keys = page.evaluate("""async () => {
        const { STRINGS } = await import("/static/js/strings.js");
        return [Object.keys(STRINGS.th), Object.keys(STRINGS.en)];
    }""")
    assert keys[0] == keys[1]


def test_the_page_speaks_english_when_asked_and_remembers_it(page: Page) -> None:
    expect(page.get_by_test_id("jump")).to_have_text("ข้ามเวลา")
    page.get_by_test_id("page-en").click()
    expect(page.get_by_test_id("jump")).to_have_text("Jump ahead")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.reload()
    expect(page.get_by_test_id("jump")).to_have_text("Jump ahead")


def test_the_language_of_a_phone_is_its_own(page: Page) -> None:
    leader = phone(page, "leader")
    leader.get_by_test_id("language-en").click()
    expect(leader.get_by_test_id("language-en")).to_have_attribute("aria-pressed", "true")
    expect(phone(page, "officer").get_by_test_id("language-en")).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_test_id("jump")).to_have_text("ข้ามเวลา")


def test_nothing_needs_sideways_scrolling_on_a_small_phone(page: Page, bot: FakeBot) -> None:
    bot.answers["x"] = [{"type": "text", "text": "ยาวมาก" * 60 + " " + "W" * 200}]
    page.set_viewport_size({"width": 360, "height": 740})
    for language in ("th", "en"):
        page.get_by_test_id(f"page-{language}").click()
        say(page, "officer", "x")
        expect(bubbles(page, "officer", "bot").last).to_contain_text("WWW")
        page.get_by_test_id("tab-leader").click()
        expect(phone(page, "leader")).to_be_visible()
        expect(phone(page, "officer")).to_be_hidden()
        page.get_by_test_id("tab-officer").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        outside = "node => [...node.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > 361).length"
        assert page.locator("body").evaluate(outside) == 0


def test_a_tab_whose_badge_comes_under_the_finger_is_pressed_all_the_same(page: Page, bot: FakeBot) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    tab = page.get_by_test_id("tab-leader")
    tab.hover()
    page.mouse.down()
    bot.push(LEADER, "กำหนดส่งวันนี้")
    expect(tab.locator(".badge")).to_have_text("1")
    page.mouse.up()
    expect(phone(page, "leader")).to_be_visible()
    expect(phone(page, "officer")).to_be_hidden()
    expect(tab.locator(".badge")).to_have_count(0)


def test_the_clock_jumps_forward_and_refuses_to_go_back(page: Page, bot: FakeBot) -> None:
    expect(page.get_by_test_id("clock")).to_contain_text("วันจันทร์ที่ 7 มิถุนายน 2564")
    page.get_by_test_id("jump").click()
    page.get_by_test_id("jump-to").fill("2021-06-01T09:00")
    page.get_by_test_id("jump-go").click()
    expect(page.get_by_test_id("jump-problem")).to_contain_text("ย้อนเวลาไม่ได้")
    page.get_by_test_id("jump-to").fill("2021-06-11T13:30")
    page.get_by_test_id("jump-go").click()
    expect(page.get_by_test_id("clock")).to_contain_text("วันศุกร์ที่ 11 มิถุนายน 2564")
    assert bot.now == "2021-06-11T13:30:00+07:00"


def test_a_pushed_message_is_shown_marked_counted_and_announced(page: Page, bot: FakeBot) -> None:
    bot.push(OFFICER, "กำหนดส่งวันนี้")
    expect(bubbles(page, "officer", "bot")).to_contain_text(["บอตส่งเอง"])
    expect(page.get_by_test_id("counter-billed")).to_have_text("1/300")
    expect(page.locator("#live")).to_contain_text("สมใจ ตัวอย่าง ได้รับ: กำหนดส่งวันนี้")


def test_photos_are_sent_as_an_album_and_can_be_taken_back(page: Page, bot: FakeBot) -> None:
    files = [{"name": f"{number}.png", "mimeType": "image/png", "buffer": PIXEL} for number in (1, 2)]
    phone(page, "leader").get_by_test_id("photo-input").set_input_files(files)  # type: ignore[arg-type]
    expect(bubbles(page, "leader", "user").locator("img")).to_have_count(2)
    assert bot.wait_for("message")["message"]["imageSet"]["total"] == 2
    first = bubbles(page, "leader", "user").first
    first.hover()
    first.get_by_role("button").click()
    page.get_by_role("menuitem", name="ยกเลิกข้อความ").click()
    expect(bubbles(page, "leader", "user").first).to_contain_text("ยกเลิกข้อความแล้ว")
    assert bot.wait_for("unsend")["source"]["userId"] == LEADER
    page.reload()
    left = bubbles(page, "leader", "user").locator("img")
    expect(left).to_have_count(1)
    expect(left).to_have_js_property("naturalWidth", 1)


def test_a_message_is_quoted_in_the_reply(page: Page, bot: FakeBot) -> None:
    bot.push(OFFICER, "ช่อง 9 มากกว่าทะเบียน")
    answer = bubbles(page, "officer", "bot").first
    answer.hover()
    answer.get_by_role("button", name="เมนูของข้อความนี้").click()
    page.get_by_role("menuitem", name="ตอบกลับข้อความนี้").click()
    say(page, "officer", "3040")
    expect(bubbles(page, "officer", "user").last.locator(".quoted")).to_have_text("ช่อง 9 มากกว่าทะเบียน")
    assert bot.wait_for("message")["message"]["quotedMessageId"]


def test_a_blocked_account_cannot_be_written_to_until_unblocked(page: Page, bot: FakeBot) -> None:
    staff = phone(page, "staff")
    staff.get_by_test_id("phone-menu").click()
    page.get_by_role("menuitem", name="บล็อกบัญชีนี้").click()
    expect(staff.get_by_test_id("composer")).to_be_hidden()
    bot.wait_for("unfollow")
    expect(staff).to_contain_text("บล็อกบัญชีนี้ไว้ จึงไม่ได้รับข้อความ")
    bot.push(STAFF, "สรุปวันนี้")
    staff.get_by_test_id("follow").click()
    expect(staff.get_by_test_id("composer")).to_be_visible()
    assert bot.wait_for("follow")["follow"] == {"isUnblocked": True}
    bot.push(STAFF, "สรุปพรุ่งนี้")
    expect(bubbles(page, "staff", "bot")).to_contain_text(["สรุปพรุ่งนี้"])


def test_typed_text_survives_a_server_that_is_away(page: Page, bot: FakeBot) -> None:
    page.route("**/sim/**", lambda route: route.abort())
    expect(page.locator("#offline")).to_have_text("ขาดการเชื่อมต่อ กำลังลองใหม่ ข้อความที่พิมพ์ไว้ยังอยู่")
    say(page, "officer", "21 15")
    again = phone(page, "officer").get_by_role("button", name="ส่งอีกครั้ง")
    expect(again).to_be_visible()
    page.unroute("**/sim/**")
    again.click()
    assert bot.wait_for("message")["message"]["text"] == "21 15"
    expect(bubbles(page, "officer", "user")).to_have_count(1)
    expect(page.locator("#offline")).to_be_hidden()


def test_a_phone_is_added_and_hidden(page: Page) -> None:
    page.get_by_test_id("manage-phones").click()
    page.get_by_test_id("new-name").fill("วิชัย ตัวอย่าง")
    page.get_by_test_id("new-role").select_option("officer")
    page.get_by_test_id("add-phone").click()
    second = phone(page, "officer-2")
    expect(second).to_contain_text("วิชัย ตัวอย่าง")
    second.get_by_test_id("phone-menu").click()
    page.get_by_role("menuitem", name="ซ่อนเครื่องนี้").click()
    expect(second).to_have_count(0)


def test_a_reader_who_scrolled_up_is_not_pulled_down(page: Page, bot: FakeBot) -> None:
    for number in range(14):
        bot.push(OFFICER, f"ข้อความที่ {number}\nบรรทัดที่สอง")
    officer = phone(page, "officer")
    expect(bubbles(page, "officer", "bot")).to_have_count(14)
    timeline = officer.get_by_test_id("timeline")
    timeline.hover()
    page.mouse.wheel(0, -600)
    # the wheel glides: what comes while the end is still in sight is followed, and the chip's own glide would meet it
    at_rest = "node => node.scrollTop < 1 || node.scrollHeight - node.clientHeight - node.scrollTop > 599"
    page.wait_for_function(at_rest, arg=timeline.element_handle())
    bot.push(OFFICER, "ข้อความล่าสุด")
    chip = officer.get_by_role("button", name="ข้อความใหม่")
    expect(chip).to_be_visible()
    expect(bubbles(page, "officer", "bot").last).not_to_be_in_viewport()
    chip.click()
    expect(bubbles(page, "officer", "bot").last).to_be_in_viewport()
    expect(chip).to_be_hidden()


def test_the_log_shows_the_traffic_of_one_phone(page: Page, bot: FakeBot) -> None:
    bot.answers["x"] = [{"type": "text", "text": "y"}]
    say(page, "officer", "x")
    expect(bubbles(page, "officer", "bot")).to_have_count(1)
    bot.push(LEADER, "z")
    page.get_by_test_id("log-toggle").click()
    rows = page.get_by_test_id("log-row")
    expect(rows).to_have_count(3)
    page.get_by_test_id("log-phone").select_option(OFFICER)
    expect(rows).to_have_count(2)
    page.get_by_test_id("log-direction").select_option("out")
    expect(rows).to_have_count(1)
    rows.first.locator("summary").click()
    expect(rows.first.locator("pre")).to_contain_text('"text": "x"')


def test_the_log_finds_a_reply_whose_webhook_call_ended_after_it(page: Page, bot: FakeBot) -> None:
    bot.answers["x"] = [{"type": "text", "text": "y"}]
    bot.may_acknowledge.clear()
    say(page, "officer", "x")
    expect(bubbles(page, "officer", "bot")).to_have_count(1)
    page.get_by_test_id("log-toggle").click()
    rows = page.get_by_test_id("log-row")
    expect(rows).to_have_count(1)
    page.get_by_test_id("log-phone").select_option(OFFICER)
    expect(rows).to_have_count(0)
    bot.may_acknowledge.set()
    expect(rows).to_have_count(2)
    page.get_by_test_id("log-phone").select_option(LEADER)
    expect(rows).to_have_count(0)


def test_an_open_row_of_the_log_stays_open_when_another_one_takes_its_place_before_it(page: Page, bot: FakeBot) -> None:
    bot.answers["x"] = [{"type": "text", "text": "y"}]
    bot.may_acknowledge.clear()
    page.get_by_test_id("log-toggle").click()
    say(page, "officer", "x")
    rows = page.get_by_test_id("log-row")
    expect(rows).to_have_count(1)
    rows.first.locator("summary").click()
    expect(rows.first.locator("pre")).to_contain_text('"text": "y"')
    bot.may_acknowledge.set()
    expect(rows).to_have_count(2)
    expect(rows.last.locator("pre")).to_be_visible()


def test_a_log_that_is_closed_and_opened_again_while_it_asks_shows_each_exchange_once(page: Page, bot: FakeBot) -> None:
    bot.push(LEADER, "z")
    held = HeldAnswer(page, "/sim/log?after=0")
    toggle, rows = page.get_by_test_id("log-toggle"), page.get_by_test_id("log-row")
    toggle.click()
    held.wait()
    toggle.click()
    toggle.click()
    expect(rows).to_have_count(1)
    held.let_go()
    bot.push(LEADER, "later")
    expect(rows.filter(has_text="later")).to_have_count(1)
    expect(rows).to_have_count(2)


def test_a_look_at_the_state_that_is_answered_late_takes_nothing_back(page: Page) -> None:
    held = HeldAnswer(page, "/sim/state")
    held.wait()
    switch = phone(page, "officer").get_by_test_id("pc-switch")
    switch.click()
    expect(switch).to_have_attribute("aria-checked", "true")
    switch.evaluate("""node => {
        window.seen = [];
        const note = () => window.seen.push(node.getAttribute("aria-checked"));
        new MutationObserver(note).observe(node, { attributes: true });
    }""")
    held.let_go()
    page.wait_for_function("() => window.seen.length")  # of the look after it, if not of itself
    assert set(page.evaluate("window.seen")) == {"true"}
