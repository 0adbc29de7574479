"""The head of office agrees before a report is sent: asked, given, refused, withdrawn; one card for both."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from models.campaign import Campaign
from models.obligation import Draft, Obligation, Report
from models.people import Membership, Person
from services.calendar import BANGKOK
from services.ports import SendOutcome, SendResult
from tests.integration.conversation.reports import HOUSEHOLDS, REVIEW, go_to
from tests.integration.services.towns import account_of, one, rows
from tests.support.chat import Phone, Town
from tests.support.screen import actions, screen

QUOTA_GONE = SendResult(SendOutcome.QUOTA_GONE, 429, "r", (), "monthly limit")


def want(town: Town, **approval: Any) -> None:
    """Let the loaded campaign ask for the head's consent."""
    with town.runtime.sessions() as session, session.begin():
        campaign = session.scalars(select(Campaign)).one()
        forms = campaign.settings["forms"]
        wanted = {**forms["followup"], "approval": {"by": "head", **approval}}
        campaign.settings = {**campaign.settings, "forms": {**forms, "followup": wanted}}


@pytest.fixture
def head(town: Town) -> Phone:
    want(town)
    phone = town.person("พิชัย ตัวอย่าง", "head", "4207")
    phone.say("เมนู")
    return phone


def pushed(town: Town, phone: Phone) -> str:
    """Let the workers push; what the phone has been pushed so far, the newest last, as one screen."""
    town.work()
    bodies = [body for body, _key in town.line.pushes if body["to"] == phone.user_id]
    if bodies:
        phone.heard = bodies[-1]["messages"]
    return screen([message for body in bodies for message in body["messages"]])


def ask(officer: Phone) -> str:
    go_to(officer, REVIEW)
    return officer.press("ส่งให้พัฒนาการอำเภอ")


def test_by_default_nobody_has_to_agree(officer: Phone) -> None:
    go_to(officer, REVIEW)
    assert "ยืนยันส่ง" in officer.labels()


def test_the_officer_asks_and_hears_what_happens_next(town: Town, head: Phone, officer: Phone) -> None:
    assert "แตะ ส่งให้พัฒนาการอำเภอ" in go_to(officer, REVIEW)
    assert officer.labels()[0] == "ส่งให้พัฒนาการอำเภอ"
    assert "ยืนยันส่ง" not in officer.labels()
    told = officer.press("ส่งให้พัฒนาการอำเภอ")
    assert "ส่งให้ พิชัย ตัวอย่าง พิจารณารายงานครั้งที่ 1 แล้ว" in told
    assert "ภายใน ศุกร์ที่ 11 มิ.ย. 64" in told
    assert rows(town, select(Report)) == []
    assert "รอพัฒนาการอำเภอเห็นชอบ" in officer.say("ของฉันค้างอะไร")
    assert "รอ พิชัย ตัวอย่าง เห็นชอบ" in officer.say("สวัสดี")
    assert officer.labels()[-1:] == ["ดูที่กรอกแล้ว"]
    assert "ทำต่อ" not in officer.labels()


def test_the_head_gets_the_card_agrees_and_both_get_the_receipt(town: Town, head: Phone, officer: Phone) -> None:
    ask(officer)
    card = pushed(town, head)
    assert "สมใจ ตัวอย่าง ขอความเห็นชอบก่อนส่งรายงานครั้งที่ 1 ของอำเภอภูเรือ" in card
    assert "อาจยังกรอกอยู่" not in card, "whoever has asked is done"
    assert "โปรดตรวจก่อนส่ง · ครั้งที่ 1 อำเภอภูเรือ" in card
    assert head.labels()[:2] == ["เห็นชอบและส่ง", "ส่งกลับ"]
    assert head.labels()[-2:] == ["ดูแบบฟอร์ม", "แก้ไข"]
    receipt = head.press("เห็นชอบและส่ง")
    assert "ส่งรายงานเรียบร้อยแล้ว" in receipt
    assert "สมใจ ตัวอย่าง ขอความเห็นชอบเมื่อ จันทร์ที่ 7 มิ.ย. 64 เวลา 08.30 น." in receipt
    assert "แจ้ง สมใจ ตัวอย่าง แล้ว" in receipt
    told = pushed(town, officer)
    assert "พิชัย ตัวอย่าง เห็นชอบและส่งรายงานให้จังหวัดแล้ว" in told
    assert "เลขรับ 4207-1-01" in told
    report = one(town, select(Report))
    people = {person.id: person.name for person in rows(town, select(Person))}
    assert people[report.submitted_by] == "สมใจ ตัวอย่าง"
    assert people[report.approved_by or 0] == "พิชัย ตัวอย่าง"
    assert report.asked_at == town.clock.now()
    assert not report.late


