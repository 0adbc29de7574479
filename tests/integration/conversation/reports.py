"""Reports filled in by the words that officers type."""

from __future__ import annotations

from tests.support.chat import Phone

ANSWERS = (
    "อยู่ระหว่าง",
    "ทำแล้วทั้งสองอย่าง",
    "21 15",
    "3150 3040",
    "40 35 12 38 9",
    "30 มิ.ย. 64",
    "อยู่ระหว่าง",
    "0",
    "ไม่มีข้อมูลที่อำเภอ",
    "ไม่มี",
)
"""Round 1 with the register, before the province has given its figures."""
VILLAGES, HOUSEHOLDS, CASES, FINISH, FIX_STATUS, FIX_NUMBERS, KNOWN, PROBLEMS, REVIEW = range(2, 11)
"""How many of the answers lead to each question."""


def go_to(phone: Phone, question: int) -> str:
    """Begin the report and answer until `question` stands open."""
    shown = phone.say("รายงาน")
    for answer in ANSWERS[:question]:
        shown = phone.say(answer)
    return shown


def send(phone: Phone) -> str:
    """A whole report; returns the receipt."""
    go_to(phone, REVIEW)
    return phone.press("ยืนยันส่ง")
