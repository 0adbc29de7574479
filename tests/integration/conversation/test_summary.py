"""สรุป, โควตา and ใบรับ: the round in figures, the month's messages, and the receipts once more."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.messages.measure import phone_lines
from models.obligation import Obligation, ObligationState
from services.calendar import BANGKOK
from services.ledger import ledger
from services.ports import Quota
from tests.integration.conversation.reports import PROBLEMS, go_to, send
from tests.support.chat import Phone, Town
from tests.support.screen import screen

FRIDAY = dt.datetime(2021, 6, 11, 16, 30, tzinfo=BANGKOK)


@pytest.fixture
def dan_sai(town: Town) -> Phone:
    return town.person("ด่าน ตัวอย่าง", "officer", "4205")


def test_the_round_in_five_lines_with_their_time(town: Town, staff: Phone, officer: Phone, dan_sai: Phone) -> None:
    send(officer)
    send(dan_sai)
    officer.say("แก้ 8=3500")
    officer.say("ยืนยัน")
    town.work()
    town.clock.civil = FRIDAY
    shown = staff.say("สรุป").split("\n")
    assert shown[0] == "สรุปการติดตามงาน จปฐ. จังหวัดเลย ครั้งที่ 1 ณ ศุกร์ที่ 11 มิ.ย. 64 เวลา 16.30 น."
    assert shown[1].startswith("1 รายงานแล้ว 2 จาก 14 อำเภอ (ขาด เมืองเลย · ")
    assert shown[2].startswith("2 ตรวจทานแล้ว 6,650 จาก ")
    assert shown[2].endswith("ของ 2 อำเภอ")
    assert "หมู่บ้านรับรองแล้ว 30 จาก" in shown[3]
    assert shown[-1].startswith("4 ควรช่วยเหลือ: ")


def test_what_districts_name_as_problems_is_counted(town: Town, staff: Phone, officer: Phone, dan_sai: Phone) -> None:
    for phone in (officer, dan_sai):
        go_to(phone, PROBLEMS)
        phone.say("ครัวเรือนไม่อยู่")
        phone.press("ยืนยันส่ง")
    town.work()
    assert "4 อุปสรรคที่พบมาก: ครัวเรือนไม่อยู่ 2 อำเภอ" in staff.say("สรุป")


def test_it_can_be_read_out_from_one_phone_screen(town: Town, staff: Phone, officer: Phone) -> None:
    send(officer)
    town.work()
    staff.say("สรุป")
    assert sum(phone_lines(line, 28) for line in screen(staff.heard).split("\n")) <= 16


def test_a_round_that_nobody_has_reported_has_two_lines(staff: Phone) -> None:
    shown = staff.say("สรุป").split("\n")
    assert len(shown) == 3
    assert "รายงานแล้ว 0 จาก 14 อำเภอ" in shown[1]
    assert shown[2] == "2 ควรช่วยเหลือ: ที่ยังไม่รายงาน 14 อำเภอ"


def test_a_round_that_has_not_opened_has_no_summary(staff: Phone) -> None:
    assert "ไม่มีครั้งที่เปิดรับ" in staff.say("สรุปครั้งที่ 3")


def test_an_officer_gets_their_own_district(town: Town, officer: Phone, dan_sai: Phone) -> None:
    assert "ยังไม่ได้ส่งรายงาน (กำหนด ศุกร์ที่ 11 มิ.ย. 64)" in officer.say("สรุป")
    send(officer)
    send(dan_sai)
    town.work()
    shown = officer.say("สรุป")
    assert shown.startswith("สรุปของอำเภอภูเรือ ครั้งที่ 1 ณ ")
    assert "ตรวจทานแล้ว 3,150 จาก 6,240 ครัวเรือน (50%)" in shown


def test_an_english_summary(town: Town, officer: Phone) -> None:
    manager = town.person("Manee Example", "staff", "42", language="en")
    send(officer)
    town.work()
    shown = manager.say("summary")
    assert "1 of 14 districts have reported" in shown
    assert "3,150 of 6,240 households checked (50%) in 1 districts" in shown


def test_the_months_messages(town: Town, staff: Phone, officer: Phone) -> None:
    town.line.quota_left = Quota(300, 86)
    shown = staff.say("โควตา")
    assert "เดือนนี้ใช้แล้ว 86 จาก 300 ข้อความ เหลือ 214" in shown
    assert "คำเตือนตามแผนที่เหลือของเดือนนี้ใช้ไม่เกิน" in shown
    assert "เพียงพอสำหรับคำเตือนตามแผนทั้งหมด" in shown


def test_what_gives_way_first_is_named(town: Town, staff: Phone, officer: Phone) -> None:
    town.line.quota_left = Quota(300, 297)
    shown = staff.say("โควตา")
    assert "หากข้อความไม่พอ จะงดก่อน: สรุปถึงเจ้าหน้าที่ · แจ้งเปิดรอบ" in shown


def test_without_messages_the_words_for_the_group_come_along(town: Town, staff: Phone, officer: Phone) -> None:
    town.clock.civil = FRIDAY
    town.line.quota_left = Quota(300, 300)
    staff.say("โควตา")
    words = staff.heard[-1]["text"]
    assert words.startswith("เรียน อำเภอเมืองเลย นาด้วง")
    assert "กรุณาส่งรายงานครั้งที่ 1 (งาน จปฐ. จังหวัดเลย) ภายในวันนี้ โดยพิมพ์ รายงาน" in words


def test_the_receipt_is_shown_again_with_how_it_stands(town: Town, officer: Phone) -> None:
    assert "ยังไม่มีใบรับ" in officer.say("ใบรับ")
    send(officer)
    shown = officer.say("ใบรับ")
    assert "อำเภอภูเรือ ครั้งที่ 1 ฉบับที่ 1" in shown
    assert "เลขรับ 4207-1-01" in shown
    assert "สมใจ ตัวอย่าง ส่งเมื่อ จันทร์ที่ 7 มิ.ย. 64 เวลา 08.30 น. (ก่อนกำหนด 4 วัน)" in shown
    assert "สถานะ: ส่งแล้ว รอจังหวัดตรวจ" in shown
    assert "ไม่มีรายงานค้าง" in shown
    assert "ครั้งที่ 2 ยังไม่มีใบรับ" in officer.say("ใบรับครั้งที่ 2")


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (ObligationState.ACCEPTED, "สถานะ: จังหวัดรับรองแล้ว เมื่อ ศุกร์ที่ 11 มิ.ย. 64"),
        (ObligationState.RETURNED, "สถานะ: จังหวัดส่งคืนให้แก้ เมื่อ ศุกร์ที่ 11 มิ.ย. 64"),
    ],
)
def test_the_receipt_says_what_the_province_decided(
    town: Town, officer: Phone, state: ObligationState, says: str
) -> None:
    send(officer)
    with town.runtime.sessions() as session, session.begin():
        found = session.query(Obligation).filter(Obligation.state == "submitted", Obligation.area_code == "4207").one()
        assert ledger.move(session, found.id, state, now=FRIDAY, reason="ตัวอย่าง")
    town.clock.civil = FRIDAY
    assert says in officer.say("ใบรับครั้งที่ 1")


def test_a_deputy_sees_the_receipt_as_well(town: Town, officer: Phone, deputy: Phone) -> None:
    send(officer)
    assert "เลขรับ 4207-1-01" in deputy.say("ใบรับ")
