"""How much work a report is, counted: turns and typed characters, from the reminder's button to the receipt."""

from __future__ import annotations

from tests.support.chat import Phone, Town


def province_values(staff: Phone) -> None:
    for words in ("ตัวเลขจากจังหวัด", "ทราบ", "23=1 24=7/6/64", "25=1 26=28/5/64", "ยืนยัน"):
        staff.say(words)


def test_the_register_and_the_province_make_a_round_twelve_turns_and_forty_characters(
    town: Town, officer: Phone, staff: Phone
) -> None:
    province_values(staff)
    officer.say_silently("เริ่มรายงาน")
    officer.press("2 อยู่ระหว่างการจัดทำรายงาน")
    officer.press("1 ทำแล้วทั้งสองอย่าง")
    officer.say("21 15")
    officer.say("3150 3040")
    officer.say("40 35 12 38 9")
    officer.press("30 มิ.ย. 64 (ตามแผน)")
    officer.press("2 อยู่ระหว่างการจัดทำรายงาน")
    assert "รายการที่ 4 ประชุมประจำเดือน: 1 จาก 2 ครั้ง" in officer.say("0")
    officer.press("1 ตามนี้")
    officer.press("ไม่มี")
    assert "ส่งรายงานเรียบร้อยแล้ว" in officer.press("ยืนยันส่ง")
    assert (officer.turns, officer.typed) <= (12, 40)
    assert officer.typed <= 40


def test_without_a_register_it_takes_at_most_thirteen_turns_and_ninety_characters(bare_town: Town) -> None:
    officer = bare_town.person("สมใจ ตัวอย่าง", "officer", "4207")
    officer.say_silently("เริ่มรายงาน")
    officer.press("2 อยู่ระหว่างการจัดทำรายงาน")
    officer.press("1 ทำแล้วทั้งสองอย่าง")
    officer.say("47 21 15")
    officer.say("6240 3150 3040")
    officer.say("40 35 12 38 9")
    officer.say("30 มิ.ย. 64")
    officer.press("2 อยู่ระหว่างการจัดทำรายงาน")
    officer.say("6247 6240 0 1 2")
    officer.press("1 ใช่")
    officer.press("2 ไม่มีข้อมูลที่อำเภอ")
    officer.press("ไม่มี")
    assert "ส่งรายงานเรียบร้อยแล้ว" in officer.press("ยืนยันส่ง")
    assert officer.turns <= 13
    assert officer.typed <= 90


def test_a_computer_shows_the_same_round_and_every_button_can_be_typed(town: Town, officer: Phone) -> None:
    """LINE for PC has no quick replies: nothing may need one; typed choices take no more turns."""
    for words in ("รายงาน", "2", "1", "21 15", "3150 3040", "40 35 12 38 9", "30 มิ.ย. 64", "ทำอยู่", "0", "2", "ไม่มี"):
        officer.say(words)
        assert not any("quickReply" in message for message in officer.heard)
    assert "ส่งรายงานเรียบร้อยแล้ว" in officer.say("ยืนยัน")
    assert officer.turns <= 12
