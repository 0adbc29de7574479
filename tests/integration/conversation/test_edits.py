"""Changing what was typed: by box, by correction, step by step back, at the review card and after sending."""

from __future__ import annotations

import pytest

from tests.integration.conversation.reports import (
    CASES,
    FINISH,
    FIX_NUMBERS,
    HOUSEHOLDS,
    REVIEW,
    VILLAGES,
    go_to,
    send,
)
from tests.support.chat import Phone

BOX_8 = "ช่อง 8 ครัวเรือนที่ตรวจทานแล้ว: เดิม 3,150 → ใหม่ "


@pytest.mark.parametrize("question", [CASES, FINISH, REVIEW])
@pytest.mark.parametrize("words", ["แก้ 8=3200", "8=3200", "ช่อง 8 3200", "ไม่ใช่ 3150 เป็น 3200"])
def test_a_box_can_be_changed_in_any_state_by_one_message(officer: Phone, question: int, words: str) -> None:
    go_to(officer, question)
    shown = officer.say(words)
    assert f"{BOX_8}3,200" in shown
    assert "ยังไม่ครบ: เดิม 110 → ใหม่ 160" in shown


def test_several_boxes_in_one_message(officer: Phone) -> None:
    go_to(officer, CASES)
    shown = officer.say("8=3200 9=3000")
    assert f"{BOX_8}3,200" in shown
    assert "ช่อง 9 ครัวเรือนที่มีรูปถ่ายและลายเซ็นครบ: เดิม 3,040 → ใหม่ 3,000" in shown


@pytest.mark.parametrize("words", ["แก้ช่อง 8", "แก้ข้อ 8", "ช่อง 8"])
def test_a_box_named_without_a_value_is_asked_with_its_present_one(officer: Phone, words: str) -> None:
    go_to(officer, CASES)
    shown = officer.say(words)
    assert "ช่อง 8 ครัวเรือนที่ตรวจทานแล้ว บันทึกไว้ว่า 3,150" in shown
    assert "กรุณาพิมพ์ตัวเลข ตรวจทานแล้ว" in shown
    assert f"{BOX_8}3,200" in officer.say("3200")


def test_leaving_the_change_of_one_box_goes_on_where_it_was(officer: Phone) -> None:
    before = go_to(officer, CASES)
    officer.say("แก้ช่อง 8")
    assert officer.say("ย้อน").splitlines()[-4:] == before.splitlines()[-4:]


def test_boxes_that_are_not_there_not_needed_or_computed_say_so(officer: Phone) -> None:
    go_to(officer, CASES)
    assert "ไม่มีช่อง 99 มีช่อง 1 ถึง 28" in officer.say("ช่อง 99")
    assert "ช่อง 23 รายงานประจำสัปดาห์ที่ส่งแล้ว ไม่ต้องกรอกตามคำตอบที่ให้ไว้" in officer.say("แก้ช่อง 23")
    shown = officer.say("แก้ช่อง 2")
    assert "ที่บันทึกไว้: ทำแล้วทั้งสองอย่าง" in shown
    officer.press("2 ทำหนังสือแล้ว")
    assert "3 ประสานผู้นำและผู้จัดเก็บ: ไม่ใช่" in officer.say("ทบทวน")


