"""The whole product: staff remind by hand; only who owes hears it, also when somebody reports in between."""

from __future__ import annotations

import datetime as dt

from services.calendar import BANGKOK
from tests.e2e.rounds import answer_by_tapping
from tests.support.people import SOMJAI, Someone, officer_of
from tests.support.stage import Stage

OWE_ROUND_1 = {officer_of(district) for district in ("4204", "4205", "4206", "4211", "4213")}
"""Beside ภูเรือ; the demonstration's other districts have reported."""
OPENING = dt.datetime(2021, 6, 8, 9, 0, tzinfo=BANGKOK)


def pushed(stage: Stage) -> dict[str, int]:
    """How often each phone has been written to."""
    found = {phone.user_id: len(stage.someone(phone.user_id).pushed()) for phone in stage.simulator.phones()}
    return {user_id: count for user_id, count in found.items() if count}


def test_a_reminder_by_hand_reaches_only_who_owes_at_the_moment_of_sending(
    stage: Stage, officer: Someone, staff: Someone
) -> None:
    stage.move_clock(OPENING)
    for user_id in (*OWE_ROUND_1, SOMJAI):
        stage.someone(user_id).waits_for("กำหนดส่งภายใน")
    stage.settle()
    assert pushed(stage) == dict.fromkeys(OWE_ROUND_1 | {SOMJAI}, 1)
    stage.move_clock(OPENING + dt.timedelta(minutes=90))
    officer.say("รายงาน")
    answer_by_tapping(officer)
    stage.system.kill("worker")
    assert "เตือนทั้ง 6 อำเภอ" in staff.say("ใครยังไม่ส่ง")
    assert "จะส่งถึง 6 คน ใน 6 อำเภอ ใช้ 6 ข้อความ" in staff.say("เตือน")
    assert "กำลังส่งถึง 6 คน" in staff.say("ยืนยัน")
    stage.move_clock(OPENING + dt.timedelta(hours=2))  # the minute of the report is told below
    assert "ส่งรายงานเรียบร้อยแล้ว" in officer.tap("ยืนยันส่ง")
    stage.system.start("worker")
    stage.settle()
    assert pushed(stage) == {**dict.fromkeys(OWE_ROUND_1, 2), SOMJAI: 1}
    result = staff.say("ผลการส่ง")
    assert "ส่งแล้ว 5 คน" in result
    assert "ไม่ต้องส่งถึงอำเภอภูเรือ (เพิ่งรายงานเมื่อ 11.00 น.)" in result
    transcript = stage.transcript()
    assert (transcript.duplicates, transcript.billed) == (0, 11)
