"""Two officers of one district, several rounds, the province's figures, and people coming back days later."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from models.campaign import Round
from models.obligation import Obligation, ObligationState
from models.people import LineAccount, Membership
from services.calendar import BANGKOK
from tests.integration.conversation.reports import CASES, FINISH, HOUSEHOLDS, PROBLEMS, REVIEW, VILLAGES, go_to, send
from tests.support.chat import Phone, Town


def jump(town: Town, month: int, day: int) -> None:
    town.clock.civil = dt.datetime(2021, month, day, 9, 5, tzinfo=BANGKOK)


def test_a_deputy_takes_over_where_the_officer_stopped(officer: Phone, deputy: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    shown = deputy.say("รายงาน")
    assert "สมใจ ตัวอย่าง กรอกไว้ถึงรายการที่ 1" in shown
    assert deputy.labels() == ["ทำต่อ", "ดูที่กรอกแล้ว"]
    assert "5 หมู่บ้านที่ตรวจทานแล้ว: 21" in deputy.press("ดูที่กรอกแล้ว")
    assert "กรุณาพิมพ์สองตัวเลข: ตรวจทานแล้ว · ครบ" in deputy.press("ทำต่อ")
    assert "รับแล้ว: ตรวจทานแล้ว 3,150" in deputy.say("3150 3040")


def test_a_colleagues_value_is_shown_before_it_is_replaced(officer: Phone, deputy: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    deputy.say("รายงาน")
    deputy.press("ทำต่อ")
    deputy.say("3150 3040")
    shown = officer.say("3200 3040")
    assert "วิชัย ตัวอย่าง เพิ่งบันทึกไว้ว่า ตรวจทานแล้ว 3,150" in shown
    assert "คงเดิม" in officer.labels()
    assert "เดิม 3,150 → ใหม่ 3,200" in officer.press("เปลี่ยนเป็น 3,200")


def test_a_colleagues_value_can_be_kept(officer: Phone, deputy: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    deputy.say("รายงาน")
    deputy.press("ทำต่อ")
    deputy.say("3150 3040")
    officer.say("3200 3040")
    assert "กรุณาพิมพ์ห้าตัวเลขตามลำดับ" in officer.press("คงเดิม")


def test_a_card_that_a_colleague_changed_is_shown_again_before_sending(officer: Phone, deputy: Phone) -> None:
    go_to(officer, REVIEW)
    deputy.say("รายงาน")
    deputy.say("8=3200")
    assert "วิชัย ตัวอย่าง แก้รายงานนี้เมื่อ" in officer.say("ยืนยัน")
    assert "ส่งรายงานเรียบร้อยแล้ว" in officer.press("ยืนยันส่ง")


def test_a_report_that_a_colleague_has_sent_is_not_filled_in_again(officer: Phone, deputy: Phone) -> None:
    go_to(officer, REVIEW)
    deputy.say("รายงาน")
    deputy.press("ทำต่อ")
    card = officer.buttons()[0]
    assert "ส่งรายงานเรียบร้อยแล้ว" in deputy.press("ยืนยันส่ง")
    assert "ส่งรายงานครั้งที่ 1" in officer.say("8=3200")
    assert "ปุ่มนี้จึงไม่มีผล" in officer.touch(card)
    assert "ส่งครั้งที่ 1 แล้ว" in officer.say("รายงาน")


def later(town: Town, minutes: int) -> None:
    town.clock.civil += dt.timedelta(minutes=minutes)


def test_whoever_begins_is_told_that_a_colleague_may_still_be_at_it(town: Town, officer: Phone, deputy: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    later(town, 4)
    assert "สมใจ ตัวอย่าง เพิ่งกรอกเมื่อ 08.30 น. อาจยังกรอกอยู่" in deputy.say("รายงาน")
    deputy.say("เมนู")
    later(town, 2)
    assert "อาจยังกรอกอยู่" not in deputy.say("รายงาน")


def test_the_review_says_that_a_colleague_has_just_typed_something(town: Town, officer: Phone, deputy: Phone) -> None:
    go_to(officer, REVIEW)
    later(town, 30)
    assert "อาจยังกรอกอยู่" not in officer.say("รายงาน")
    deputy.say("รายงาน")
    deputy.say("8=3200")
    later(town, 1)
    assert "วิชัย ตัวอย่าง เพิ่งกรอกเมื่อ 09.00 น. อาจยังกรอกอยู่" in officer.say("รายงาน") + officer.say("ทำต่อ")


def test_the_whole_form_says_who_typed_which_boxes_when_two_did(town: Town, officer: Phone, deputy: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    assert "กรอกช่อง" not in officer.say("ทบทวน")
    later(town, 20)
    deputy.say("รายงาน")
    deputy.press("ทำต่อ")
    deputy.say("3150 3040")
    shown = deputy.say("ทบทวน")
    assert "สมใจ ตัวอย่าง กรอกช่อง 1, 5-6 (ถึง 7 มิ.ย. 64 เวลา 08.30 น.)" in shown
    assert "วิชัย ตัวอย่าง กรอกช่อง 8-9 (ถึง 7 มิ.ย. 64 เวลา 08.50 น.)" in shown
    officer.say("5=22")
    assert "สมใจ ตัวอย่าง กรอกช่อง 1, 5-6 (ถึง 7 มิ.ย. 64 เวลา 08.50 น.)" in officer.say("ทบทวน")


def test_colleagues_cannot_send_one_change_over_another(officer: Phone, deputy: Phone) -> None:
    send(officer)
    officer.say("แก้ 8=3510")
    deputy.say("แก้ 8=3200")
    deputy.press("เปลี่ยนเป็น 3,200")
    deputy.press("ยืนยันการแก้ไข")
    assert "ผู้ร่วมงานของท่าน ส่งรายงานครั้งที่ 1" in officer.say("ยืนยัน")


def test_days_later_any_word_offers_to_go_on(town: Town, officer: Phone) -> None:
    go_to(officer, CASES)
    officer.say("พัก")
    jump(town, 6, 10)
    assert "เหลือ 6 คำถาม" in officer.say("สวัสดีค่ะ")
    assert officer.labels()[-2:] == ["ทำต่อ", "ดูที่กรอกแล้ว"]
    assert "กรุณาพิมพ์ห้าตัวเลขตามลำดับ" in officer.press("ทำต่อ")


def test_an_answer_after_a_pause_is_taken(officer: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    officer.say("พัก")
    assert "รับแล้ว: ตรวจทานแล้ว 3,150" in officer.say("3150 3040")


def test_what_is_no_answer_after_a_pause_offers_to_go_on(officer: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    officer.say("พัก")
    shown = officer.say("อันไหนก่อนดีนะ เอ๊ะ")
    assert "เหลือ 7 คำถาม" in shown
    assert "พักไว้ให้แล้ว" in officer.say("ยกเลิก")
    assert "กรุณาพิมพ์สองตัวเลข" in officer.say("ใช่")
    officer.say("พัก")
    officer.say("ช่วยเหลือ")
    assert "เหลือ 7 คำถาม" in officer.other("sticker")


def test_a_late_message_is_told_and_not_stored(town: Town, officer: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    old = officer.event({"type": "message", "message": {"type": "text", "text": "1 1"}}, timestamp=1)
    shown = officer.deliver(old)
    assert "มาถึงช้า ยังไม่ได้บันทึก" in shown
    assert "ค้างอยู่ที่: ครัวเรือน" in shown
    assert "มาถึงช้า" in officer.deliver(officer.event({"type": "postback", "postback": {"data": "do=x"}}, timestamp=1))


def test_two_open_rounds_are_asked_for_by_button_or_words(town: Town, officer: Phone) -> None:
    jump(town, 6, 15)
    officer.say("รายงาน")
    assert officer.labels() == ["ครั้งที่ 2", "ครั้งที่ 1 (บันทึกว่าส่งหลังกำหนด)"]
    assert "รายงานครั้งที่ 1" in officer.say("1")
    assert officer.say("รายงาน").startswith("มีรายงานที่ต้องส่ง 2 ฉบับ")
    assert "รายงานครั้งที่ 2 · อำเภอภูเรือ" in officer.say("ครั้งที่ 2")
    officer.say("เมนู")
    assert "รายงานครั้งที่ 1 กรอกค้างไว้" in officer.say("รายงานครั้งที่ 1")
    shown = officer.say("ของฉันค้างอะไร")
    assert "ครั้งที่ 1 เลยกำหนด ศุกร์ที่ 11 มิ.ย. 64 · กรอกค้าง เหลือ 10 คำถาม" in shown
    assert "ครั้งที่ 2 กำหนด ศุกร์ที่ 18 มิ.ย. 64 · กรอกค้าง" in shown


def test_a_late_report_is_taken_marked_and_points_to_the_next(town: Town, officer: Phone) -> None:
    jump(town, 6, 15)
    officer.say("รายงาน")
    assert "เลยกำหนดแล้ว ยังส่งได้" in officer.press("ครั้งที่ 1 (บันทึกว่าส่งหลังกำหนด)")
    assert "เลยกำหนดแล้ว แต่ยังส่งได้" in officer.say("พัก")
    officer.press("ทำต่อ")
    assert "ครั้งที่ 1 เลยกำหนด" in officer.say("ของฉันค้างอะไร")


def test_a_receipt_says_what_is_still_owed(town: Town, officer: Phone) -> None:
    jump(town, 6, 22)
    officer.say("รายงาน")
    officer.say("ครั้งที่ 1")
    for words in ("อยู่ระหว่าง", "1", "21 15", "3150 3040", "40 35 12 38 9", "30 มิ.ย. 64", "2"):
        shown = officer.say(words)
    assert "รายการที่ 2 เลยกำหนด 16 มิ.ย. 64 แล้ว คาดว่าจะแล้วเสร็จเมื่อใด" in shown
    for words in ("28 มิ.ย. 64", "0", "2", "ไม่มี"):
        officer.say(words)
    receipt = officer.press("ยืนยันส่ง")
    assert "รับรายงานครั้งที่ 1 แล้ว ขอบคุณ" in receipt
    assert "ส่งหลังกำหนด 11 วัน" in receipt
    assert "ครั้งที่ 1 ✔ · ครั้งที่ 2 เลยกำหนด 18 มิ.ย. 64 · ครั้งที่ 3 กำหนด 25 มิ.ย. 64" in receipt
    assert officer.labels() == ["แบบรายงาน (PDF)", "หนังสือนำส่ง (Word)", "รายงาน"]
    assert "ครั้งที่ 1 ✔ ส่งหลังกำหนด" in officer.say("ของฉันค้างอะไร")


def test_after_the_report_the_next_round_is_named(officer: Phone) -> None:
    send(officer)
    assert "ต่อไปคือครั้งที่ 2 กำหนด 18 มิ.ย. 64" in officer.say("รายงาน")
    assert "ต่อไปคือครั้งที่ 2" in officer.say("ของฉันค้างอะไร")


def test_before_the_first_round_opens_nothing_is_owed(town: Town, officer: Phone, staff: Phone) -> None:
    jump(town, 6, 1)
    assert "ยังไม่เปิดรับรายงาน" in officer.say("รายงาน")
    assert "ต่อไปคือครั้งที่ 1" in officer.say("ของฉันค้างอะไร")
    assert "ไม่มีครั้งที่เปิดรับอยู่" in staff.say("ใครยังไม่ส่ง")
    assert "ไม่มีตัวเลขที่จังหวัดต้องกรอก" in staff.say("ตัวเลขจากจังหวัด")


def test_the_province_fills_in_once_and_districts_see_whose_value_it_is(staff: Phone, officer: Phone) -> None:
    assert "ทุกอำเภอจะเห็นค่าเหล่านี้" in staff.say("ตัวเลขจากจังหวัด")
    staff.press("1 ทราบ กรอกจำนวนครั้ง")
    staff.say("23=1 24=7/6/64")
    assert "3 รายงานสัปดาห์ 1/4 · 4 ประชุม 1/2" in staff.say("25=1 26=28/5/64")
    assert "ส่งรายงานเรียบร้อยแล้ว" in staff.press("ยืนยันส่ง")
    shown = go_to(officer, 8)
    assert "ส่งแล้ว 1 จาก 4 ครั้ง ล่าสุด จันทร์ที่ 7 มิ.ย. 64" in shown
    officer.press("1 ตามนี้")
    officer.press("ไม่มี")
    form = officer.press("ดูแบบฟอร์ม")
    assert "23 รายงานประจำสัปดาห์ที่ส่งแล้ว: 1 (จังหวัด)" in form
    assert "ส่งครั้งที่ 1 แล้ว" in staff.say("ตัวเลขจากจังหวัด")


def test_a_district_may_correct_the_provinces_figures(staff: Phone, officer: Phone) -> None:
    for words in ("ตัวเลขจากจังหวัด", "ทราบ", "23=1", "25=1", "ยืนยัน"):
        staff.say(words)
    go_to(officer, 8)
    officer.press("2 แก้ไข")
    assert "รับแล้ว: รายงานสัปดาห์ 2" in officer.say("23=2 24=31/5/64 25=1 26=28/5/64")
    assert "3 รายงานสัปดาห์ 2/4" in officer.press("ไม่มี")


def test_who_is_missing_is_for_staff(officer: Phone, staff: Phone) -> None:
    go_to(officer, VILLAGES)
    assert "เป็นหน้าที่ของเจ้าหน้าที่จังหวัด" in officer.say("ใครยังไม่ส่ง")
    assert "ภูเรือ (เหลือ 8 คำถาม)" in staff.say("ใครยังไม่ส่ง")
    assert "พิมพ์ คำขอ เพื่อยืนยันผู้ขอเข้าร่วม" in staff.say("ช่วยเหลือ")
    assert "ส่งแล้ว 0 จาก 14" in staff.postback("do=who_missing")
    assert "งานของอำเภอภูเรือ" in officer.postback("do=owe")
    assert "กรอกค้างไว้" in officer.postback("do=report")


def test_all_districts_have_sent(town: Town, staff: Phone) -> None:
    with town.runtime.sessions() as session, session.begin():
        for obligation in session.scalars(select(Obligation)):
            obligation.state = ObligationState.SUBMITTED.value
    assert "ส่งครบทั้ง 14 อำเภอแล้ว" in staff.say("ใครยังไม่ส่ง")


def test_staff_and_officer_in_one_person_choose_by_area(town: Town) -> None:
    both = town.person("สมใจ ตัวอย่าง", "officer", "4207")
    with town.runtime.sessions() as session, session.begin():
        account = session.scalars(select(LineAccount).where(LineAccount.line_user_id == both.user_id)).one()
        session.add(Membership(person_id=account.person_id, role="staff", area_code="42", since=town.clock.now()))
    both.say("รายงาน")
    assert both.labels() == ["ครั้งที่ 1 อำเภอภูเรือ", "ครั้งที่ 1 จังหวัดเลย"]
    assert "รายงานครั้งที่ 1 · อำเภอภูเรือ" in both.say("ภูเรือ")
    assert "ทุกอำเภอจะเห็นค่าเหล่านี้" in both.say("ตัวเลขจากจังหวัด")


def test_a_closed_round_is_not_taken(town: Town, officer: Phone) -> None:
    officer.say("รายงาน")
    start = officer.buttons()[0]
    with town.runtime.sessions() as session, session.begin():
        for rnd in session.scalars(select(Round)):
            rnd.closes_at = town.clock.now()
    assert "ปิดรับแล้ว" in officer.say("รายงาน")
    assert officer.touch(start)
    assert "ปิดรับแล้ว" in officer.say("ของฉันค้างอะไร")
    assert "ปิดรับแล้ว" in officer.postback(start["data"].replace("answer", "begin"))


def test_a_story_that_sounds_like_waiting_is_a_story(officer: Phone) -> None:
    go_to(officer, PROBLEMS)
    assert "อุปสรรค (ข้อความ): รอผู้รับจ้างแก้ระบบ" in officer.say("รอผู้รับจ้างแก้ระบบ")


def test_a_promise_to_come_back_keeps_the_question(officer: Phone) -> None:
    go_to(officer, FINISH)
    assert "ค้างอยู่ที่: วันแล้วเสร็จ" in officer.say("ขอบคุณครับ")
