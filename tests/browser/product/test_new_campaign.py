"""The desk in a browser: next year's campaign is made of this year's in at most ten clicks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.conftest import ACTION_MS
from tests.support.people import MALEE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.support.stage import Stage

MOST_CLICKS = 10


def test_a_new_campaign_takes_at_most_ten_clicks(stage: Stage, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="th-TH")
    context.set_default_timeout(ACTION_MS)
    page = context.new_page()
    staff = stage.someone(MALEE)
    staff.say("แดชบอร์ด")
    page.goto(str(staff.button("เปิดแดชบอร์ด")["uri"]))
    page.get_by_role("button", name="เข้าสู่แดชบอร์ด").click()
    clicks = 0
    for name in ("ตั้งค่า", "งานติดตามและแบบรายงาน", "สร้างงานใหม่จากงานนี้"):
        page.get_by_role("link", name=name, exact=True).click()

        clicks += 1
    page.get_by_label("ชื่องาน (ไทย)").fill("ติดตาม จปฐ. ปี 2565")
    page.get_by_label("ครบกำหนดครั้งแรก").fill("10 มิ.ย. 2565")
    for name in ("ดูวันทั้งหมดก่อน", "เปิดใช้งานใหม่"):
        page.get_by_role("button", name=name).click()
        clicks += 1
    expect(page.get_by_role("status")).to_contain_text("เปิดใช้ ติดตาม จปฐ. ปี 2565 แล้ว")
    assert clicks <= MOST_CLICKS
    context.close()
