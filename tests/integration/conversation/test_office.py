"""Provincial staff decide about reports in chat: return, accept, waive, open again, history, closing a round."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from models.obligation import Obligation, ObligationChange
from models.work import Audit
from tests.integration.services.towns import report, rows
from tests.support.chat import Phone, Town
from tests.support.screen import screen

PHU_RUEA = "4207"


@pytest.fixture
def officer(town: Town) -> Phone:
    return town.person("สมศรี ใจดี", "officer", PHU_RUEA)


@pytest.fixture
def staff(town: Town) -> Phone:
    return town.person("วิมล รักเลย", "staff", "42")


def state(town: Town, area: str = PHU_RUEA) -> str:
    """Of round 1."""
    return rows(town, select(Obligation).where(Obligation.area_code == area).order_by(Obligation.id))[0].state


def pushed(town: Town) -> str:
    return "\n".join(screen(body["messages"]) for body, _key in town.line.pushes)


def test_a_return_shows_before_and_after_first_and_tells_the_officer_at_once(
    town: Town, officer: Phone, staff: Phone
) -> None:
    report(officer)
    card = staff.say("ส่งคืน ภูเรือ ช่อง 9 มากกว่ายอดในทะเบียน")
    assert "ส่งแล้ว → ส่งคืนให้แก้" in card
    assert "ช่อง 9 ครัวเรือนที่มีรูปถ่ายและลายเซ็นครบ: 3,040" in card
    assert state(town) == "submitted"
    staff.tap("ยืนยันส่งคืน")
    town.work()
    assert state(town) == "returned"
    assert "จังหวัดขอให้ตรวจช่อง 9 อีกครั้ง" in pushed(town)
    assert 'ค่าที่ส่ง: 3,040 · เหตุผล: "มากกว่ายอดในทะเบียน"' in pushed(town)
    assert "ส่งคืนให้แก้ 1: ภูเรือ" in staff.say("ใครยังไม่ส่ง")


def test_a_return_without_a_reason_asks_for_one_and_takes_a_box_with_it(
    town: Town, officer: Phone, staff: Phone
) -> None:
    report(officer)
    assert "เหตุผลที่ส่งคืน อำเภอภูเรือ" in staff.say("ส่งคืน ภูเรือ")
    assert "ช่อง 9" in staff.say("ช่อง 9 มากเกินไป")
    staff.say("ยืนยัน")
    changes = rows(town, select(ObligationChange).order_by(ObligationChange.id.desc()))
    assert changes[0].detail == {"boxes": {"t3_hh_complete": "มากเกินไป"}}
    assert changes[0].reason == "มากเกินไป"


def test_a_box_that_the_form_does_not_have_is_said(officer: Phone, staff: Phone) -> None:
    report(officer)
    assert "ไม่มีช่อง 99" in staff.say("ส่งคืน ภูเรือ ช่อง 99 ดูใหม่")


def test_an_accepted_report_is_changed_no_more_and_whom_to_ask_is_said(
    town: Town, officer: Phone, staff: Phone
) -> None:
    report(officer)
    staff.say("รับรอง ภูเรือ")
    assert "รับรองครั้งที่ 1" in staff.say("ยืนยัน")
    refused = officer.say("แก้ 8=3300")
    assert "จังหวัดรับรองรายงานครั้งที่ 1 ของอำเภอภูเรือแล้ว" in refused
    assert "แก้ในระบบไม่ได้" in refused
    assert "0 4281 1773" in refused
    assert "3,150" in officer.say("ทบทวน")
    assert "รับรองแล้ว" in officer.say("ของฉันค้างอะไร")
    assert state(town) == "accepted"


def test_a_report_that_is_accepted_while_it_is_being_changed_stays_as_it_was_sent(officer: Phone, staff: Phone) -> None:
    report(officer)
    officer.say("แก้ 8=3300")
    staff.say("รับรอง ภูเรือ")
    staff.say("ยืนยัน")
    assert "แก้ในระบบไม่ได้" in officer.tap("ยืนยันการแก้ไข")
    assert "3,300" not in staff.say("ประวัติ ภูเรือ")


def test_what_was_accepted_can_be_opened_again(town: Town, officer: Phone, staff: Phone) -> None:
    report(officer)
    staff.say("รับรอง ภูเรือ")
    staff.say("ยืนยัน")
    assert "รับรองแล้ว → ส่งแล้ว" in staff.say("เปิดให้แก้ ภูเรือ")
    staff.say("ใช่")
    assert state(town) == "submitted"
    assert "3,300" in officer.say("แก้ 8=3300")


def test_a_waiver_needs_a_reason_and_its_district_is_neither_owed_nor_counted(
    town: Town, officer: Phone, staff: Phone
) -> None:
    staff.say("ยกเว้น ภูเรือ")
    card = staff.say("น้ำท่วมทางขาด")
    assert "เหตุผล: น้ำท่วมทางขาด" in card
    staff.tap("ยืนยันยกเว้น")
    assert state(town) == "waived"
    overview = staff.say("ใครยังไม่ส่ง")
    assert "ส่งแล้ว 0 จาก 13" in overview
    assert "ยกเว้น 1: ภูเรือ" in overview
    assert "เหตุผล: น้ำท่วมทางขาด" in officer.say("รายงาน")
    assert "ครั้งที่ 1 ✔ ยกเว้น" in officer.say("ของฉันค้างอะไร")


def test_the_history_says_who_did_what_and_when(town: Town, officer: Phone, staff: Phone) -> None:
    report(officer)
    town.clock.civil += dt.timedelta(hours=2)
    staff.say("ส่งคืน ภูเรือ ช่อง 9 ดูใหม่")
    staff.say("ยืนยัน")
    lines = staff.say("ประวัติ ภูเรือ")
    assert "7 มิ.ย. 64 08.30 น. ส่งแล้ว (สมศรี ใจดี)" in lines
    assert "7 มิ.ย. 64 10.30 น. ส่งคืนให้แก้ (วิมล รักเลย): ดูใหม่" in lines
    assert "[ยกเว้น]" in lines


def test_closing_a_round_says_what_follows_and_can_be_undone(town: Town, officer: Phone, staff: Phone) -> None:
    card = staff.say("ปิดรับครั้งที่ 1")
    assert "ส่งแล้ว 0 จาก 14" in card
    assert "หลังปิดรับ อำเภอที่ยังค้างส่งไม่ได้" in card
    staff.tap("ยืนยันปิดรับ")
    assert "ปิดรับแล้ว" in officer.say("รายงาน")
    assert "ปิดรับอยู่แล้ว" in staff.say("ปิดรับครั้งที่ 1")
    staff.say("เปิดรับครั้งที่ 1")
    staff.say("ยืนยัน")
    assert "อำเภอภูเรือ" in officer.say("รายงาน")
    assert [row.action for row in rows(town, select(Audit).where(Audit.subject.startswith("round")))] == [
        "round_closed",
        "round_reopened",
    ]


def test_a_decision_that_somebody_else_took_first_is_not_taken_twice(town: Town, officer: Phone, staff: Phone) -> None:
    other = town.person("ปราณี รักเลย", "staff", "42")
    report(officer)
    staff.say("รับรอง ภูเรือ")
    other.say("รับรอง ภูเรือ")
    staff.say("ยืนยัน")
    assert "เปลี่ยนเป็น รับรองแล้ว" in other.say("ยืนยัน")
    assert len(rows(town, select(ObligationChange).where(ObligationChange.to_state == "accepted"))) == 1


def test_a_verb_alone_offers_the_districts_with_which_it_can_be_done(officer: Phone, staff: Phone) -> None:
    assert "ขณะนี้ไม่มีรายงานที่รอรับรอง" in staff.say("รับรอง")
    report(officer)
    staff.say("รับรอง")
    assert staff.labels() == ["ภูเรือ"]
    assert "ส่งแล้ว → รับรองแล้ว" in staff.tap("ภูเรือ")


def test_a_name_that_is_no_district_is_said_back_with_an_example(staff: Phone) -> None:
    assert 'ไม่พบอำเภอชื่อ "น่าน"' in staff.say("ยกเว้น น่าน")


def test_officers_cannot_decide_about_reports(town: Town, officer: Phone) -> None:
    report(officer)
    officer.say("รับรอง ภูเรือ")
    officer.postback("do=office&v=accept&o=1&a=4207")
    assert state(town) == "submitted"


def test_an_old_yes_does_nothing(town: Town, officer: Phone, staff: Phone) -> None:
    report(officer)
    staff.say("รับรอง ภูเรือ")
    (yes,) = [action for action in staff.buttons() if action["label"] == "ยืนยันรับรอง"]
    staff.say("ยกเลิก")
    assert "ปุ่มนี้ใช้ไม่ได้แล้ว" in staff.touch(yes)
    assert state(town) == "submitted"


def test_staff_speak_english_too(town: Town, officer: Phone) -> None:
    report(officer)
    anna = town.person("Anna", "staff", "42", language="en")
    assert "sent → returned" in anna.say("return Phu Ruea box 9 more than the register")
    anna.say("yes")
    assert state(town) == "returned"
    assert "returned for correction (Anna): more than the register" in anna.say("history Phu Ruea")