def test_nobody_is_told_twice(town: Town, head: Phone, officer: Phone, deputy: Phone) -> None:
    ask(officer)
    pushed(town, head)
    head.press("เห็นชอบและส่ง")
    town.work()
    assert "ท่านไม่ต้องส่งซ้ำ" not in head.say("เมนู")
    assert "ท่านไม่ต้องส่งซ้ำ" not in officer.say("เมนู")
    assert "สมใจ ตัวอย่าง ส่งรายงานครั้งที่ 1 แล้ว" in deputy.say("เมนู")


def test_the_head_agrees_by_typing(town: Town, head: Phone, officer: Phone) -> None:
    ask(officer)
    pushed(town, head)
    assert "ขอความเห็นชอบเมื่อ" in head.say("เห็นชอบ")
    assert rows(town, select(Report)) == []
    assert "ส่งรายงานเรียบร้อยแล้ว" in head.say("เห็นชอบและส่ง")


def test_without_a_push_the_card_comes_at_the_next_contact(town: Town, head: Phone, officer: Phone) -> None:
    ask(officer)
    town.line.results.append(QUOTA_GONE)
    town.work()
    shown = head.say("สวัสดี")
    assert "ขอความเห็นชอบก่อนส่งรายงานครั้งที่ 1" in shown
    assert "เห็นชอบและส่ง" in head.labels()
    assert "ขอความเห็นชอบเมื่อ" in head.say("รายงาน")
    assert "ส่งรายงานเรียบร้อยแล้ว" in head.press("เห็นชอบและส่ง")


def test_the_head_sends_back_with_a_reason_and_the_officer_goes_on_at_the_card(
    town: Town, head: Phone, officer: Phone
) -> None:
    ask(officer)
    pushed(town, head)
    assert "กรุณาพิมพ์เหตุผลหนึ่งบรรทัด" in head.press("ส่งกลับ")
    assert "ส่งกลับให้ สมใจ ตัวอย่าง แล้ว" in head.say("ช่อง 9 ไม่ตรงกับบัญชีของตำบลสานตม")
    told = pushed(town, officer)
    assert 'เหตุผล: "ช่อง 9 ไม่ตรงกับบัญชีของตำบลสานตม"' in told
    assert "ส่งให้พัฒนาการอำเภอ" in officer.labels()
    assert "ช่อง 9 ครัวเรือนที่มีรูปถ่ายและลายเซ็นครบ: เดิม 3,040 → ใหม่ 3,000" in officer.say("แก้ 9=3000")
    assert "พิชัย ตัวอย่าง ส่งกลับ: ช่อง 9" in officer.say("รายงาน")
    officer.press("ส่งให้พัฒนาการอำเภอ")
    assert "ส่งกลับ: ช่อง 9" not in pushed(town, head)
    assert "ส่งรายงานเรียบร้อยแล้ว" in head.press("เห็นชอบและส่ง")


