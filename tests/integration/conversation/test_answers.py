"""Answers to the questions of a report, in the shapes that people send them."""

from __future__ import annotations

import pytest

from tests.integration.conversation import reports
from tests.integration.conversation.reports import CASES, FINISH, FIX_NUMBERS, HOUSEHOLDS, PROBLEMS, VILLAGES, go_to
from tests.support.chat import Phone, Town

TAKEN = [
    (HOUSEHOLDS, "๓๑๕๐ ๓๐๔๐", "รับแล้ว: ตรวจทานแล้ว 3,150 · ครบ 3,040 · ยังไม่ครบ 110"),
    (HOUSEHOLDS, "3150/3040", "ตรวจทานแล้ว 3,150 · ครบ 3,040"),
    (HOUSEHOLDS, "3150\n3040", "ตรวจทานแล้ว 3,150 · ครบ 3,040"),
    (HOUSEHOLDS, "3150 กับ 3040", "ตรวจทานแล้ว 3,150 · ครบ 3,040"),
    (HOUSEHOLDS, "ครบ 3040 ตรวจแล้ว 3150", "ตรวจทานแล้ว 3,150"),
    (HOUSEHOLDS, "8=3150 9=3040", "ตรวจทานแล้ว 3,150 · ครบ 3,040"),
    (HOUSEHOLDS, "สามพันหนึ่งร้อยห้าสิบ สามพันสี่สิบ", "ตรวจทานแล้ว 3,150 · ครบ 3,040"),
    (CASES, "40 35 12 38 9", "รับแล้ว: ๓.๑ 40 · ๓.๒ 35 · ๓.๓ 12 · ๓.๔ 38 · ๓.๕ 9"),
    (FINISH, "28 มิ.ย. 64", "รับแล้ว: แล้วเสร็จ จันทร์ที่ 28 มิ.ย. 64"),
    (FIX_NUMBERS, "0", "รับแล้ว: ระเบียนปี 2562 ที่พบ 0"),
    (FIX_NUMBERS, "0 17=6240", "หน้า Dashboard 6,240"),
    (PROBLEMS, "โควิด-19, อาสาสมัครไม่พอ", "รับแล้ว: โควิด-19, อาสาสมัครไม่พอ"),
    (PROBLEMS, "ฝนตกหนัก เข้าหมู่บ้านไม่ได้", "อุปสรรค (ข้อความ): ฝนตกหนัก เข้าหมู่บ้านไม่ได้"),
]


@pytest.mark.parametrize(("question", "words", "shown"), TAKEN)
def test_an_answer_is_read_back_on_top_of_the_next_question(
    officer: Phone, question: int, words: str, shown: str
) -> None:
    go_to(officer, question)
    assert shown in officer.say(words)


DOUBTS = [
    (HOUSEHOLDS, "ครบ", '"ครบ" หมายถึง ตรวจทานแล้ว 6,240 · ครบ 6,240 ใช่หรือไม่', "รับแล้ว: ตรวจทานแล้ว 6,240 · ครบ 6,240"),
    (VILLAGES, "ทั้งหมด", "หมายถึง ตรวจทานแล้ว 47 · เซ็นรับรองแล้ว 47 ใช่หรือไม่", "ตรวจทานแล้ว 47 · เซ็นรับรองแล้ว 47"),
    (HOUSEHOLDS, "3 150 3 040", "บันทึกเป็น ตรวจทานแล้ว 3,150 · ครบ 3,040 ใช่หรือไม่", "ตรวจทานแล้ว 3,150 · ครบ 3,040"),
    (CASES, "๓.๑=40 ๓.๔=38", "บันทึกเป็น ๓.๑ 40 · ๓.๔ 38 ที่เหลือเป็น 0 ใช่หรือไม่", "๓.๑ 40 · ๓.๔ 38 · ๓.๒ 0 · ๓.๓ 0 · ๓.๕ 0"),
    (CASES, "ไม่เซ็น 40 ไม่อยู่ 38", "๓.๑ 40 · ๓.๔ 38 ที่เหลือเป็น 0 ใช่หรือไม่", "๓.๒ 0"),
    (CASES, "ไม่มี", '"ไม่มี" หมายถึง ๓.๑ 0 · ๓.๒ 0 · ๓.๓ 0 · ๓.๔ 0 · ๓.๕ 0 ใช่หรือไม่', "๓.๑ 0"),
    (FINISH, "สิ้นเดือน", '"สิ้นเดือน" คือ แล้วเสร็จ พุธที่ 30 มิ.ย. 64 ใช่หรือไม่', "แล้วเสร็จ พุธที่ 30 มิ.ย. 64"),
]


