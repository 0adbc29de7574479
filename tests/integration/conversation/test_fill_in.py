"""The fill-in text: asked for, filled in by any habit, sent back; in every state of the chat."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.integration.conversation.filling import ROUND_1, blank, filled
from tests.integration.conversation.reports import CASES, REVIEW, go_to, send
from tests.support.chat import Phone, Town
from tests.support.runtime import MONDAY

WORDS = ["แบบกรอก", "ขอแบบกรอก", "ฟอร์มกรอก", "แบบฟอร์มเปล่า", "fill-in text"]


@pytest.mark.parametrize("words", WORDS)
def test_the_text_is_one_plain_message_with_what_is_known(officer: Phone, words: str) -> None:
    shown = officer.say(words)
    assert [message["type"] for message in officer.heard] == ["text"]
    lines = shown.splitlines()
    assert lines[0] == "แบบกรอกครั้งที่ 1 อำเภอภูเรือ - คัดลอก เติมหลังเครื่องหมาย = แล้วส่งกลับทั้งข้อความ"
    assert lines[1] == "1 สถานะ ตรวจทานครัวเรือน (เสร็จ/อยู่ระหว่าง/ยัง)="
    assert "7 ครัวเรือนที่ต้องตรวจทาน=6,240   8 ครัวเรือนที่ตรวจทานแล้ว=" in lines
    assert "10 ๓.๑=   11 ๓.๒=   12 ๓.๓=   13 ๓.๔=   14 ๓.๕=" in lines
    assert "28" not in {line.split(" ")[0] for line in lines}


def test_the_fast_lane_is_three_turns(officer: Phone) -> None:
    shown = officer.say(filled(blank(officer), ROUND_1))
    assert "โปรดตรวจก่อนส่ง" in shown
    assert "1 ตรวจทานครัวเรือน: อยู่ระหว่าง · 3,150 จาก 6,240 (50%) · ครบ 3,040" in shown
    assert "ส่งรายงานเรียบร้อยแล้ว" in officer.press("ยืนยันส่ง")
    assert officer.turns == 3


def test_an_english_text_is_filled_in_by_the_words_of_its_choices(english_officer: Phone) -> None:
    shown = english_officer.say("fill-in text")
    assert shown.startswith("Fill-in text, round 1")
    assert "1 Status, Household review (Completed/In progress/Not started)=" in shown
    shown = english_officer.say(filled(shown, {"1": "In progress", "8": "3150", "15": "30/6/2021"}))
    assert "3,150" in shown
    assert "not stored yet" not in shown


def test_what_was_not_filled_in_is_asked_next_and_nothing_is_asked_twice(officer: Phone) -> None:
    shown = officer.say(filled(blank(officer), {"8": "3150", "9": "3040"}))
    assert "รับแล้ว: ตรวจทานแล้ว 3,150 · ครบ 3,040 · ยังไม่ครบ 110" in shown
    assert "สถานะปัจจุบันเป็นอย่างไร" in shown
    officer.say("อยู่ระหว่าง")
    officer.say("ทำแล้วทั้งสองอย่าง")
    assert "๓.๑ * ไม่เซ็นชื่อ" in officer.say("21 15")


@pytest.mark.parametrize(
    ("value", "stored"),
    [("3,150 ครัวเรือน", "3,150"), ("๓๑๕๐", "3,150"), ("สามพันหนึ่งร้อยห้าสิบ", "3,150"), (" 3150 ค่ะ", "3,150")],
)
def test_a_value_may_be_written_in_any_way_that_is_understood(officer: Phone, value: str, stored: str) -> None:
    assert f"ตรวจทานแล้ว {stored}" in officer.say(filled(blank(officer), {"8": value}))


def test_the_text_may_come_back_in_any_order_without_its_head_and_line_breaks(officer: Phone) -> None:
    lines = filled(blank(officer), ROUND_1).splitlines()[1:]
    shown = officer.say("  ".join(reversed(lines)))
    assert "โปรดตรวจก่อนส่ง" in shown
    assert "รับแล้ว 1" in shown, "of many boxes how many: their values stand in the text itself"
    assert "ลายเซ็นครบ: 3,040" in officer.say("ทบทวน")


def test_colons_for_signs_and_labels_cut_off(officer: Phone) -> None:
    blank(officer)
    shown = officer.say("8: 3150\n9 ครบ: 3040\n5 ตรวจแล้ว=21")
    assert "ตรวจทานแล้ว 21 · ตรวจทานแล้ว 3,150 · ครบ 3,040" in shown


def test_a_label_without_a_value_is_no_value(officer: Phone) -> None:
    shown = officer.say(blank(officer))
    assert "ไม่มีช่องที่เปลี่ยน" in shown
    assert "สถานะปัจจุบันเป็นอย่างไร" in shown
    assert "19 ระเบียนปี 2562 ที่พบในฐานปี 2563: (ยังไม่ได้กรอก)" in officer.say("ทบทวน")


def test_a_cell_sent_back_empty_erases_nothing(officer: Phone) -> None:
    old = blank(officer)
    officer.say(filled(old, {"8": "3150", "9": "3040"}))
    officer.say(filled(old, {"5": "21"}))
    assert "8 ครัวเรือนที่ตรวจทานแล้ว: 3,150" in officer.say("ทบทวน")


def test_what_cannot_be_read_is_told_with_its_reason_and_costs_the_others_nothing(officer: Phone) -> None:
    shown = officer.say(filled(blank(officer), ROUND_1 | {"8": "ประมาณ 500", "19": "-"}))
    assert "ยังไม่ได้บันทึก 2 ช่อง" in shown
    assert 'ช่อง 8 ครัวเรือนที่ตรวจทานแล้ว: รับทราบว่า "ประมาณ 500" เป็นค่าประมาณ' in shown
    assert 'ช่อง 19 ระเบียนปี 2562 ที่พบ: ได้รับว่า "-" ขีด (-) อาจหมายถึง 0' in shown
    assert "รับแล้ว 1" in shown, "of many boxes how many: their values stand in the text itself"
    assert {"แก้ช่อง 8", "แก้ช่อง 19"} <= set(officer.labels())
    officer.say("3150")
    assert "โปรดตรวจก่อนส่ง" in officer.say("0")


def test_what_is_doubtful_is_asked_together_and_stored_by_one_yes(officer: Phone) -> None:
    shown = officer.say(filled(blank(officer), ROUND_1 | {"8": "หมื่นสอง", "19": "พันห้า"}))
    assert 'ช่อง 8 ครัวเรือนที่ตรวจทานแล้ว: "หมื่นสอง" บันทึกเป็น ตรวจทานแล้ว 12,000' in shown
    assert 'ช่อง 19 ระเบียนปี 2562 ที่พบ: "พันห้า"' in shown
    assert officer.labels()[-1] == "ใช่"
    shown = officer.press("ใช่")
    assert "โปรดตรวจก่อนส่ง" in shown
    assert "12,000 จาก 6,240" in shown


def test_a_doubtful_value_can_be_typed_anew_instead(officer: Phone) -> None:
    officer.say(filled(blank(officer), ROUND_1 | {"8": "หมื่นสอง"}))
    assert "3,150 จาก 6,240" in officer.say("8=3150")


def test_an_impossible_value_is_refused_alone(officer: Phone) -> None:
    shown = officer.say(filled(blank(officer), ROUND_1 | {"9": "3400"}))
    assert "ครบ 3,400 มากกว่าที่ตรวจทานแล้ว 3,150" in shown
    assert "รับแล้ว 1" in shown
    assert "แก้ช่อง 9" in officer.labels()
    assert "กรุณาพิมพ์ตัวเลข ครบ" in shown
    assert "โปรดตรวจก่อนส่ง" in officer.say("3040")


def test_boxes_that_do_not_apply_are_told_and_not_kept(officer: Phone) -> None:
    shown = officer.say(filled(blank(officer), ROUND_1 | {"1": "ยัง"}))
    assert "ช่อง 8 ครัวเรือนที่ตรวจทานแล้ว: ไม่ต้องกรอกตามคำตอบที่ให้ไว้" in shown
    assert "8 ครัวเรือนที่ตรวจทานแล้ว: (ไม่ต้องกรอก)" in officer.say("ทบทวน")


def test_a_box_twice_with_different_values_is_not_guessed(officer: Phone) -> None:
    shown = officer.say(filled(blank(officer), {"5": "21"}) + "\n8=3150 8=3510")
    assert "ยังแยกจากช่องข้างเคียงไม่ได้" in shown
    assert "8 ครัวเรือนที่ตรวจทานแล้ว: (ยังไม่ได้กรอก)" in officer.say("ทบทวน")


def test_in_the_middle_of_a_report_the_text_holds_what_was_answered(officer: Phone) -> None:
    go_to(officer, CASES)
    shown = officer.say("แบบกรอก")
    assert "8 ครัวเรือนที่ตรวจทานแล้ว=3,150" in shown
    assert "1 สถานะ ตรวจทานครัวเรือน (เสร็จ/อยู่ระหว่าง/ยัง)=อยู่ระหว่าง" in shown
    shown = officer.say(filled(shown, {"8": "3510", "10": "40"}))
    assert "ช่อง 8 ครัวเรือนที่ตรวจทานแล้ว: เดิม 3,150 → ใหม่ 3,510" in shown
    assert "ยังไม่ครบ: เดิม 110 → ใหม่ 470" in shown
    assert "๓.๑ 40" in shown


def test_at_the_review_card_a_text_that_comes_back_unchanged_changes_nothing(officer: Phone) -> None:
    go_to(officer, REVIEW)
    shown = officer.say(blank(officer))
    assert "ไม่มีช่องที่เปลี่ยน" in shown
    assert "ส่งรายงานเรียบร้อยแล้ว" in officer.press("ยืนยันส่ง")


def test_a_sent_report_is_amended_by_its_text(officer: Phone) -> None:
    send(officer)
    shown = officer.say(filled(blank(officer), {"8": "3510"}))
    assert "ช่อง 8 ครัวเรือนที่ตรวจทานแล้ว: เดิม 3,150 → ใหม่ 3,510" in shown
    assert "ยังไม่ครบเปลี่ยนจาก 110 เป็น 470" in shown
    assert "บันทึกการแก้ไขเรียบร้อยแล้ว" in officer.press("ยืนยันการแก้ไข")


def test_a_text_that_comes_back_much_later_is_still_known_by_its_first_line(officer: Phone) -> None:
    words = blank(officer)
    officer.say("พัก")
    officer.say("เมนู")
    assert "โปรดตรวจก่อนส่ง" in officer.say(filled(words, ROUND_1))


@pytest.fixture
def two_rounds(town: Town) -> Phone:
    """An officer who owes rounds 1 and 2."""
    town.clock.civil = MONDAY + dt.timedelta(days=9)
    return town.person("สมใจ ตัวอย่าง", "officer", "4207")


@pytest.mark.parametrize("words", ["ครั้งที่ 2", "2"])
def test_when_several_reports_are_owed_the_text_of_which_is_asked(two_rounds: Phone, words: str) -> None:
    assert "ต้องการรายงานฉบับใด" in two_rounds.say("แบบกรอก")
    assert two_rounds.say(words).startswith("แบบกรอกครั้งที่ 2")


def test_a_text_goes_to_the_report_that_its_first_line_names(two_rounds: Phone) -> None:
    two_rounds.say("แบบกรอก")
    first = two_rounds.press(two_rounds.labels()[-1])
    assert first.startswith("แบบกรอกครั้งที่ 1")
    two_rounds.say("เมนู")
    two_rounds.say("แบบกรอก")
    two_rounds.say("ครั้งที่ 2")
    two_rounds.say(filled(first, {"8": "3150", "9": "3040"}))
    assert "แบบรายงานครั้งที่ 1" in two_rounds.say("ทบทวน")
    assert "8 ครัวเรือนที่ตรวจทานแล้ว: 3,150" in two_rounds.say("ทบทวน")


def test_a_value_that_a_colleague_has_stored_meanwhile_is_shown_before_it_is_replaced(
    officer: Phone, deputy: Phone
) -> None:
    words = blank(officer)
    deputy.say("รายงาน")
    deputy.press("ทำต่อ")
    deputy.say("8=3200")
    shown = officer.say(filled(words, {"8": "3150", "9": "3040"}))
    assert "วิชัย ตัวอย่าง เพิ่งบันทึกไว้ว่า" in shown
    officer.press(officer.labels()[-2])
    assert "8 ครัวเรือนที่ตรวจทานแล้ว: 3,150" in officer.say("ทบทวน")


def test_the_menu_offers_the_text(officer: Phone) -> None:
    officer.say("เมนู")
    assert officer.press("แบบกรอก").startswith("แบบกรอกครั้งที่ 1")
