"""The second and third report of an area: as last round, only what changed, or afresh; counted as people feel it."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from bot.forms.values import Values, from_json
from models.obligation import Answer, Draft, Report
from services.calendar import BANGKOK
from tests.integration.conversation.reports import send
from tests.support.chat import Phone, Town, screen

SECOND = dt.datetime(2021, 6, 15, 9, 0, tzinfo=BANGKOK)
THIRD = dt.datetime(2021, 6, 22, 9, 0, tzinfo=BANGKOK)
CHANGED, SAME, AFRESH = "แก้เฉพาะที่เปลี่ยน", "เหมือนครั้งก่อนทั้งหมด", "กรอกใหม่"
NINE = "5=33 6=28 8=4720 9=4590 10=44 11=38 12=10 13=52 14=14"


@pytest.fixture
def second(town: Town, officer: Phone) -> Phone:
    """The officer on the morning when round 2 opens; round 1 is sent."""
    send(officer)
    return move(town, SECOND, officer)


def move(town: Town, when: dt.datetime, phone: Phone) -> Phone:
    town.work()
    town.clock.civil = when
    phone.turns = phone.typed = 0
    return phone


def reminded(town: Town, phone: Phone) -> str:
    """The reminder that this phone hears now; its buttons can be tapped."""
    for row in town.runtime.reminders.plan():
        town.queue.ring("send_outbox", row)
    town.work()
    body = next(body for body, _key in town.line.pushes[::-1] if body["to"] == phone.user_id)
    phone.heard = list(body["messages"])
    return screen(phone.heard)


def draft(town: Town) -> Values:
    with town.runtime.sessions() as session:
        stored = session.scalars(select(Draft)).one()
        return from_json(town.runtime.forms.get(session, stored.form_version_id), stored.answers)


def origins(town: Town, round_number: int) -> dict[str, tuple[str, str]]:
    """Value and origin of each box of the newest report."""
    town.work()
    with town.runtime.sessions() as session:
        report = session.scalars(select(Report).order_by(Report.id.desc()).limit(1)).one()
        assert f"-{round_number}-" in report.reference
        rows = session.scalars(select(Answer).where(Answer.report_id == report.id))
        return {row.name: (row.value, row.origin) for row in rows}


def test_the_reminder_of_a_later_round_has_the_main_figure_and_the_three_ways(town: Town, second: Phone) -> None:
    shown = reminded(town, second)
    assert "ครั้งก่อน: ตรวจทานแล้ว 3,150 จาก 6,240 (50%)" in shown
    assert second.labels() == [CHANGED, SAME, AFRESH]


def test_where_no_earlier_round_was_sent_the_reminder_is_that_of_a_first_report(town: Town, officer: Phone) -> None:
    move(town, SECOND, officer)
    assert "ตัวเลขที่ควรเตรียม" in reminded(town, officer)
    assert officer.labels()[0] == "เริ่มรายงาน"


def test_an_unchanged_round_is_three_taps_from_the_reminder_to_the_receipt(town: Town, second: Phone) -> None:
    reminded(town, second)
    asked = second.press(SAME)
    assert "ใช้ค่าครั้งที่ 1 แล้ว 15 ช่อง" in asked
    assert "ยังเท่ากับครั้งก่อน เพราะเหตุใด" in asked
    review = second.press("4 โควิด-19")
    assert "เหมือนครั้งที่ 1 ทุกช่องที่ท่านกรอก" in review
    assert "ข้อมูล ณ อังคารที่ 15 มิ.ย. 64" in review
    assert "ยังไม่คืบหน้าเพราะ โควิด-19" in review
    assert "ส่งรายงานเรียบร้อยแล้ว" in second.press("ยืนยันส่ง")
    assert (second.turns, second.typed) == (3, 0)


def test_nine_changed_boxes_are_one_message_and_three_turns(town: Town, second: Phone) -> None:
    reminded(town, second)
    card = second.press(CHANGED)
    assert "5 ตรวจทานแล้ว 21 · 6 เซ็นรับรองแล้ว 15" in card
    assert "8 ตรวจทานแล้ว 3,150 · 9 ครบ 3,040" in card
    assert "10 ๓.๑ 40 · 11 ๓.๒ 35 · 12 ๓.๓ 12 · 13 ๓.๔ 38 · 14 ๓.๕ 9" in card
    review = second.say(NINE)
    assert "เปลี่ยน 9 ช่อง จากครั้งที่ 1" in review
    assert "หมู่บ้าน/ชุมชน: 5 ตรวจทานแล้ว 21 → 33 · 6 เซ็นรับรองแล้ว 15 → 28" in review
    assert "8 ตรวจทานแล้ว 3,150 → 4,720 (76%) · 9 ครบ 3,040 → 4,590" in review
    assert "10-14 กรณียกเว้น 40 35 12 38 9 → 44 38 10 52 14" in review
    assert "ช่องอื่นเหมือนครั้งที่ 1 · ข้อมูล ณ อังคารที่ 15 มิ.ย. 64" in review
    assert "ส่งรายงานเรียบร้อยแล้ว" in second.press("ยืนยันส่ง")
    assert second.turns == 3
    assert second.typed <= 70


def test_what_was_carried_is_marked_for_the_officer_and_for_who_reviews(town: Town, second: Phone) -> None:
    second.say("รายงาน")
    second.press(SAME)
    form = second.say("ทบทวน")
    for line in ("1 สถานะ: อยู่ระหว่างการจัดทำรายงาน", "2 ทำหนังสือขอเข้าพื้นที่: ใช่", "8 ครัวเรือนที่ตรวจทานแล้ว: 3,150"):
        assert f"{line} (ครั้งก่อน)" in form
    assert "4 หมู่บ้าน/ชุมชนทั้งหมด: 47 (ทะเบียน)" in form
    assert "28 ข้อมูล ณ วันที่: อังคารที่ 15 มิ.ย. 64\n" in form
    second.say("โควิด")
    second.say("ยืนยัน")
    stored = origins(town, 2)
    assert stored["t3_hh_checked"] == ("3150", "last")
    assert stored["t3_status"] == ("reporting", "last")
    assert stored["t3_villages_total"] == ("47", "known")
    assert stored["as_of"] == ("2021-06-15", "default")
    assert stored["no_progress_kind"] == ("covid", "typed")


def test_a_carried_answer_that_is_changed_is_a_typed_one(town: Town, second: Phone) -> None:
    second.say("รายงาน")
    second.press(SAME)
    second.say("8=3200")
    second.say("ยืนยัน")
    stored = origins(town, 2)
    assert stored["t3_hh_checked"] == ("3200", "typed")
    assert stored["t3_hh_complete"] == ("3040", "last")


def test_the_third_round_carries_what_the_second_carried_and_asks_for_the_reason_again(
    town: Town, second: Phone
) -> None:
    second.say("รายงาน")
    second.press(SAME)
    second.say("ฝนตกหนัก เข้าหมู่บ้านไม่ได้")
    second.say("ยืนยัน")
    third = move(town, THIRD, second)
    assert "ครั้งที่ 2: ตรวจทานแล้ว 3,150" in third.say("รายงาน")
    assert "รายการที่ 2 เลยกำหนด" in third.press(SAME), "a new question, of what the last round did not ask yet"
    assert "เพราะเหตุใด" in third.say("ข้าม")
    assert "ยังไม่คืบหน้าเพราะ น้ำท่วม" in third.say("น้ำท่วม")
    third.say("ยืนยัน")
    assert origins(town, 3)["t3_hh_checked"] == ("3150", "last")
