"""Replying to a message with a quote of it: the value belongs to what was quoted, whatever is open by then."""

from __future__ import annotations

import pytest

from tests.integration.conversation.filling import ROUND_1, blank, filled
from tests.integration.conversation.reports import ANSWERS, CASES, FINISH, FIX_NUMBERS, HOUSEHOLDS, REVIEW, go_to, send
from tests.support.chat import Phone, Town

BOX_8 = "ช่อง 8 ครัวเรือนที่ตรวจทานแล้ว: เดิม 3,150 → ใหม่ 3,510"


def test_the_answer_to_a_quoted_question_changes_that_question(officer: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    question = officer.bubble()
    for answer in ANSWERS[HOUSEHOLDS:FIX_NUMBERS]:
        officer.say(answer)
    shown = officer.say("3510 3040", quoting=question)
    assert BOX_8 in shown
    assert "ยังไม่ครบ: เดิม 110 → ใหม่ 470" in shown
    assert "ช่อง 19" in shown


def test_a_number_under_a_quoted_question_never_answers_the_open_one(officer: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    question = officer.bubble()
    for answer in ANSWERS[HOUSEHOLDS:FIX_NUMBERS]:
        officer.say(answer)
    shown = officer.say("3510", quoting=question)
    assert "ได้รับตัวเลขเดียวคือ 3,510" in shown
    assert BOX_8 in officer.say("3510 3040")
    assert "19 ระเบียนปี 2562 ที่พบในฐานปี 2563: (ยังไม่ได้กรอก)" in officer.say("ทบทวน")


def test_a_read_back_that_is_quoted_is_corrected(officer: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    officer.say("3150 3040")
    assert BOX_8 in officer.say("3510 3040", quoting=officer.bubble())


def test_under_ones_own_earlier_message_a_value_changes_the_box_that_it_answered(officer: Phone) -> None:
    go_to(officer, FIX_NUMBERS)
    officer.say("4")
    own = officer.last_message_id()
    officer.say("ไม่มีข้อมูลที่อำเภอ")
    shown = officer.say("6", quoting=own)
    assert "ช่อง 19 ระเบียนปี 2562 ที่พบในฐานปี 2563: เดิม 4 → ใหม่ 6" in shown


def test_which_of_two_boxes_with_the_same_value_is_told_by_the_quote(officer: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    question = officer.bubble()
    officer.say("15 15")
    assert "อยู่ในหลายช่อง" in officer.say("ไม่ใช่ 15 เป็น 16")
    shown = officer.say("ไม่ใช่ 15 เป็น 12", quoting=question)
    assert "อยู่ในหลายช่อง" in shown


def test_a_correction_under_a_quote_means_the_quoted_boxes(officer: Phone) -> None:
    go_to(officer, FIX_NUMBERS)
    question = officer.bubble()
    officer.say("15")
    officer.say("ไม่มีข้อมูลที่อำเภอ")
    assert "อยู่ในหลายช่อง" in officer.say("ไม่ใช่ 15 เป็น 16")
    shown = officer.say("ไม่ใช่ 15 เป็น 16", quoting=question)
    assert "ช่อง 19 ระเบียนปี 2562 ที่พบในฐานปี 2563: เดิม 15 → ใหม่ 16" in shown


@pytest.mark.parametrize("words", ["แก้", "ผิด", "พิมพ์ผิด"])
def test_a_quoted_answer_that_is_called_wrong_is_asked_again(officer: Phone, words: str) -> None:
    go_to(officer, HOUSEHOLDS)
    officer.say("3150 3040")
    own = officer.last_message_id()
    officer.say("40 35 12 38 9")
    shown = officer.say(words, quoting=own)
    assert "กรุณาพิมพ์สองตัวเลข: ตรวจทานแล้ว · ครบ" in shown
    assert BOX_8 in officer.say("3510 3040")


def test_a_quoted_receipt_is_changed_by_box(officer: Phone) -> None:
    send(officer)
    shown = officer.say("8=3510", quoting=officer.bubble())
    assert BOX_8 in shown
    assert "บันทึกการแก้ไขเรียบร้อยแล้ว" in officer.press("ยืนยันการแก้ไข")


def test_a_quoted_question_of_a_sent_report_amends_it(officer: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    question = officer.bubble()
    for answer in ANSWERS[HOUSEHOLDS:]:
        officer.say(answer)
    officer.press("ยืนยันส่ง")
    shown = officer.say("3510 3040", quoting=question)
    assert BOX_8 in shown
    assert "ยืนยันการแก้ไข" in officer.labels()


def test_a_quote_takes_a_paused_report_up(officer: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    question = officer.bubble()
    officer.say("3150 3040")
    officer.say("พัก")
    shown = officer.say("3510 3040", quoting=question)
    assert BOX_8 in shown
    assert "กรุณาพิมพ์ห้าตัวเลขตามลำดับ" in shown


def test_a_doubtful_value_under_a_quote_is_confirmed_for_the_quoted_box(officer: Phone) -> None:
    go_to(officer, FIX_NUMBERS)
    question = officer.bubble()
    officer.say("4")
    assert '"พันห้า" บันทึกเป็น' in officer.say("พันห้า", quoting=question)
    assert "เดิม 4 → ใหม่ 1,500" in officer.say("ใช่")


def test_a_refused_value_is_mended_in_the_quoted_box(officer: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    question = officer.bubble()
    for answer in ANSWERS[HOUSEHOLDS:FIX_NUMBERS]:
        officer.say(answer)
    assert "ครบ 3,400 มากกว่าที่ตรวจทานแล้ว 3,150" in officer.say("3150 3400", quoting=question)
    assert BOX_8 in officer.say("3510 3400")


@pytest.mark.parametrize("words", ["ขอบคุณ", "เมนู", "ช่วยเหลือ", "ย้อน", "พัก"])
def test_words_that_steer_the_chat_steer_it_under_a_quote_too(officer: Phone, words: str) -> None:
    go_to(officer, CASES)
    plain = officer.say(words)
    twin = officer.town.person("อีกคน ตัวอย่าง", "officer", "4208")
    go_to(twin, CASES)
    quoting = twin.say(words, quoting=twin.bubble())
    assert quoting.splitlines()[0][:20] == plain.splitlines()[0][:20]


def test_what_is_quoted_from_elsewhere_or_from_somebody_else_is_an_ordinary_message(town: Town, officer: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    theirs = officer.bubble()
    other = town.person("อีกคน ตัวอย่าง", "officer", "4208")
    go_to(other, HOUSEHOLDS)
    assert "รับแล้ว: ตรวจทานแล้ว 3,150" in other.say("3150 3040", quoting=theirs)
    assert "๓.๑ 40" in other.say("40 35 12 38 9", quoting="no such id")


def test_the_quoted_card_is_no_box_of_its_own(officer: Phone) -> None:
    go_to(officer, REVIEW)
    shown = officer.say("3510", quoting=officer.bubble())
    assert "อุปสรรค: ไม่มี" in shown
    assert "3,150 จาก 6,240" in shown


def test_a_fill_in_text_may_quote_the_empty_one(officer: Phone) -> None:
    words = filled(blank(officer), ROUND_1)
    assert "โปรดตรวจก่อนส่ง" in officer.say(words, quoting=officer.bubble())


def test_a_pushed_reminder_that_is_quoted_means_its_report(officer: Phone) -> None:
    go_to(officer, FINISH)
    question = officer.bubble()
    assert "รับแล้ว: แล้วเสร็จ อังคารที่ 29 มิ.ย. 64" in officer.say("29 มิ.ย. 64", quoting=question)