def test_a_correction_of_what_is_nowhere_or_in_several_boxes_asks_for_the_box(officer: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    assert "ไม่พบค่าเดิมนั้นในรายงาน" in officer.say("ไม่ใช่ 777 เป็น 778")
    officer.say("15 15")
    assert "อยู่ในหลายช่อง" in officer.say("ไม่ใช่ 15 เป็น 12")
    assert officer.labels() == ["ช่อง 8 เป็น 12", "ช่อง 9 เป็น 12"]
    assert "ช่อง 9 ครัวเรือนที่มีรูปถ่ายและลายเซ็นครบ: เดิม 15 → ใหม่ 12" in officer.press("ช่อง 9 เป็น 12")


def test_every_answered_question_has_a_button_to_change_it(officer: Phone) -> None:
    go_to(officer, FINISH)
    officer.say("แก้")
    assert officer.labels()[:5] == [
        "1 สถานะ ตรวจทานครัวเรือน",
        "2-3 ขั้นตอนที่ดำเนินการแล้ว",
        "4-6 หมู่บ้าน/ชุมชน",
        "7-9 ครัวเรือน",
        "10-14 กรณียกเว้น",
    ]
    shown = officer.press("7-9 ครัวเรือน")
    assert "ที่บันทึกไว้: ตรวจทานแล้ว 3,150 · ครบ 3,040" in shown
    assert "คาดว่าจะแล้วเสร็จเมื่อใด" in officer.say("3200 3100")


def test_back_goes_to_the_question_before_and_never_beyond_the_first(officer: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    shown = officer.say("ย้อน")
    assert "ย้อนกลับแล้ว ที่บันทึกไว้: ตรวจทานแล้ว 21 · เซ็นรับรองแล้ว 15" in shown
    assert "กรุณาพิมพ์สองตัวเลข: ตรวจทานแล้ว · เซ็นรับรองแล้ว" in shown
    officer.say("ย้อน")
    assert "สถานะปัจจุบันเป็นอย่างไร" in officer.say("ย้อน")
    assert "นี่คือคำถามแรกแล้ว" in officer.say("ย้อน")
    assert "ขั้นตอนที่ดำเนินการแล้ว" not in officer.say("อยู่ระหว่าง")


def test_back_from_the_review_card_is_the_last_question(officer: Phone) -> None:
    go_to(officer, REVIEW)
    assert "ย้อนกลับแล้ว ที่บันทึกไว้: ไม่มี" in officer.say("ย้อน")


def test_as_before_keeps_what_stands_after_going_back(officer: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    officer.say("ย้อน")
    assert "รับแล้ว: ตรวจทานแล้ว 21 · เซ็นรับรองแล้ว 15" in officer.say("เท่าเดิม")


def test_the_card_shows_what_was_changed_and_an_older_card_does_not_send(officer: Phone) -> None:
    go_to(officer, REVIEW)
    old = officer.buttons()[0]
    shown = officer.say("8=3200")
    assert "1 ตรวจทานครัวเรือน: อยู่ระหว่าง · 3,200 จาก 6,240" in shown
    assert "ค่าในรายงานเปลี่ยนไปแล้ว" in officer.touch(old)
    assert "ส่งรายงานเรียบร้อยแล้ว" in officer.press("ยืนยันส่ง")


def test_the_card_can_be_left_and_sent_from_later(officer: Phone) -> None:
    go_to(officer, REVIEW)
    assert "พักไว้ให้แล้ว" in officer.say("พัก")
    assert "กรอกครบแล้ว แต่ยังไม่ได้ส่ง" in officer.press("ทำต่อ")
    assert "ส่งรายงานเรียบร้อยแล้ว" in officer.press("ยืนยันส่ง")


def test_the_form_is_one_tap_away_and_so_is_the_way_back(officer: Phone) -> None:
    go_to(officer, REVIEW)
    shown = officer.press("ดูแบบฟอร์ม")
    assert "รายการที่ 1 ตรวจทานครัวเรือน" in shown
    assert "2 ทำหนังสือขอเข้าพื้นที่: ใช่" in shown
    assert "7 ครัวเรือนที่ต้องตรวจทาน: 6,240 (ทะเบียน)" in shown
    assert "23 รายงานประจำสัปดาห์ที่ส่งแล้ว: (ไม่ต้องกรอก)" in shown
    assert officer.labels() == ["ทำต่อ", "แก้ไข"]
    assert "โปรดตรวจก่อนส่ง" in officer.press("ทำต่อ")


def test_something_else_at_the_card_shows_it_again(officer: Phone) -> None:
    go_to(officer, REVIEW)
    assert "โปรดตรวจก่อนส่ง" in officer.say("หมื่นแสน")
    assert "ตรวจก่อนส่ง" in officer.say("ข้าม")
    assert "ส่งรายงานเรียบร้อยแล้ว" in officer.say("ส่ง")


def test_sending_before_all_is_answered_says_how_much_is_left(officer: Phone) -> None:
    go_to(officer, VILLAGES)
    assert "ยังส่งไม่ได้ เหลืออีก 8 คำถาม" in officer.say("ส่ง")


def test_a_sent_report_is_changed_by_box_shown_before_and_after_and_confirmed(officer: Phone) -> None:
    send(officer)
    shown = officer.say("แก้ 8=3510")
    assert "โปรดตรวจการแก้ไข · ครั้งที่ 1 อำเภอภูเรือ" in shown
    assert f"{BOX_8}3,510" in shown
    assert "ยังไม่ครบเปลี่ยนจาก 110 เป็น 470 โปรดตรวจช่อง 10-14 ด้วย" in shown
    assert officer.labels() == ["ยืนยันการแก้ไข", "แก้ช่อง 10-14", "ระบุเหตุผล", "ดูแบบที่กรอก", "ยกเลิก"]
    receipt = officer.press("ยืนยันการแก้ไข")
    assert "ฉบับแก้ไขที่ 1" in receipt
    assert "4207-1-02" in receipt


def test_a_change_of_a_sent_report_begins_from_the_menu_without_typing(officer: Phone) -> None:
    send(officer)
    officer.say("เมนู")
    officer.press("แก้ที่ส่งแล้ว")
    officer.press("2-3 ขั้นตอนที่ดำเนินการแล้ว")
    shown = officer.press("2 ทำหนังสือแล้ว")
    assert "ช่อง 3 ประสานผู้นำและผู้จัดเก็บ: เดิม ใช่ → ใหม่ ไม่ใช่" in shown
    assert "ฉบับแก้ไขที่ 1" in officer.say("ยืนยัน")


def test_a_box_of_a_sent_report_can_be_named_first(officer: Phone) -> None:
    send(officer)
    officer.say("แก้ช่อง 8")
    assert f"{BOX_8}3,333" in officer.say("3333")
    assert "บันทึกการแก้ไขเรียบร้อยแล้ว" in officer.say("ยืนยัน")


def test_giving_a_change_up_leaves_the_sent_report(officer: Phone) -> None:
    send(officer)
    officer.say("แก้ 8=3510")
    assert "ยกเลิกการแก้ไขแล้ว" in officer.press("ยกเลิก")
    officer.say("แก้ช่อง 8")
    assert "ยกเลิกการแก้ไขแล้ว" in officer.say("ยกเลิก")
    assert "8 ครัวเรือนที่ตรวจทานแล้ว: 3,150" in officer.say("ทบทวน")


def test_a_change_back_to_what_was_sent_is_no_change(officer: Phone) -> None:
    send(officer)
    officer.say("แก้ 8=3510")
    shown = officer.say("8=3150")
    assert "ยังไม่มีช่องที่เปลี่ยน" in shown
    assert "ยังไม่มีช่องที่เปลี่ยน" in officer.say("ยืนยัน")
    assert officer.press("ยกเลิก")


def test_a_paused_change_waits(officer: Phone) -> None:
    send(officer)
    officer.say("แก้ 8=3510")
    assert "พักการแก้ไขไว้ให้แล้ว" in officer.say("พัก")
    assert "ยืนยันการแก้ไข" in officer.press("ทำต่อ")
    assert "ฉบับแก้ไขที่ 1" in officer.press("ยืนยันการแก้ไข")


def test_many_changes_are_counted(officer: Phone) -> None:
    send(officer)
    shown = officer.say("5=22 6=16 8=3200 9=3100 10=41 11=36 12=13 13=39 14=10")
    assert "แก้รายงานที่ส่งแล้ว 9 ช่อง" in shown
    assert "และอีก 3 ช่อง" in shown


def test_a_sent_report_can_be_looked_at_and_edited_from_there(officer: Phone) -> None:
    send(officer)
    officer.say("ทบทวน")
    assert "ต้องการแก้ช่องใด" in officer.press("แก้ไข")
    assert "ต้องการแก้ช่องใด" in officer.say("แก้")


def test_nothing_to_review_or_edit_yet(officer: Phone) -> None:
    assert "ยังไม่มีรายงานให้ทบทวนหรือแก้" in officer.say("ทบทวน")
    assert "ยังไม่มีรายงานให้ทบทวนหรือแก้" in officer.say("แก้")
    assert "ยังไม่เข้าใจ" in officer.say("แก้ 8=3200")


def test_a_change_does_not_ask_again_what_was_left_empty(officer: Phone) -> None:
    go_to(officer, 8)
    for words in ("กรอกเอง", "23=1 25=1", "ไม่มี", "ยืนยัน"):
        officer.say(words)
    assert "โปรดตรวจการแก้ไข" in officer.say("แก้ 8=3200")


def test_a_correction_right_after_an_answer_means_that_answer(officer: Phone) -> None:
    go_to(officer, FIX_NUMBERS)
    officer.say("15")
    shown = officer.say("ไม่ใช่ 15 เป็น 16")
    assert "ช่อง 19 ระเบียนปี 2562 ที่พบในฐานปี 2563: เดิม 15 → ใหม่ 16" in shown
    officer.say("ขอบคุณ")
    assert "เดิม 16 → ใหม่ 15" in officer.say("ไม่ใช่ 16 เป็น 15")


@pytest.mark.parametrize("words", ["ผิด", "พิมพ์ผิด", "ไม่ใช่", "ผิดแล้วค่ะ", "wrong"])
def test_what_is_called_wrong_right_after_an_answer_is_asked_again(officer: Phone, words: str) -> None:
    go_to(officer, CASES)
    shown = officer.say(words)
    assert "ที่บันทึกไว้: ตรวจทานแล้ว 3,150 · ครบ 3,040" in shown
    shown = officer.say("3510 3040")
    assert f"{BOX_8}3,510" in shown
    assert "กรุณาพิมพ์ห้าตัวเลขตามลำดับ" in shown


def test_what_is_called_wrong_without_an_answer_before_it_asks_which_box(officer: Phone) -> None:
    go_to(officer, CASES)
    officer.say("พัก")
    officer.say("ทำต่อ")
    assert "ต้องการแก้ช่องใด" in officer.say("ผิด")


def test_no_is_still_an_answer_where_it_can_be_one(officer: Phone) -> None:
    go_to(officer, CASES)
    officer.say("แก้ช่อง 22")
    assert "เดิม ใช่ → ใหม่ ไม่ใช่" in officer.say("ไม่ใช่")


def test_after_sending_wrong_leads_to_the_boxes(officer: Phone) -> None:
    send(officer)
    assert "ต้องการแก้ช่องใด" in officer.say("ผิด")
    officer.press("7-9 ครัวเรือน")
    assert f"{BOX_8}3,510" in officer.say("3510 3040")


def test_a_refused_change_is_mended_by_what_is_typed_next_and_no_other_box_takes_it(officer: Phone) -> None:
    go_to(officer, FIX_NUMBERS)
    assert "ครบ 3,400 มากกว่าที่ตรวจทานแล้ว 3,150" in officer.say("9=3400")
    shown = officer.say("3100")
    assert "ช่อง 9 ครัวเรือนที่มีรูปถ่ายและลายเซ็นครบ: เดิม 3,040 → ใหม่ 3,100" in shown
    assert "กรุณาพิมพ์ช่อง 19" in shown


def test_several_refused_changes_of_one_question_are_typed_again_together(officer: Phone) -> None:
    go_to(officer, FIX_NUMBERS)
    officer.say("8=3200 9=3400")
    shown = officer.say("3500 3400")
    assert f"{BOX_8}3,500" in shown
    assert "กรุณาพิมพ์ช่อง 19" in shown


def test_refused_changes_of_several_questions_are_kept_while_one_is_mended(officer: Phone) -> None:
    go_to(officer, FIX_NUMBERS)
    officer.say("5=30 9=3400")
    shown = officer.say("3100")
    assert "ช่อง 9 ครัวเรือนที่มีรูปถ่ายและลายเซ็นครบ: เดิม 3,040 → ใหม่ 3,100" in shown
    assert "ช่อง 5 หมู่บ้านที่ตรวจทานแล้ว: เดิม 21 → ใหม่ 30" in shown


@pytest.mark.parametrize("before", [[], ["เมนู"], ["พัก"], ["ขอบคุณ"], ["ทบทวน"]])
def test_several_boxes_in_one_message_in_every_state(officer: Phone, before: list[str]) -> None:
    go_to(officer, CASES)
    for words in before:
        officer.say(words)
    shown = officer.say("8=3200 9=3000")
    assert f"{BOX_8}3,200" in shown
    assert "ยังไม่ครบ: เดิม 110 → ใหม่ 200" in shown


def test_of_a_question_that_was_answered_anew_only_what_changed_is_told_as_changed(officer: Phone) -> None:
    go_to(officer, FINISH)
    officer.say("ย้อน")
    officer.say("ย้อน")
    shown = officer.say("3160 3040")
    assert shown.splitlines()[:2] == [f"{BOX_8}3,160", "ยังไม่ครบ: เดิม 110 → ใหม่ 120"]
    assert "คาดว่าจะแล้วเสร็จเมื่อใด" in shown
