"""Photos, stickers, voices, identity numbers, old buttons and other languages in the middle of a report."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.chat import InboxEvent
from models.media import Media
from tests.integration.conversation.reports import ANSWERS, HOUSEHOLDS, PROBLEMS, REVIEW, go_to, send
from tests.integration.services.towns import rows
from tests.support.chat import Phone, Town

NATIONAL_ID = "1101700230708"
"""Thirteen digits with a right check digit; nobody's."""


@pytest.mark.parametrize("question", range(len(ANSWERS) + 1))
def test_at_every_question_nothing_is_a_dead_end(officer: Phone, question: int) -> None:
    """Whatever is sent, the answer says where the report stands, and the answer to the question still works."""
    go_to(officer, question)
    for shown in (officer.other("sticker"), officer.other("audio"), officer.say("🙏"), officer.say("ฮ" * 2100)):
        assert "ค้างอยู่ที่" in shown
    assert "1 รายงาน" in officer.say("เมนู")
    assert "พิมพ์ รายงาน เพื่อกรอกหรือทำต่อ" in officer.say("ช่วยเหลือ")
    officer.photo()
    assert "ไม่ใช้รูปนี้ และลบแล้ว" in officer.press("ไม่ใช้รูปนี้")
    assert "พักไว้ให้แล้ว" in officer.say("พัก")
    officer.press("ทำต่อ")
    if question < len(ANSWERS):
        assert "รับแล้ว" in officer.say(ANSWERS[question])
    else:
        assert "ส่งรายงานเรียบร้อยแล้ว" in officer.say("ยืนยัน")


