"""A person at one phone of the page: clicks and types, and looks what the account has answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


@dataclass(frozen=True)
class Hands:
    page: Page
    user_id: str

    @property
    def phone(self) -> Locator:
        return self.page.locator(f"section[data-user-id={self.user_id}]")

    @property
    def answers(self) -> Locator:
        return self.phone.locator("[data-side=bot]")

    def tap(self, label: str, then: str) -> None:
        """Click the newest button with this label, and see `then` in the newest answer."""
        self.phone.get_by_role("button", name=label).last.click()
        self.sees(then)

    def say(self, words: str, then: str) -> None:
        composer = self.phone.get_by_test_id("composer")
        composer.fill(words)
        composer.press("Enter")
        self.sees(then)

    def sees(self, words: str) -> None:
        expect(self.answers.last).to_contain_text(words)


def answer_all_questions(officer: Hands) -> None:
    """From the first question of round 1 of ภูเรือ to the receipt."""
    officer.tap("อยู่ระหว่างการจัดทำรายงาน", then="ขั้นตอนที่ดำเนินการแล้ว")
    officer.tap("ทำแล้วทั้งสองอย่าง", then="กรุณาพิมพ์สองตัวเลข")
    officer.say("21 15", then="6,240 (ทะเบียน)")
    officer.say("3150 3040", then="กรุณาพิมพ์ห้าตัวเลข")
    officer.say("40 35 12 38 9", then="คาดว่าจะแล้วเสร็จเมื่อใด")
    officer.tap("30 มิ.ย. 64 (ตามแผน)", then="รายการที่ 2 จาก 4")
    officer.tap("อยู่ระหว่างการจัดทำรายงาน", then="ระเบียนปี 2562")
    officer.say("0", then="ข้อมูลจากจังหวัด")
    officer.tap("ตามนี้", then="มีปัญหา/อุปสรรค")
    officer.tap("ไม่มี", then="โปรดตรวจก่อนส่ง")
    officer.tap("ยืนยันส่ง", then="ส่งรายงานเรียบร้อยแล้ว")