def test_a_ready_reason_is_one_tap_and_the_step_can_be_left(town: Town, head: Phone, officer: Phone) -> None:
    ask(officer)
    pushed(town, head)
    head.press("ส่งกลับ")
    assert "ขอความเห็นชอบเมื่อ" in head.say("ยกเลิก")
    head.say("ส่งกลับ")
    assert "เมนู" in head.say("เมนู")
    assert "ส่งกลับให้ สมใจ ตัวอย่าง แล้ว" in head.say("โปรดตรวจสอบตัวเลขอีกครั้ง")
    assert 'เหตุผล: "โปรดตรวจสอบตัวเลขอีกครั้ง"' in pushed(town, officer)


def test_a_long_reason_is_asked_to_be_shortened(town: Town, head: Phone, officer: Phone) -> None:
    ask(officer)
    pushed(town, head)
    head.press("ส่งกลับ")
    assert "กรุณาย่อแล้วส่งใหม่" in head.say("ก" * 301)
    assert "ส่งกลับให้" in head.say("ตัวเลขต่าง")


def test_a_change_by_the_officer_withdraws_the_request(town: Town, head: Phone, officer: Phone) -> None:
    ask(officer)
    pushed(town, head)
    old = head.buttons()
    assert "คำขอความเห็นชอบถูกถอนแล้ว" in officer.say("แก้ 8=3200")
    assert "ส่งให้พัฒนาการอำเภอ" in officer.labels()
    shown = head.touch(old[0])
    assert "สมใจ ตัวอย่าง แก้ไขรายงานครั้งที่ 1 หลังขอความเห็นชอบ" in shown
    assert "ไม่ได้รอความเห็นชอบแล้ว" in shown
    assert rows(town, select(Report)) == []


def test_an_old_card_of_a_newer_request_is_shown_anew(town: Town, head: Phone, officer: Phone) -> None:
    ask(officer)
    pushed(town, head)
    old = head.buttons()
    officer.say("แก้ 8=3200")
    officer.press("ส่งให้พัฒนาการอำเภอ")
    shown = head.touch(old[0])
    assert "ค่าในรายงานเปลี่ยนไปแล้วหลังจากการ์ดนี้" in shown
    assert "3,200" in shown
    assert rows(town, select(Report)) == []
    assert "ส่งรายงานเรียบร้อยแล้ว" in head.press("เห็นชอบและส่ง")


def test_a_change_by_the_deputy_is_told_to_the_officer(town: Town, head: Phone, officer: Phone, deputy: Phone) -> None:
    ask(officer)
    shown = deputy.say("รายงาน")
    assert "สมใจ ตัวอย่าง ส่งให้ พิชัย ตัวอย่าง พิจารณาเมื่อ" in shown
    assert deputy.labels()[-2:] == ["ดูแบบฟอร์ม", "แก้ไข"]
    assert "ส่งให้พัฒนาการอำเภอ" not in deputy.labels()
    assert "คำขอความเห็นชอบถูกถอนแล้ว" in deputy.say("8=3200")
    assert "วิชัย ตัวอย่าง แก้ไขรายงานครั้งที่ 1 หลังขอความเห็นชอบ" in officer.say("เมนู")


def test_what_the_head_changes_the_head_sends(town: Town, head: Phone, officer: Phone) -> None:
    ask(officer)
    pushed(town, head)
    head.press("แก้ไข")
    shown = head.say("8=3200")
    assert "คำขอความเห็นชอบถูกถอนแล้ว" in shown
    assert "ส่งให้พิจารณาอีกครั้ง" not in shown
    assert "ยืนยันส่ง" in head.labels()
    assert "ส่งรายงานเรียบร้อยแล้ว" in head.press("ยืนยันส่ง")
    report = one(town, select(Report))
    assert report.approved_by is None
    assert "พิชัย ตัวอย่าง แก้ไขรายงานครั้งที่ 1 หลังขอความเห็นชอบ" in officer.say("เมนู")


def test_a_head_who_fills_the_report_in_sends_it(town: Town, head: Phone) -> None:
    go_to(head, REVIEW)
    assert "ส่งรายงานเรียบร้อยแล้ว" in head.press("ยืนยันส่ง")