def test_a_photo_where_a_number_is_asked_can_be_attached(town: Town, officer: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    shown = officer.photo()
    assert "ได้รับรูปแล้วและเก็บไว้ให้" in shown
    assert "900 850" in shown
    shown = officer.press("เก็บรูปเป็นเอกสารแนบ")
    assert "เก็บรูปเป็นเอกสารแนบของครั้งที่ 1 แล้ว" in shown
    assert "กรุณาพิมพ์สองตัวเลข" in shown
    assert [media.obligation_id is not None for media in rows(town, select(Media))] == [True]


def test_a_photo_at_the_review_card(officer: Phone) -> None:
    go_to(officer, REVIEW)
    assert "ต้องการแนบรูปนี้กับรายงานหรือไม่" in officer.photo()
    assert "โปรดตรวจก่อนส่ง" in officer.press("เก็บรูปเป็นเอกสารแนบ")


def test_an_identity_number_is_refused_and_forgotten(town: Town, officer: Phone) -> None:
    go_to(officer, PROBLEMS)
    shown = officer.say(f"นายก บัตร {NATIONAL_ID} ไม่ยอมเซ็น")
    assert "ระบบไม่เก็บเลขนี้และลบออกแล้ว" in shown
    assert "ค้างอยู่ที่" in shown
    assert NATIONAL_ID not in str([event.payload for event in rows(town, select(InboxEvent))])


@pytest.mark.parametrize(("kind", "named"), [("video", "วิดีโอ"), ("location", "ไม่เก็บพิกัด"), ("file", "ยังอ่านไม่ได้")])
def test_what_was_sent_is_named(officer: Phone, kind: str, named: str) -> None:
    go_to(officer, HOUSEHOLDS)
    shown = officer.other(kind)
    assert named in shown
    assert "สองตัวเลข: ตรวจทานแล้ว · ครบ เช่น 900 850" in shown


def test_at_rest_unknown_kinds_point_to_the_menu(officer: Phone) -> None:
    assert "ระบบรับเฉพาะข้อความและรูป" in officer.other("audio")
    assert officer.labels() == ["เมนู"]
    assert "รับทราบ" in officer.other("sticker")
    assert "ไม่มีสิ่งที่ค้างอยู่ให้ยกเลิก" in officer.say("ยกเลิก")
    assert "เช่น เมนู" in officer.say("ฮ" * 2100)


def test_last_weeks_button_shows_what_stands_and_offers_the_change(officer: Phone) -> None:
    officer.say("รายงาน")
    done, reporting, *_ = officer.buttons()
    officer.touch(reporting)
    officer.press("1 ทำแล้วทั้งสองอย่าง")
    shown = officer.touch(done)
    assert "ขณะนี้ช่อง 1 สถานะ ตรวจทานครัวเรือน บันทึกไว้ว่า อยู่ระหว่างการจัดทำรายงาน" in shown
    assert officer.labels() == ["เปลี่ยนเป็น แล้วเสร็จ", "คงเดิม"]
    assert "กรุณาพิมพ์สองตัวเลข" in officer.press("คงเดิม")
    officer.touch(done)
    assert "ใหม่ แล้วเสร็จ" in officer.press("เปลี่ยนเป็น แล้วเสร็จ")


def test_an_old_button_that_agrees_with_what_stands_just_goes_on(officer: Phone) -> None:
    officer.say("รายงาน")
    reporting = officer.buttons()[1]
    officer.touch(reporting)
    assert "ขั้นตอนที่ดำเนินการแล้ว" in officer.touch(reporting)


def test_an_old_button_of_an_unnumbered_question(officer: Phone) -> None:
    go_to(officer, 1)
    letter = officer.buttons()[1]
    officer.press("1 ทำแล้วทั้งสองอย่าง")
    assert "ขั้นตอนที่ ๑-๒ บันทึกไว้ว่า ทำแล้วทั้งสองอย่าง" in officer.touch(letter)


def test_an_old_kind_of_problem_after_all_is_answered(officer: Phone) -> None:
    go_to(officer, PROBLEMS)
    covid = next(item for item in officer.buttons() if item["label"] == "โควิด-19")
    officer.press("ไม่มี")
    assert "บันทึกไว้ว่า ไม่มี" in officer.touch(covid)


GARBAGE = [
    "",
    "garbage",
    "do=nothing",
    "do=answer",
    "do=answer&o=999999&q=x&v=1",
    "do=house",
    "do=approve&id=77",
    "do=begin&o=x",
    "do=village&area=42",
    "do=join_yes",
]


@pytest.mark.parametrize("data", GARBAGE)
def test_a_button_that_means_nothing_here_is_answered(officer: Phone, data: str) -> None:
    go_to(officer, HOUSEHOLDS)
    assert officer.postback(data)


@pytest.mark.parametrize(
    "changed",
    ["q=t3_hh_checked&v=", "q=nothing&v=1", "q=t3_status&v=zzz", "q=t3_not_complete&v=1", "q=t4_weekly_count&v=1"],
)
@pytest.mark.parametrize("do", ["answer", "change", "pick"])
def test_a_button_whose_question_is_gone_leaves_everything(officer: Phone, do: str, changed: str) -> None:
    go_to(officer, HOUSEHOLDS)
    officer.say("แก้ช่อง 6")
    own = officer.say("แก้")
    assert own
    o = next(item["data"].split("o=")[1].split("&")[0] for item in officer.buttons())
    shown = officer.postback(f"do={do}&o={o}&s=t3_status&{changed}")
    assert "ปุ่มนี้มาจากเรื่องก่อนหน้า" in shown
    for other in ("yes", "enough", "step", "box", "send"):
        assert officer.postback(f"do={other}&o={o}&s=nothing&box=x&r=x")


def test_buttons_of_a_sent_report_say_that_it_was_sent(officer: Phone) -> None:
    officer.say("รายงาน")
    done = officer.buttons()[0]
    officer.say("พัก")
    send(officer)
    assert "ปุ่มนี้จึงไม่มีผล" in officer.touch(done)
    assert "ปุ่มนี้จึงไม่มีผล" in officer.postback(done["data"].replace("answer", "begin"))


def test_the_full_text_of_a_row_then_where_one_stands(officer: Phone) -> None:
    officer.say("รายงาน")
    assert "ข้อความเต็มของรายการที่ 1" in officer.press("ดูข้อความเต็ม")
    assert "ค้างอยู่ที่: สถานะ ตรวจทานครัวเรือน" in officer.say("ดูข้อความเต็ม")
    go_to(officer, 0)
    officer.say("เมนู")
    assert "ข้อความเต็ม" in officer.say("ข้อความเต็ม")


def test_the_date_picker_answers_where_the_phone_has_one(officer: Phone) -> None:
    go_to(officer, 5)
    assert "แล้วเสร็จ จันทร์ที่ 28 มิ.ย. 64" in officer.pick_date("เลือกวันอื่น", "2021-06-28")
    officer.say("ย้อน")
    assert officer.pick_date("เลือกวันอื่น", "no-date")


def test_english_is_spoken_to_who_asks_for_it_and_thai_again(officer: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    assert "Switched to English" in officer.say("English")
    assert "Please type two numbers: checked · complete" in officer.press("Continue")
    assert "Got it: checked 3,150 · complete 3,040 · not complete 110" in officer.say("3150 3040")
    assert "เปลี่ยนเป็นภาษาไทยแล้ว" in officer.say("ภาษาไทย")
    assert "กรุณาพิมพ์ห้าตัวเลขตามลำดับ" in officer.press("ทำต่อ")
    officer.say("พัก")
    assert "Switched to English" in officer.say("เปลี่ยนภาษา")


def test_an_english_phone_reports_in_english(town: Town) -> None:
    officer = town.person("Somjai Tuayang", "officer", "4207", language="en-US")
    officer.say("report")
    for words in ("in progress", "both", "21 15", "3150 3040", "40 35 12 38 9", "30/6/2021", "2", "0", "2"):
        officer.say(words)
    assert "Please check before sending" in officer.press("None")
    officer.press("View the form")
    assert "2 Letter asking for access: yes" in officer.say("review")
    officer.press("Continue")
    assert "Your report has been sent" in officer.press("Confirm and send")
    assert "3,150 → 3,200" in officer.say("8=3200")


def test_the_menu_answers_to_numbers_and_keeps_what_is_under_way(officer: Phone) -> None:
    go_to(officer, HOUSEHOLDS)
    officer.say("เมนู")
    officer.say("เมนู")
    assert "งานของอำเภอภูเรือ" in officer.say("2")
    assert "รับแล้ว: ตรวจทานแล้ว 3,150" in officer.say("3150 3040")
    officer.say("เมนู")
    assert "รับแล้ว: ๓.๑ 40" in officer.say("40 35 12 38 9")


def test_groups_are_not_answered(officer: Phone) -> None:
    assert officer.send({"type": "message", "message": {"type": "text", "text": "รายงาน"}}, mode="standby") == ""
    assert officer.send({"type": "something"}) == ""
