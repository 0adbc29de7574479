"""What stands around a question of any form: groups once, notes on the way, long labels, the form's own words."""

from __future__ import annotations

from tests.support.form_chat import FormChat
from tests.unit.bot.conversation.test_walking import group, note, text
from tests.unit.bot.forms.sheets import Row, form_of, number

LONG = "In the last twelve months, how many times did anybody of this household have to go without clean water? " * 4


def opened(*survey: Row, **settings: str) -> FormChat:
    chat = FormChat(form_of(list(survey), None, **settings))
    chat.say("รายงาน")
    return chat


def test_notes_that_stand_alone_come_with_the_next_question_and_groups_are_named_once() -> None:
    inner = group("inner", text("b", label="ข้อสอง"), text("c", label="ข้อสาม"), label="กลุ่มใน")
    chat = opened(
        note("n1", "อ่านก่อน"), *group("g", note("n2", "เรื่องบ้าน"), text("a", label="ข้อหนึ่ง"), *inner, label="กลุ่ม")
    )
    assert chat.said.endswith("อ่านก่อน\nกลุ่ม\nเรื่องบ้าน\nข้อหนึ่ง\nกรุณาพิมพ์คำตอบ\nเหลือ 3 คำถาม · พิมพ์ เมนู ได้ทุกเมื่อ")
    assert "กลุ่มใน\nข้อสอง" in chat.say("x")
    shown = chat.say("y")
    assert "ข้อสาม" in shown
    assert "กลุ่ม" not in shown


def test_notes_of_what_does_not_apply_are_left_out() -> None:
    chat = opened(number("a"), note("n", "เกินสิบ", relevant="${a} > 10"), text("b", label="ต่อไป"))
    assert "เกินสิบ" not in chat.say("5")
    chat = opened(number("a"), note("n", "เกินสิบ", relevant="${a} > 10"), text("b", label="ต่อไป"))
    assert "เกินสิบ\nต่อไป" in chat.say("50")


def test_notes_after_the_last_question_stand_on_the_review_card() -> None:
    chat = opened(text("a"), note("thanks", "ขอบคุณที่ตอบ"))
    assert "ขอบคุณที่ตอบ" not in chat.said
    assert "ขอบคุณที่ตอบ" in chat.say("x")


def test_a_label_as_long_as_a_page_goes_before_the_request_and_is_told_whole() -> None:
    chat = opened(number("a", label=LONG.strip()))
    assert LONG.strip() in chat.said
    assert len(chat.turn.bubbles) == 3
    last = chat.turn.bubbles[-1]
    assert len(last.lines) == 3
    assert "…" in str(last.lines[0])


def test_markup_is_not_shown() -> None:
    chat = opened(
        text("a", label="**กรุณา** ตอบ <span style='color:red'>ทุกข้อ</span> และ [อ่าน](https://example.org) 3*4")
    )
    assert "กรุณา ตอบ ทุกข้อ และ อ่าน https://example.org 3*4" in chat.said


def test_a_form_names_its_own_report() -> None:
    chat = opened(text("who"), instance_name="concat('บ้านของ ', ${who})")
    assert chat.say("สมศรี").startswith("โปรดตรวจก่อนส่ง · บ้านของ สมศรี")


def test_a_required_box_says_so_in_the_forms_words() -> None:
    chat = opened(number("a", label="อายุ", required="yes", required_message="ต้องทราบอายุ"))
    shown = chat.say("ข้าม")
    assert "ต้องทราบอายุ" in shown
    assert "เช่น 12" in shown


def test_languages_are_found_by_name_and_missing_ones_fall_back() -> None:
    both = {"type": "text", "name": "a", "label": "", "label::Thai": "ชื่อ", "label::English": "Name"}
    assert "ชื่อ\n" in opened(both, default_language="English").said
    other = {
        "type": "text",
        "name": "a",
        "label": "",
        "label::Deutsch (de)": "Name des Kindes",
        "label::Español (es)": "Nombre",
    }
    assert "Nombre\n" in opened(other, default_language="Español (es)").said


def test_what_is_only_shown_is_told_with_its_value() -> None:
    shown = {"type": "text", "name": "b", "label": "รหัส", "readonly": "yes", "default": "A-7"}
    assert "รหัส A-7\nข้อต่อไป" in opened(shown, text("c", label="ข้อต่อไป")).said


def test_a_paused_report_says_at_which_question_it_stands() -> None:
    chat = opened(text("a", label="ชื่อ"), text("b", label="ที่อยู่"))
    chat.say("สมศรี")
    chat.say("พัก")
    assert "กรอกค้างไว้ที่ ที่อยู่" in chat.say("รายงาน")