def test_without_a_head_the_officer_sends_and_reads_why(town: Town, officer: Phone) -> None:
    want(town)
    assert "ยังไม่มีพัฒนาการอำเภอในระบบ จึงส่งได้โดยตรง" in go_to(officer, REVIEW)
    assert "ส่งรายงานเรียบร้อยแล้ว" in officer.press("ยืนยันส่ง")


def test_when_the_head_leaves_meanwhile_the_officer_sends(town: Town, head: Phone, officer: Phone) -> None:
    ask(officer)
    with town.runtime.sessions() as session, session.begin():
        session.scalars(select(Membership).where(Membership.role == "head")).one().ended_at = town.clock.now()
    assert "ยังไม่มีพัฒนาการอำเภอในระบบ" in officer.say("รายงาน")
    assert "ส่งรายงานเรียบร้อยแล้ว" in officer.press("ยืนยันส่ง")
    assert one(town, select(Report)).approved_by is None


def test_the_setting_may_let_it_wait_for_a_head(town: Town, officer: Phone) -> None:
    want(town, without_head="wait")
    assert "ส่งให้ พัฒนาการอำเภอ พิจารณา" in ask(officer)
    head = town.person("พิชัย ตัวอย่าง", "head", "4207")
    assert "รอความเห็นชอบของท่าน" in head.say("สวัสดี")
    head.press("ดูและให้ความเห็นชอบ")
    assert "ส่งรายงานเรียบร้อยแล้ว" in head.press("เห็นชอบและส่ง")


@pytest.mark.parametrize("setting", [{"except": ["4207"]}, {"districts": ["4201"]}])
def test_a_district_may_be_left_out(town: Town, officer: Phone, setting: dict[str, Any]) -> None:
    want(town, **setting)
    town.person("พิชัย ตัวอย่าง", "head", "4207")
    go_to(officer, REVIEW)
    assert "ยืนยันส่ง" in officer.labels()


def test_agreed_to_after_the_due_time_it_is_late_and_says_when_it_was_asked(
    town: Town, head: Phone, officer: Phone
) -> None:
    town.clock.civil = dt.datetime(2021, 6, 11, 23, 50, tzinfo=BANGKOK)
    ask(officer)
    pushed(town, head)
    town.clock.civil = dt.datetime(2021, 6, 12, 0, 10, tzinfo=BANGKOK)
    receipt = head.press("เห็นชอบและส่ง")
    assert "ส่งหลังกำหนด 1 วัน" in receipt
    assert "ขอความเห็นชอบเมื่อ ศุกร์ที่ 11 มิ.ย. 64 เวลา 23.50 น." in receipt
    assert one(town, select(Report)).late
    assert one(town, select(Obligation).where(Obligation.submitted_at.is_not(None))).state == "late"


def test_a_correction_of_a_sent_report_needs_consent_too(town: Town, head: Phone, officer: Phone) -> None:
    ask(officer)
    pushed(town, head)
    head.press("เห็นชอบและส่ง")
    officer.say("แก้ 8=3510")
    assert (officer.labels()[0], officer.labels()[-1]) == ("ส่งให้พัฒนาการอำเภอ", "ยกเลิก")
    officer.press("ส่งให้พัฒนาการอำเภอ")
    assert "ช่อง 8 ครัวเรือนที่ตรวจทานแล้ว: เดิม 3,150 → ใหม่ 3,510" in pushed(town, head)
    assert "บันทึกการแก้ไขเรียบร้อยแล้ว" in head.press("เห็นชอบและส่ง")
    assert [report.number for report in rows(town, select(Report))] == [1, 2]


def test_a_correction_that_is_given_up_withdraws_its_request(town: Town, head: Phone, officer: Phone) -> None:
    ask(officer)
    pushed(town, head)
    head.press("เห็นชอบและส่ง")
    officer.say("แก้ 8=3510")
    cancel = officer.buttons()[-1]
    officer.press("ส่งให้พัฒนาการอำเภอ")
    pushed(town, head)
    assert "คำขอความเห็นชอบถูกถอนแล้ว" in officer.touch(cancel)
    assert rows(town, select(Draft)) == []
    assert "ปุ่มนี้จึงไม่มีผล" in head.press("เห็นชอบและส่ง")


