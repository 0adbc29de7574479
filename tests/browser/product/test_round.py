from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.product.hands import Hands, answer_all_questions
from tests.support.people import MALEE, SOMJAI

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.support.stage import Stage

FIRST_QUESTION = "สถานะปัจจุบันเป็นอย่างไร"


def jump_to(page: Page, moment: str) -> None:
    page.get_by_test_id("jump").click()
    page.get_by_test_id("jump-to").fill(moment)
    page.get_by_test_id("jump-go").click()
    expect(page.get_by_test_id("jump-go")).to_have_count(0)  # refused, it would stand there with the reason


def test_a_round_is_reported_in_the_page_and_the_moved_clock_reminds_only_who_owes(
    page: Page, stage: Stage, officer: Hands, other_officer: Hands, staff: Hands
) -> None:
    staff.say("ใครยังไม่ส่ง", then="ภูเรือ")
    officer.say("รายงาน", then=FIRST_QUESTION)
    answer_all_questions(officer)
    officer.sees("เลขรับ 4207-1-01")
    staff.say("ใครยังไม่ส่ง", then="ส่งแล้ว 9 จาก 14")
    expect(staff.answers.last).not_to_contain_text("ภูเรือ")
    heard = officer.answers.count()
    expect(other_officer.answers).to_have_count(0)
    jump_to(page, "2021-06-10T09:00")
    other_officer.sees("กำหนดส่งพรุ่งนี้")
    expect(other_officer.answers).to_have_count(1)
    stage.settle()
    expect(officer.answers).to_have_count(heard)
    other_officer.tap("เริ่มรายงาน", then=FIRST_QUESTION)


def test_the_reminder_of_the_opening_day_starts_the_report_in_line_for_pc(page: Page, officer: Hands) -> None:
    officer.phone.get_by_test_id("pc-switch").click()
    expect(officer.phone.get_by_test_id("pc-switch")).to_have_attribute("aria-checked", "true")
    jump_to(page, "2021-06-08T09:00")
    officer.sees("กำหนดส่งภายใน ศุกร์ที่ 11 มิ.ย. 64")
    officer.tap("เริ่มรายงาน", then=FIRST_QUESTION)
    answer_all_questions(officer)
    expect(officer.phone.get_by_test_id("quick-replies")).to_have_count(0)


def test_a_round_is_reported_at_the_width_of_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    officer, staff = Hands(page, SOMJAI), Hands(page, MALEE)
    expect(officer.phone).to_be_visible()
    officer.say("รายงาน", then=FIRST_QUESTION)
    answer_all_questions(officer)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_test_id("tab-staff").click()
    expect(officer.phone).to_be_hidden()
    staff.say("ใครยังไม่ส่ง", then="ส่งแล้ว 9 จาก 14")