@pytest.mark.parametrize(("question", "words", "shown", "stored"), DOUBTS)
def test_a_doubtful_answer_is_read_back_as_it_would_stand_and_stored_after_a_yes(
    officer: Phone, question: int, words: str, shown: str, stored: str
) -> None:
    go_to(officer, question)
    assert shown in officer.say(words)
    assert officer.labels() == ["ใช่"]
    assert stored in officer.press("ใช่")


def test_instead_of_a_yes_the_right_number_or_a_no_may_be_typed(officer: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    officer.say("ครบ")
    assert "กรุณาพิมพ์สองตัวเลข" in officer.say("ไม่ใช่")
    officer.say("ครบ")
    assert "ตรวจทานแล้ว 3,150 · ครบ 3,040" in officer.say("3150 3040")


def test_a_yes_can_be_typed_and_a_yes_button_works_once(officer: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    officer.say("ครบ")
    yes = officer.buttons()[0]
    assert "ตรวจทานแล้ว 6,240" in officer.say("ใช่")
    assert "ปุ่มนี้มาจากเรื่องก่อนหน้า" in officer.touch(yes)


ASKED = [
    (HOUSEHOLDS, "3150", "ได้รับตัวเลขเดียวคือ 3,150", "900 850"),
    (HOUSEHOLDS, "3150 3040 40", "ได้รับ 3,150 · 3,040 · 40 มากกว่าจำนวนตัวเลขที่ถาม", "900 850"),
    (HOUSEHOLDS, "3,150,3,040", "ลูกน้ำคั่นหลักพันหรือคั่นระหว่างตัวเลข", "900 850"),
    (HOUSEHOLDS, "3150 -", "ขีด (-) อาจหมายถึง 0 หรือยังไม่มีข้อมูล", "900 850"),
    (HOUSEHOLDS, "ประมาณ 3000 2900", "เป็นค่าประมาณ", "900 850"),
    (HOUSEHOLDS, "เท่าเดิม", "ยังไม่มีค่าของครั้งก่อน", "900 850"),
    (HOUSEHOLDS, "ไม่ทราบเลยครับผม", "ข้ามไม่ได้", "900 850"),
    (HOUSEHOLDS, "กำลังรวบรวมข้อมูลจากทุกตำบล", "รับทราบ", ""),
    (CASES, "40 35 0 38", "ได้รับ 40 · 35 · 0 · 38 ยังไม่ครบตามที่ถาม", "ห้าตัวเลข: ๓.๑ · ๓.๒ · ๓.๓ · ๓.๔ · ๓.๕ เช่น 5 2 0 3 1"),
    (FINISH, "31 ก.พ. 64", "เดือนกุมภาพันธ์มี 28 วัน", "28 มิ.ย. 64"),
    (FINISH, "ไม่แน่นอน", "วันที่", "28 มิ.ย. 64"),
    (FIX_NUMBERS, "3 หรือ 4", "มีหลายค่า", "3"),
    (FIX_NUMBERS, "สักนิดหน่อย", "", "3"),
    (0, "9", "ไม่มีตัวเลือกนี้", "อยู่ระหว่างการจัดทำรายงาน"),
    (0, "3150", "ไม่มีตัวเลือกนี้", "อยู่ระหว่างการจัดทำรายงาน"),
]


@pytest.mark.parametrize(("question", "words", "understood", "example"), ASKED)
def test_what_cannot_be_taken_is_told_with_what_was_understood_and_an_example(
    officer: Phone, question: int, words: str, understood: str, example: str
) -> None:
    before = go_to(officer, question)
    shown = officer.say(words)
    assert understood in shown
    assert example in shown
    assert "ยังอ่านเป็นคำตอบไม่ได้" not in shown
    assert officer.say("ทำต่อ").splitlines()[-2:] == before.splitlines()[-2:]


def test_a_doubtful_month_is_settled_by_one_tap(officer: Phone) -> None:
    go_to(officer, FINISH)
    assert "ยังไม่แน่ใจ" in officer.say("16 ม.ย. 64")
    assert officer.labels() == ["ศุกร์ที่ 16 เม.ย. 64", "พุธที่ 16 มิ.ย. 64"]
    assert "รับแล้ว: แล้วเสร็จ พุธที่ 16 มิ.ย. 64" in officer.press("พุธที่ 16 มิ.ย. 64")


def test_the_second_time_help_by_a_person_is_offered(officer: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    officer.say("3150")
    assert officer.labels() == []
    officer.say("3150")
    assert "โทร. 0 4281 1773" in officer.press("คุยกับเจ้าหน้าที่จังหวัด")


def test_one_box_by_its_number_leaves_the_other_open(officer: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    assert "กรุณาพิมพ์ตัวเลข ครบ" in officer.say("ช่อง 8 3150")
    assert "8 ครัวเรือนที่ตรวจทานแล้ว: 3,150" in officer.say("ทบทวน")


def test_an_unreadable_box_never_costs_the_others(officer: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    shown = officer.say("8=3150 9=ประมาณ 3000")
    assert "ช่อง 9 ครัวเรือนที่มีรูปถ่ายและลายเซ็นครบ ยังอ่านค่าไม่ได้" in shown
    assert "9=850" in shown
    assert "รับแล้ว: ตรวจทานแล้ว 3,150" in shown


def test_units_lead_numbers_to_other_boxes_after_a_yes(officer: Phone) -> None:
    go_to(officer, VILLAGES)
    shown = officer.say("3150 ครัวเรือน 21 หมู่บ้าน")
    assert "บันทึกเป็น ครัวเรือนที่ตรวจทานแล้ว 3,150 · หมู่บ้านที่ตรวจทานแล้ว 21 ใช่หรือไม่" in shown
    assert "รับแล้ว: ตรวจทานแล้ว 3,150" in officer.press("ใช่")


IMPOSSIBLE = [
    (VILLAGES, "50 15", "50 มากกว่าทั้งหมด 47", ["แก้ช่อง 4", "แก้ช่อง 5"]),
    (HOUSEHOLDS, "3150 3400", "ครบ 3,400 มากกว่าที่ตรวจทานแล้ว 3,150", ["แก้ช่อง 8", "แก้ช่อง 9"]),
    (CASES, "40 35 12 9999 9", "กรณี ๓.๔ 9,999 ครัวเรือน มากกว่าที่ตรวจทานแล้ว 3,150", ["แก้ช่อง 8", "แก้ช่อง 13"]),
]


@pytest.mark.parametrize(("question", "words", "shown", "ways"), IMPOSSIBLE)
def test_an_impossible_value_is_refused_at_once_with_a_tap_to_each_box(
    officer: Phone, question: int, words: str, shown: str, ways: list[str]
) -> None:
    go_to(officer, question)
    refused = officer.say(words)
    assert shown in refused
    assert "ยังไม่ได้บันทึก" in refused
    assert officer.labels() == ways


def test_mending_one_of_two_refused_numbers_does_not_ask_the_other_again(officer: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    officer.say("3150 3400")
    assert "กรุณาพิมพ์ตัวเลข ครบ" in officer.press("แก้ช่อง 9")
    assert "รับแล้ว: ตรวจทานแล้ว 3,150 · ครบ 3,040 · ยังไม่ครบ 110" in officer.say("3040")


def test_or_both_may_be_typed_anew(officer: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    officer.say("3150 3400")
    officer.press("แก้ช่อง 9")
    assert "รับแล้ว: ตรวจทานแล้ว 3,500 · ครบ 3,400 · ยังไม่ครบ 100" in officer.say("3500 3400")


def test_a_required_box_cannot_be_skipped_but_the_report_can_be_paused(officer: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    shown = officer.say("ข้าม")
    assert "ครัวเรือนที่ตรวจทานแล้ว ข้ามไม่ได้" in shown
    assert "พิมพ์ พัก แล้วกลับมาทำต่อได้" in shown


def test_an_optional_question_can_be_left_empty(officer: Phone) -> None:
    go_to(officer, reports.KNOWN)
    officer.press("1 กรอกเอง")
    shown = officer.press("ข้ามช่องนี้")
    assert "เว้นว่างไว้: รายงานสัปดาห์ · ครั้งล่าสุด · ประชุม · วันที่ประชุม" in shown
    assert "มีปัญหา/อุปสรรค" in shown


def test_several_kinds_gather_until_enough(officer: Phone) -> None:
    go_to(officer, PROBLEMS)
    assert "เลือกแล้ว: โควิด-19" in officer.press("โควิด-19")
    assert "ไม่มี" not in officer.labels()
    officer.press("อาสาสมัครไม่พอ")
    assert "รับแล้ว: โควิด-19, อาสาสมัครไม่พอ" in officer.press("พอแล้ว")


@pytest.mark.parametrize("words", ["ตามแผน", "ตามแผนเลย", "15=ตามแผน"])
def test_a_suggested_day_can_be_typed_by_its_name(officer: Phone, words: str) -> None:
    go_to(officer, FINISH)
    assert "แล้วเสร็จ พุธที่ 30 มิ.ย. 64" in officer.say(words)


def test_a_bare_number_is_never_taken_for_the_suggested_day(officer: Phone) -> None:
    go_to(officer, FINISH)
    assert "30 มิ.ย. 64 (ตามแผน)" in officer.labels()
    assert "รับแล้ว" not in officer.say("1")


@pytest.mark.parametrize("words", ["ใช่", "ยืนยันส่ง", "ตกลง"])
def test_a_bare_yes_is_no_story_of_a_problem(officer: Phone, words: str) -> None:
    go_to(officer, PROBLEMS)
    assert "รับแล้ว" not in officer.say(words)
    assert "โควิด-19" in officer.labels()


def test_enough_can_be_typed_and_means_nothing_without_a_choice(officer: Phone) -> None:
    go_to(officer, PROBLEMS)
    assert "เลือกได้หลายอย่าง" in officer.say("พอแล้ว")
    officer.press("โควิด-19")
    assert "รับแล้ว: โควิด-19" in officer.say("พอแล้ว")


def test_none_is_not_offered_as_the_reason_of_a_row_that_is_not_started_nor_taken_when_typed(officer: Phone) -> None:
    officer.say("รายงาน")
    for words in ("ยังไม่ได้ดำเนินการ", "ยังไม่ได้ดำเนินการ", "0", "ไม่มีข้อมูลที่อำเภอ"):
        shown = officer.say(words)
    assert "โปรดระบุเหตุผล" in shown
    assert "ไม่มี" not in officer.labels()
    assert "โควิด-19" in officer.say("ไม่มี")
    assert "ไม่มี" not in officer.labels()
    officer.press("โควิด-19")
    assert "1 ตรวจทานครัวเรือน: ยังไม่ได้ดำเนินการ" in officer.press("พอแล้ว")


def test_all_done_by_the_register_is_one_tap(officer: Phone) -> None:
    for words in ("รายงาน", "เสร็จแล้ว"):
        officer.say(words)
    assert "ครบ 47 หมู่บ้าน · 6,240 ครัวเรือน" in officer.say("ทำแล้วทั้งสองอย่าง")
    shown = officer.press("1 ใช่")
    assert "กรุณาพิมพ์ตัวเลข ครบ" in shown
    shown = officer.say("6240")
    assert "ครบทุกครัวเรือนที่ตรวจทาน กรณี ๓.๓ และ ๓.๕ มีหรือไม่" in shown
    assert "ตรวจทานแล้วเสร็จเมื่อใด" in officer.say("0 1")


def test_a_long_story_is_asked_to_be_shorter(officer: Phone) -> None:
    go_to(officer, PROBLEMS)
    assert "ยาวเกินกว่าที่ช่องนี้บันทึกได้" in officer.say("ฝนตก " * 300)
    assert "ได้รับข้อความยาว 2,500 ตัวอักษร" in officer.say("ฝนตก " * 500)


def test_without_a_register_the_totals_are_asked_too(bare_town: Town) -> None:
    officer = bare_town.person("สมใจ ตัวอย่าง", "officer", "4207")
    go_to(officer, VILLAGES)
    assert "แต่ระบบยังไม่มียอดทั้งหมด" in officer.say("ครบ")
    assert "ทั้งหมด 47 · ตรวจทานแล้ว 21 · เซ็นรับรองแล้ว 15" in officer.say("47 21 15")
