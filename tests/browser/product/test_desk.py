"""The desk in a browser: signed in from the chat, a village looked at, a pair decided; every page is accessible."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from benchmarks.desk_pages import DESK_PAGES, VILLAGE
from benchmarks.looks import faults_of
from bot.messages.catalogue import LOCALES
from services.calendar import BANGKOK
from tests.browser.conftest import ACTION_MS
from tests.support import pictures
from tests.support.people import BOONMEE, MALEE, SOMJAI

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, ViewportSize

    from tests.support.stage import Stage

WIDTHS: tuple[ViewportSize, ...] = ({"width": 1280, "height": 900}, {"width": 360, "height": 740})
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def desk(stage: Stage, browser: Browser) -> Iterator[Page]:
    """Provincial staff's browser, right after the button in the chat was pressed; a script error fails the test."""
    context = browser.new_context(viewport=WIDTHS[0], locale="th-TH")
    context.set_default_timeout(ACTION_MS)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    staff = stage.someone(MALEE)
    staff.say("แดชบอร์ด")
    page.goto(str(staff.button("เปิดแดชบอร์ด")["uri"]))
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def alike(stage: Stage) -> None:
    """A leader has sent two photos that look alike, of two houses."""
    leader = stage.someone(BOONMEE)
    for house, quality in (("12", 90), ("14", 60)):
        leader.photo(pictures.jpeg(quality=quality))
        leader.say(house)
    stage.settle()


def enter(page: Page) -> None:
    page.get_by_role("button", name="เข้าสู่แดชบอร์ด").click()
    page.wait_for_url("**/desk/today")  # the door has a heading too


def violations(page: Page) -> list[Any]:
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [(rule["id"], [node["html"][:150] for node in rule["nodes"]]) for rule in found]


@pytest.mark.usefixtures("alike")
def test_a_village_is_looked_at_and_a_pair_is_decided_with_the_keyboard(desk: Page) -> None:
    enter(desk)
    desk.get_by_role("link", name="ครัวเรือน", exact=True).click()
    desk.get_by_label("อำเภอ").select_option("4207")
    desk.get_by_role("button", name="แสดง").click()
    desk.get_by_label("ตำบล").select_option("420706")
    desk.get_by_role("button", name="แสดง").click()
    desk.get_by_role("link", name=re.compile("^หมู่ 5 ")).click()
    expect(desk.get_by_alt_text("รูปบ้านเลขที่ 12", exact=True)).to_be_visible()
    desk.get_by_role("link", name="ดูรูปทั้งหมู่บ้าน").click()
    desk.wait_for_url("**/photos")  # a key pressed while a page still loads is lost in any browser
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/photos/*")
    expect(desk.get_by_text("รูปบ้านเลขที่ 14")).to_be_visible()
    desk.keyboard.press("ArrowLeft")
    expect(desk.get_by_text("รูปบ้านเลขที่ 12")).to_be_visible()
    loaded = desk.locator("figure img").evaluate("(image) => image.decode().then(() => image.naturalWidth)")
    assert loaded > 0
    desk.goto(desk.url.split("/desk/")[0] + "/desk/look-alikes")
    expect(desk.get_by_text("เหลือ 1 คู่")).to_be_visible()
    desk.keyboard.press("3")
    expect(desk.get_by_text("ไม่มีรูปคู่ใดรอให้ดู")).to_be_visible()


@pytest.mark.timeout(900)  # axe-core reads every page twice
@pytest.mark.usefixtures("alike")
@pytest.mark.parametrize("language", LOCALES)
def test_every_page_is_accessible_and_fits_at_both_widths(desk: Page, language: str) -> None:
    assert violations(desk) == []
    enter(desk)
    base = desk.url.split("/desk/")[0]
    if language == "en":
        desk.get_by_role("button", name="English").click()
        expect(desk.locator("html")).to_have_attribute("lang", language)
    for path in DESK_PAGES.values():
        desk.goto(base + path)
        for width in WIDTHS:
            desk.set_viewport_size(width)
            # what a tool finds hardly depends on the language; what fits does
            found = violations(desk) if language == LOCALES[0] or width is WIDTHS[0] else []
            assert (path, found, faults_of(desk)) == (path, [], [])


@pytest.fixture
def deadline(stage: Stage) -> None:
    """The due day, an hour and more after the reminder of the plan."""
    stage.move_clock(dt.datetime(2021, 6, 11, 13, 40, tzinfo=BANGKOK))
    stage.someone(SOMJAI).waits_for("วันครบกำหนด")
    stage.settle()
    stage.move_clock(dt.datetime(2021, 6, 11, 15, 0, tzinfo=BANGKOK))


@pytest.mark.usefixtures("deadline")
def test_who_owes_is_reminded_in_three_clicks_with_the_cost_before(stage: Stage, desk: Page) -> None:
    enter(desk)
    before = len(stage.someone(SOMJAI).pushed())
    remind, confirm = (desk.get_by_role("button", name=name, exact=True) for name in ("เตือน", "ยืนยันส่ง"))
    clicks = (desk.get_by_role("link", name=re.compile("^เตือน.*ยังไม่ส่ง 6 อำเภอ")), remind, confirm)
    # what only the page after it shows: the last two have one address
    shown = (remind, confirm, desk.get_by_text("ส่งแล้ว 7 คน"))
    for click, then in zip(clicks, shown, strict=True):
        click.click()
        expect(then).to_be_visible()
        desk.wait_for_load_state()
        for width in WIDTHS:
            desk.set_viewport_size(width)
            assert (desk.url, violations(desk), faults_of(desk)) == (desk.url, [], [])
        if click is clicks[1]:
            expect(desk.get_by_text("จะส่งถึง 7 คน ใน 6 อำเภอ ใช้ 7 ข้อความ")).to_be_visible()
            expect(desk.get_by_text(re.compile("เดือนนี้เหลือ [0-9]+ จาก 300 ข้อความ"))).to_be_visible()
    assert len(stage.someone(SOMJAI).pushed()) == before + 1


def test_a_page_that_is_looked_at_shows_what_comes_in(stage: Stage, desk: Page) -> None:
    enter(desk)
    desk.add_init_script("const wait = window.setInterval; window.setInterval = (work, time) => wait(work, time / 30);")
    desk.goto(desk.url.split("/desk/")[0] + VILLAGE)
    leader = stage.someone(BOONMEE)
    leader.photo(pictures.jpeg())
    leader.say("12")
    expect(desk.get_by_alt_text("รูปบ้านเลขที่ 12", exact=True)).to_be_visible()


def test_signing_out_of_this_browser_ends_it_at_once(desk: Page) -> None:
    enter(desk)
    desk.get_by_role("link", name="ตั้งค่า").click()
    desk.get_by_role("link", name="เครื่องที่เข้าใช้").click()
    desk.get_by_role("button", name="ออกจากระบบเครื่องนี้").click()
    expect(desk.get_by_text("ออกจากระบบแล้ว")).to_be_visible()
