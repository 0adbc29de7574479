from __future__ import annotations

import datetime as dt

from tests.e2e.rounds import (
    BOTH,
    IN_PROGRESS,
    NONE,
    ONLY_CHANGED,
    OPENING,
    RECEIPT,
    SEND,
    answer_by_tapping,
    give_province_numbers,
    report,
)
from tests.support.people import DEPUTY, SOMJAI, Someone
from tests.support.stage import Stage

TYPED = ("2", "ทำแล้วทั้งสองอย่าง", "21 15", "3150 3040", "40 35 12 38 9", "30 มิ.ย. 64", "ทำอยู่", "0", "1", NONE, SEND)


def from_reminder_to_receipt(stage: Stage, officer: Someone) -> None:
    stage.move_clock(OPENING)
    officer.waits_for("กำหนดส่งภายใน ศุกร์ที่ 11 มิ.ย. 64")
    officer.tap("เริ่มรายงาน")
    review = answer_by_tapping(officer)
    assert "3,150 จาก 6,240 (50%) · ครบ 3,040" in review
    receipt = officer.tap(SEND)
    assert RECEIPT in receipt
    assert "เลขรับ 4207-1-01" in receipt
    assert "ก่อนกำหนด 3 วัน" in receipt


def test_round_one_takes_at_most_12_turns_and_40_typed_characters(stage: Stage, officer: Someone) -> None:
    from_reminder_to_receipt(stage, officer)
    assert officer.turns <= 12
    assert officer.typed <= 40


def test_round_one_takes_the_same_in_line_for_pc(stage: Stage, officer: Someone) -> None:
    stage.simulator.change_phone(SOMJAI, pc=True)
    from_reminder_to_receipt(stage, officer)
    assert officer.turns <= 12
    assert officer.typed <= 40


def test_round_one_can_be_typed_from_beginning_to_end(officer: Someone) -> None:
    officer.say("รายงาน")
    for words in TYPED:
        officer.say(words)
    assert RECEIPT in officer.screen()
    assert officer.turns <= 12


def test_a_round_started_by_typing_costs_the_office_nothing(stage: Stage, officer: Someone) -> None:
    report(officer)
    stage.settle()
    assert stage.transcript().billed == 0
    assert {each.via for each in officer.bubbles()} == {"reply"}


def test_staff_see_at_once_that_a_district_has_reported(officer: Someone, staff: Someone) -> None:
    assert "ภูเรือ" in staff.say("ใครยังไม่ส่ง")
    assert "ส่งแล้ว 8 จาก 14" in staff.screen()
    officer.say("รายงาน")
    assert "ภูเรือ (เหลือ 10 คำถาม)" in staff.say("ใครยังไม่ส่ง")
    answer_by_tapping(officer)
    officer.tap(SEND)
    assert "ส่งแล้ว 9 จาก 14" in staff.say("ใครยังไม่ส่ง")
    assert "ภูเรือ" not in staff.screen()


def test_a_half_finished_report_is_taken_up_after_days_by_the_deputy(stage: Stage, officer: Someone) -> None:
    officer.say("รายงาน")
    officer.tap(IN_PROGRESS)
    stage.move_clock(OPENING + dt.timedelta(days=2))
    deputy = stage.someone(DEPUTY)
    assert "สมใจ ตัวอย่าง" in deputy.say("รายงาน")
    deputy.tap("ทำต่อ")
    deputy.tap(BOTH)
    assert "รับแล้ว: ตรวจทานแล้ว 21" in deputy.say("21 15")


def test_the_second_round_is_reported_with_what_the_province_adds(
    stage: Stage, officer: Someone, staff: Someone
) -> None:
    report(officer)
    before = officer.last_seq()
    stage.move_clock(OPENING + dt.timedelta(days=7))
    officer.waits_for("รายงานครั้งที่ 2", before)
    assert "ส่งแล้ว 0 จาก 14" in staff.say("ใครยังไม่ส่ง")
    assert RECEIPT in give_province_numbers(staff)
    officer.tap(ONLY_CHANGED)
    review = officer.say("5=33 6=28 8=4720 9=4590")
    assert "8 ตรวจทานแล้ว 3,150 → 4,720 (76%)" in review
    assert "23 รายงานสัปดาห์ 2 (จังหวัด)" in review
    receipt = officer.tap(SEND)
    assert "เลขรับ 4207-2-01" in receipt
    assert "ครั้งที่ 1 ✔ · ครั้งที่ 2 ✔ · ครั้งที่ 3 กำหนด 25 มิ.ย. 64" in receipt
    assert "ส่งแล้ว 1 จาก 14" in staff.say("ใครยังไม่ส่ง")


def test_a_sent_report_is_corrected_as_a_second_version(officer: Someone, staff: Someone) -> None:
    report(officer)
    assert "เดิม 3,150 → ใหม่ 3,200" in officer.say("แก้ 8=3200")
    assert "ฉบับแก้ไขที่ 1" in officer.tap("ยืนยันการแก้ไข")
    assert "ส่งแล้ว 9 จาก 14" in staff.say("ใครยังไม่ส่ง")