def test_an_answer_taken_back_in_line_withdraws_the_request(town: Town, head: Phone, officer: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    officer.say("3150 3040")
    message_id = officer.last_message_id()
    for answer in ("40 35 12 38 9", "30 มิ.ย. 64", "อยู่ระหว่าง", "0", "ไม่มีข้อมูลที่อำเภอ", "ไม่มี"):
        officer.say(answer)
    officer.press("ส่งให้พัฒนาการอำเภอ")
    officer.send({"type": "unsend", "unsend": {"messageId": message_id}})
    assert one(town, select(Draft)).asked_at is None
    assert "ถูกถอน เพราะมีการยกเลิกข้อความ" in officer.say("เมนู")
    assert "ถูกถอน เพราะมีการยกเลิกข้อความ" in head.say("เมนู")


def test_a_second_request_while_one_waits_changes_nothing(town: Town, head: Phone, officer: Phone) -> None:
    go_to(officer, REVIEW)
    button = officer.buttons()[0]
    officer.touch(button)
    assert "ยังไม่ได้ส่งจังหวัด" in officer.touch(button)
    assert "ยังไม่ได้ส่งจังหวัด" in officer.say("ยืนยัน")
    town.work()
    assert len(town.line.pushes) == 1


def test_the_reminder_goes_to_the_head_while_it_waits(town: Town, head: Phone, officer: Phone) -> None:
    ask(officer)
    town.work()
    before = len(town.line.pushes)
    town.clock.civil = dt.datetime(2021, 6, 11, 13, 30, tzinfo=BANGKOK)
    for row in town.runtime.reminders.plan():
        town.queue.ring("send_outbox", row)
    town.work()
    bodies = [body for body, _key in town.line.pushes[before:]]
    assert [body["to"] for body in bodies] == [head.user_id]
    shown = screen(bodies[0]["messages"])
    assert "เรียน พัฒนาการอำเภอภูเรือ" in shown
    assert "รอความเห็นชอบของท่านตั้งแต่ จันทร์ที่ 7 มิ.ย. 64" in shown
    button = next(action for message in bodies[0]["messages"] for action in actions(message))
    assert "ขอความเห็นชอบเมื่อ" in head.touch(button)
    assert "เห็นชอบและส่ง" in head.labels()


def test_staff_see_that_it_waits(town: Town, head: Phone, officer: Phone, staff: Phone) -> None:
    ask(officer)
    assert "ภูเรือ (รอพัฒนาการอำเภอเห็นชอบ)" in staff.say("ใครยังไม่ส่ง")


def test_in_english_the_same(town: Town, head: Phone, officer: Phone) -> None:
    go_to(officer, REVIEW)
    officer.say("English")
    officer.say("report")
    assert "The report of round 1 is with" in officer.press("Send to the head of office")
    pushed(town, head)
    head.press("ส่งกลับ")
    head.say("ตัวเลขต่าง")
    assert 'Reason: "ตัวเลขต่าง"' in pushed(town, officer)
    assert "Send to the head of office" in officer.say("send") + "".join(officer.labels())
    officer.say("send")
    pushed(town, head)
    head.press("เห็นชอบและส่ง")
    assert "agreed, and the report has gone to the province" in pushed(town, officer)


def test_officer_and_head_in_one_person_sends_directly(town: Town, head: Phone) -> None:
    both = town.person("อรุณ ตัวอย่าง", "officer", "4207")
    person_id = account_of(town, both).person_id or 0
    with town.runtime.sessions() as session, session.begin():
        session.add(Membership(person_id=person_id, role="head", area_code="4207", since=town.clock.now()))
    go_to(both, REVIEW)
    assert "ยืนยันส่ง" in both.labels()
