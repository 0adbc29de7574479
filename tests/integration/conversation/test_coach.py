"""The arithmetic coach: sums that do not agree wait for the card, each with its mending, and nothing is held up."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from bot.messages.gate import LINES_OF_A_CARD
from models.obligation import Draft, Report
from services.calendar import BANGKOK
from tests.integration.conversation.reports import ANSWERS, CASES, HOUSEHOLDS, REVIEW, VILLAGES, go_to, send
from tests.integration.services.towns import one, rows
from tests.support.chat import Phone, Town

GREY_AND_BUTTONS = 2

DASHBOARD = "ข้อสังเกต 1: ยอด Dashboard กับผลรวมตำบลต่างกัน 7"
UNLISTED = "ยังไม่ครบ 110 แต่แจกแจงไว้ 95 ขาดอีก 15 ครัวเรือนที่ยังไม่ระบุกรณี"


def at_review(officer: Phone, *edits: str) -> str:
    shown = go_to(officer, REVIEW)
    for words in edits:
        shown = officer.say(words)
    return shown


def test_a_remark_stands_on_the_card_with_its_mending_and_a_reason_to_give(officer: Phone) -> None:
    assert DASHBOARD in at_review(officer)
    assert officer.labels() == ["ยืนยันส่ง", "แก้ช่อง 17", "ระบุเหตุผล", "ดูแบบที่กรอก", "ดูแบบฟอร์ม", "แก้ไข"]


def test_nothing_is_said_of_sums_while_answering(officer: Phone) -> None:
    go_to(officer, CASES)
    assert "ขาดอีก" not in officer.say("40 35 0 30 9")


def test_a_report_with_remarks_can_be_sent_as_it_is(town: Town, officer: Phone) -> None:
    at_review(officer, "10=10", "6=30")
    assert "ส่งรายงานเรียบร้อยแล้ว" in officer.press("ยืนยันส่ง")
    assert one(town, select(Report)).explained == {}


def test_one_tap_asks_the_block_again_and_returns_to_the_card(officer: Phone) -> None:
    assert UNLISTED in at_review(officer, "10=10")
    shown = officer.press("แก้ช่อง 10-14")
    assert "ที่บันทึกไว้: ๓.๑ 10 · ๓.๒ 35" in shown
    shown = officer.say("40 35 12 38 9")
    assert "โปรดตรวจก่อนส่ง" in shown
    assert "ขาดอีก" not in shown


def test_one_tap_asks_a_single_box_and_returns_to_the_card(officer: Phone) -> None:
    at_review(officer)
    assert "ช่อง 17 ครัวเรือนตามหน้า Dashboard ของอำเภอ บันทึกไว้ว่า 6,247" in officer.press("แก้ช่อง 17")
    shown = officer.say("6240")
    assert "โปรดตรวจก่อนส่ง" in shown
    assert "ข้อสังเกต" not in shown


def test_a_reason_is_kept_word_for_word_and_no_longer_asked(town: Town, officer: Phone) -> None:
    at_review(officer)
    shown = officer.press("ระบุเหตุผล")
    assert "กรุณาพิมพ์เหตุผลในข้อความเดียว" in shown
    assert officer.labels() == ["1 ตรวจแล้ว ตรงตามจริง", "2 Dashboard ยังไม่ปรับยอด", "3 มีครัวเรือนย้ายเข้าหรือย้ายออก"]
    shown = officer.say("ช่อง 17 มีบ้านเลขที่ 12 ซ้ำ 7 หลัง")
    assert f"{DASHBOARD} (เหตุผล: ช่อง 17 มีบ้านเลขที่ 12 ซ้ำ 7 หลัง)" in shown
    assert officer.labels() == ["ยืนยันส่ง", "ดูแบบที่กรอก", "ดูแบบฟอร์ม", "แก้ไข"]
    assert one(town, select(Draft)).explained["t4_fix_hh_dashboard.soft"]["words"] == "ช่อง 17 มีบ้านเลขที่ 12 ซ้ำ 7 หลัง"
    officer.press("ยืนยันส่ง")
    assert one(town, select(Report)).explained["t4_fix_hh_dashboard.soft"]["figures"] == {
        "t4_fix_hh_dashboard": "6247",
        "t4_fix_hh_sum": "6240",
    }


def test_a_ready_reason_is_one_tap_or_its_number(officer: Phone) -> None:
    at_review(officer)
    officer.press("ระบุเหตุผล")
    assert "(เหตุผล: Dashboard ยังไม่ปรับยอด)" in officer.press("2 Dashboard ยังไม่ปรับยอด")
    officer.say("ระบุเหตุผล 1")
    assert "(เหตุผล: มีครัวเรือนย้ายเข้าหรือย้ายออก)" in officer.say("3")


def test_a_reason_is_gone_when_its_figures_change_and_others_stay(town: Town, officer: Phone) -> None:
    at_review(officer, "ระบุเหตุผล", "Dashboard ยังไม่ปรับยอด")
    assert "(เหตุผล: Dashboard ยังไม่ปรับยอด)" in officer.say("5=22")
    shown = officer.say("17=6250")
    assert "ข้อสังเกต 1: ยอด Dashboard กับผลรวมตำบลต่างกัน 10" in shown
    assert "เหตุผล:" not in shown
    assert one(town, select(Draft)).explained == {}


def test_a_change_of_a_sent_report_shows_what_it_moved_and_its_mending(officer: Phone) -> None:
    send(officer)
    shown = officer.say("แก้ 8=3510")
    assert "ยังไม่ครบ 470 แต่แจกแจงไว้ 125 ขาดอีก 345" in shown
    assert "Dashboard" not in shown
    assert "ฉบับแก้ไขที่ 1" in officer.press("ยืนยันการแก้ไข")


# -- running counts that fell since the last round ---------------------------------------------------------------------
def second_round(town: Town, officer: Phone, way: str = "แก้เฉพาะที่เปลี่ยน") -> str:
    send(officer)
    town.clock.civil = dt.datetime(2021, 6, 15, 9, 5, tzinfo=BANGKOK)
    officer.say("รายงาน")
    return officer.press(way)


def test_a_count_that_fell_is_told_with_both_figures_and_can_be_mended(town: Town, officer: Phone) -> None:
    second_round(town, officer)
    shown = officer.say("9=3030 10=45")
    assert "ช่อง 9 ครั้งก่อน 3,040 ครั้งนี้ 3,030 ลดลง 10" in shown
    assert "ข้อสังเกต 2: ช่อง 9 ครั้งก่อน 3,040" in officer.say("ดูข้อสังเกต")
    assert "บันทึกไว้ว่า 3,030" in officer.press("แก้ช่อง 9")
    assert "ลดลง" not in officer.say("3040") + officer.say("ดูข้อสังเกต")


def test_a_single_fallen_count_asks_whether_it_was_mistyped_or_is_right(town: Town, officer: Phone) -> None:
    second_round(town, officer)
    officer.say("17=6240")
    shown = officer.say("5=20")
    assert "ข้อสังเกต 1: ช่อง 5 ครั้งก่อน 21 ครั้งนี้ 20 ลดลง 1" in shown
    assert officer.labels()[1:3] == ["พิมพ์ผิด แก้ไข", "ถูกต้อง ระบุเหตุผล"]
    assert "กรุณาพิมพ์เหตุผล" in officer.say("ถูกต้อง")
    assert officer.labels() == ["1 ตรวจแล้ว ตรงตามจริง", "2 ครั้งก่อนนับเกิน"]
    shown = officer.say("ครั้งก่อนนับหมู่ 5 ซ้ำ")
    assert "ลดลง 1 (เหตุผล: ครั้งก่อนนับหมู่ 5 ซ้ำ)" in shown
    assert one(town, select(Draft)).explained["t3_villages_checked.fallen"]["before"] == "21"
    assert "ส่งรายงานเรียบร้อยแล้ว" in officer.say("ยืนยันส่ง")


def test_mistyped_typed_asks_the_box_again(town: Town, officer: Phone) -> None:
    second_round(town, officer)
    officer.say("17=6240 5=20")
    assert "ช่อง 5 หมู่บ้านที่ตรวจทานแล้ว บันทึกไว้ว่า 20" in officer.say("พิมพ์ผิด แก้ไข")
    assert "ลดลง" not in officer.say("21")


def test_a_count_that_fell_in_a_round_that_is_filled_in_afresh_is_told_too(town: Town, officer: Phone) -> None:
    second_round(town, officer, "กรอกใหม่")
    for words in (*ANSWERS[:VILLAGES], "20 15", *ANSWERS[HOUSEHOLDS:]):
        shown = officer.say(words)
    assert "ช่อง 5 ครั้งก่อน 21 ครั้งนี้ 20 ลดลง 1" in shown


def test_nothing_fell_when_figures_rise(town: Town, officer: Phone) -> None:
    second_round(town, officer)
    assert "ลดลง" not in officer.say("5=33 6=28 8=4720 9=4590")


def test_a_reason_stands_in_the_next_round_while_its_figures_do(town: Town, officer: Phone) -> None:
    at_review(officer, "ระบุเหตุผล", "Dashboard ยังไม่ปรับยอด", "ส่ง")
    town.clock.civil = dt.datetime(2021, 6, 15, 9, 5, tzinfo=BANGKOK)
    officer.say("รายงาน")
    officer.press("แก้เฉพาะที่เปลี่ยน")
    assert "(เหตุผล: Dashboard ยังไม่ปรับยอด)" in officer.say("5=33 6=28")
    officer.say("ส่ง")
    first, second = rows(town, select(Report).order_by(Report.id))
    assert first.explained == second.explained != {}


# -- asking why --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("words", ["ย้อน", "ยกเลิก", "ข้าม"])
def test_the_question_for_a_reason_can_be_left(town: Town, officer: Phone, words: str) -> None:
    at_review(officer, "ระบุเหตุผล")
    shown = officer.say(words)
    assert "โปรดตรวจก่อนส่ง" in shown
    assert "เหตุผล:" not in shown
    assert one(town, select(Draft)).explained == {}


@pytest.mark.parametrize("words", ["3200", "ขอบคุณ", "...", "ก" * 501])
def test_what_is_no_reason_is_asked_again(town: Town, officer: Phone, words: str) -> None:
    at_review(officer, "ระบุเหตุผล")
    shown = officer.say(words)
    assert "กรุณาพิมพ์" in shown
    assert "1 ตรวจแล้ว ตรงตามจริง" in officer.labels()
    assert one(town, select(Draft)).explained == {}
    assert "(เหตุผล: รอข้อมูล)" in officer.say("รอข้อมูล")


@pytest.mark.parametrize("words", ["17=6240", "แก้ 17=6240", "ไม่ใช่ 6247 เป็น 6240"])
def test_a_figure_that_is_changed_after_all_is_no_reason(officer: Phone, words: str) -> None:
    at_review(officer, "ระบุเหตุผล")
    shown = officer.say(words)
    assert "เดิม 6,247 → ใหม่ 6,240" in shown
    assert "ข้อสังเกต" not in shown


@pytest.mark.parametrize("words", ["เมนู", "ทบทวน", "ช่วยเหลือ"])
def test_commands_work_while_a_reason_is_asked_for_and_it_can_still_be_given(officer: Phone, words: str) -> None:
    at_review(officer, "ระบุเหตุผล")
    assert "เหตุผล:" not in officer.say(words)
    assert "(เหตุผล: รอข้อมูลจากหมู่บ้าน)" in officer.say("รอข้อมูลจากหมู่บ้าน")


def test_a_reason_may_speak_of_boxes_figures_and_commands(officer: Phone) -> None:
    for words in ("ช่อง 8 นับซ้ำ 20 หลัง", "ไม่มีข้อมูลจากหมู่ 5", "รายงานของตำบลมาช้า", "ยืนยันกับจังหวัดแล้ว 17 = 6247 ถูก"):
        shown = at_review(officer, "ระบุเหตุผล 1", words)
        assert f"(เหตุผล: {words})" in shown


def test_the_buttons_of_remarks_have_typed_twins(officer: Phone) -> None:
    at_review(officer, "10=10")
    assert "กรุณาพิมพ์ห้าตัวเลขตามลำดับ" in officer.say("แก้ช่อง 10-14")
    officer.say("40 35 0 30 9")
    assert "ข้อสังเกต 2: ยอด Dashboard" in officer.say("ระบุเหตุผล ข้อสังเกต 2")
    officer.say("ย้อน")
    assert "ข้อสังเกต 2: ยอด Dashboard" in officer.say("ดูข้อสังเกต")
    assert "ข้อสังเกต 1" not in officer.say("ข้อสังเกต 2")


def test_a_button_of_a_remark_that_is_gone_says_so(officer: Phone) -> None:
    at_review(officer)
    explain = officer.buttons()[2]
    officer.press("ระบุเหตุผล")
    ready = officer.buttons()[0]
    officer.say("17=6240")
    for old in (explain, ready):
        assert "ข้อสังเกตนี้ไม่มีแล้ว" in officer.touch(old)
    assert "ไม่มีข้อสังเกต" in officer.say("ดูข้อสังเกต")
    assert "ไม่มีข้อสังเกต" in officer.say("ระบุเหตุผล")


def test_remarks_of_a_report_that_was_sent_are_settled(officer: Phone) -> None:
    at_review(officer)
    explain = officer.buttons()[2]
    officer.press("ยืนยันส่ง")
    assert "ปุ่มนี้จึงไม่มีผล" in officer.touch(explain)


def test_a_colleague_sees_the_reason_that_was_given(officer: Phone, deputy: Phone) -> None:
    at_review(officer, "ระบุเหตุผล", "รอข้อมูลจากหมู่บ้าน")
    deputy.say("รายงาน")
    assert "(เหตุผล: รอข้อมูลจากหมู่บ้าน)" in deputy.press("ทำต่อ")


def test_many_remarks_stay_within_the_card_and_are_all_shown_on_request(officer: Phone) -> None:
    shown = at_review(officer, "5=9", "6=15", "10=10", "7=3000", "19=70000")
    assert len(shown.splitlines()) - GREY_AND_BUTTONS <= LINES_OF_A_CARD
    assert "ข้อสังเกต 1 จาก 5: หมู่บ้านที่เซ็นรับรองแล้ว 15 มากกว่าที่ตรวจทานแล้ว 9" in shown
    shown = officer.press("ดูข้อสังเกต")
    assert [f"ข้อสังเกต {number}:" in shown for number in range(1, 7)] == [True] * 5 + [False]
    assert officer.labels()[-1] == "ทำต่อ"
    officer.press("ระบุเหตุผล ข้อสังเกต 5")
    assert "โปรดตรวจก่อนส่ง" in officer.say("1")


def test_an_amendment_tells_only_of_what_it_changes_and_keeps_reasons(town: Town, officer: Phone) -> None:
    at_review(officer, "ระบุเหตุผล", "Dashboard ยังไม่ปรับยอด", "ส่ง")
    assert "Dashboard" not in officer.say("แก้ 8=3160")
    officer.press("ยืนยันการแก้ไข")
    first, second = rows(town, select(Report).order_by(Report.number))
    assert first.explained == second.explained != {}


def test_a_date_for_row_two_is_asked_once_it_is_overdue(town: Town, officer: Phone) -> None:
    town.clock.civil = dt.datetime(2021, 6, 17, 9, 5, tzinfo=BANGKOK)
    officer.say("รายงานครั้งที่ 2")
    for words in ANSWERS[:7]:
        shown = officer.say(words)
    assert "รายการที่ 2 เลยกำหนด 16 มิ.ย. 64 แล้ว คาดว่าจะแล้วเสร็จเมื่อใด" in shown
    officer.say("28 มิ.ย. 64")
    for words in ANSWERS[7:]:
        shown = officer.say(words)
    assert "รายการที่ 2 คาดว่าแล้วเสร็จ จันทร์ที่ 28 มิ.ย. 64" in shown


def test_a_date_that_is_still_missing_is_one_tap_away(town: Town, officer: Phone) -> None:
    send(officer)
    town.clock.civil = dt.datetime(2021, 6, 17, 9, 5, tzinfo=BANGKOK)
    officer.say("รายงานครั้งที่ 2")
    officer.press("แก้เฉพาะที่เปลี่ยน")
    officer.say("5=33 17=6240")
    assert "รายการที่ 2 เลยกำหนด 16 มิ.ย. 64 ยังไม่ได้ระบุวันที่คาดว่าจะแล้วเสร็จ" in officer.say("ดูข้อสังเกต")
    assert "คาดว่าจะแล้วเสร็จเมื่อใด" in officer.touch(officer.buttons()[0])
    officer.say("28 มิ.ย. 64")
    assert "ไม่มีข้อสังเกต" in officer.say("ดูข้อสังเกต")


def test_the_card_speaks_english(town: Town) -> None:
    officer = town.person("Somjai", "officer", "4207", language="en")
    officer.say("report")
    for words in ("2", "1", "21 15", "3150 3040", "40 35 0 30 9", "30/6/2021", "2", "0", "2", "None"):
        shown = officer.say(words)
    assert "110 not complete but 105 listed: 5 more households have no case yet" in shown
    assert "Edit boxes 10-14" in officer.labels()
    shown = officer.say("Give the reason, remark 1")
    assert "Please type the reason in one message" in shown
    assert "Taken: the reason for remark 1" in officer.say("Waiting for the villages")
    assert "(reason: Waiting for the villages)" in officer.say("See the remarks")
