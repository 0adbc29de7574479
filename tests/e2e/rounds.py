"""Round 1 of อำเภอภูเรือ as its officer reports it, and what staff add for a later round. All figures are made up."""

from __future__ import annotations

import datetime as dt

from services.calendar import BANGKOK
from tests.support.people import Someone

OPENING = dt.datetime(2021, 6, 8, 9, 0, tzinfo=BANGKOK)
IN_PROGRESS, BOTH, ON_PLAN = "อยู่ระหว่างการจัดทำรายงาน", "ทำแล้วทั้งสองอย่าง", "ตามแผน"
AGREE, NONE, SEND = "ตามนี้", "ไม่มี", "ยืนยันส่ง"
ONLY_CHANGED = "แก้เฉพาะที่เปลี่ยน"
RECEIPT = "ส่งรายงานเรียบร้อยแล้ว"


def answer_by_tapping(officer: Someone) -> str:
    """From the first question to the review card, the register loaded and the province's numbers given."""
    officer.tap(IN_PROGRESS)
    officer.tap(BOTH)
    officer.say("21 15")
    officer.say("3150 3040")
    officer.say("40 35 12 38 9")
    officer.tap(ON_PLAN)
    officer.tap(IN_PROGRESS)
    officer.say("0")
    officer.tap(AGREE)
    return officer.tap(NONE)


def report(officer: Someone) -> str:
    """A whole round, started by typing; returns the receipt."""
    officer.say("รายงาน")
    answer_by_tapping(officer)
    return officer.tap(SEND)


def give_province_numbers(staff: Someone) -> str:
    """What has moved of the contractor's duties since round 1, said once for all districts; returns the receipt."""
    staff.say("ตัวเลขจากจังหวัด")
    staff.tap(ONLY_CHANGED)
    staff.say("23=2 24=14/6/64")
    return staff.tap(SEND)
