"""A village is closed: its leader and an inspector sign on their telephones, and the certificate opens."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.conftest import ACTION_MS
from tests.browser.product.drawing import draw_with_a_finger
from tests.support.people import BOONMEE, SOMJAI, Someone
from tests.support.pictures import jpeg
from tests.support.processes import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.support.stage import Stage

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def telephone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE, has_touch=True, locale="th-TH")  # type: ignore[arg-type]
    context.set_default_timeout(ACTION_MS)
    yield context
    context.close()


def sign(telephone: BrowserContext, who: Someone, words: str) -> Page:
    """Say the words, open the page behind the button, sign with a finger, send."""
    who.say(words)
    page = telephone.new_page()
    page.goto(str(who.button("ลงชื่อรับรอง")["uri"]))
    expect(page.locator(".summary")).to_contain_text("ทั้งหมด 120 หลัง ตรวจแล้ว 1")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    draw_with_a_finger(page)
    page.get_by_role("button", name="ส่งลายเซ็น").click()
    expect(page.locator("#told")).to_contain_text("ส่งแล้ว")
    return page


def test_a_leader_closes_a_village_an_officer_signs_and_the_certificate_opens(
    stage: Stage, telephone: BrowserContext
) -> None:
    leader, officer = Someone(stage.simulator, BOONMEE), Someone(stage.simulator, SOMJAI)
    leader.photo(jpeg())
    leader.say("12")
    sign(telephone, leader, "ปิดหมู่บ้าน")
    page = sign(telephone, officer, "ใบรับรอง")
    page.reload()
    expect(page.locator("body")).to_contain_text("ลงชื่อไปแล้ว")
    assert "รับรองหมู่ 5 บ้านตัวอย่าง" in leader.say("สวัสดี")
    address = str(leader.button("เปิดใบรับรอง")["uri"])
    wait_until(lambda: telephone.request.get(address).ok, what="the certificate")
    document = PdfReader(io.BytesIO(telephone.request.get(address).body()))
    words = document.pages[-1].extract_text()
    assert "42070605-1" in words
    code = next(word for word in words.split() if word.count("-") == 2 and len(word) == 14)
    check = telephone.new_page()
    check.goto(f"{stage.system.env['PUBLIC_URL']}/verify")
    check.get_by_label("รหัสตรวจสอบ").fill(code)
    check.get_by_role("button", name="ตรวจสอบ").click()
    expect(check.locator("main")).to_contain_text("ใบรับรองเลขที่ 42070605-1")
    assert check.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
