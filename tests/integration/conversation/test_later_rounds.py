"""The second and third report of an area: as last round, only what changed, or afresh; counted as people feel it."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select, update

from bot.forms.values import Values, from_json
from models.campaign import KnownValue
from models.obligation import Answer, Draft, Report
from services.calendar import BANGKOK
from tests.integration.conversation.reports import send
from tests.support.chat import Phone, Town
from tests.support.loaded import town_on
from tests.support.screen import screen

SECOND = dt.datetime(2021, 6, 15, 9, 0, tzinfo=BANGKOK)
THIRD = dt.datetime(2021, 6, 22, 9, 0, tzinfo=BANGKOK)
CHANGED, SAME, AFRESH = "แก้เฉพาะที่เปลี่ยน", "เหมือนครั้งก่อนทั้งหมด", "กรอกใหม่"
NINE = "5=33 6=28 8=4720 9=4590 10=44 11=38 12=10 13=52 14=14"


@pytest.fixture
def second(town: Town, officer: Phone) -> Phone:
    """The officer on the morning when round 2 opens; round 1 is sent."""
    send(officer)
    return move(town, SECOND, officer)


def move(town: Town, when: dt.datetime, phone: Phone) -> Phone:
    town.work()
    town.clock.civil = when
    phone.turns = phone.typed = 0
    return phone


def reminded(town: Town, phone: Phone) -> str:
    """The reminder that this phone hears now; its buttons can be tapped."""
    for row in town.runtime.reminders.plan():
        town.queue.ring("send_outbox", row)
    town.work()
    body = next(body for body, _key in town.line.pushes[::-1] if body["to"] == phone.user_id)
    phone.heard = list(body["messages"])
    return screen(phone.heard)


def draft(town: Town) -> Values:
    with town.runtime.sessions() as session:
        stored = session.scalars(select(Draft)).one()
        return from_json(town.runtime.forms.get(session, stored.form_version_id), stored.answers)


def origins(town: Town, round_number: int) -> dict[str, tuple[str, str]]:
    """Value and origin of each box of the newest report."""
    town.work()
    with town.runtime.sessions() as session:
        report = session.scalars(select(Report).order_by(Report.id.desc()).limit(1)).one()
        assert f"-{round_number}-" in report.reference
        rows = session.scalars(select(Answer).where(Answer.report_id == report.id))
        return {row.name: (row.value, row.origin) for row in rows}


def test_the_reminder_of_a_later_round_has_the_main_figure_and_the_three_ways(town: Town, second: Phone) -> None:
    shown = reminded(town, second)
    assert "ครั้งก่อน: ตรวจทานแล้ว 3,150 จาก 6,240 (50%)" in shown
    assert second.labels() == [CHANGED, SAME, AFRESH]


def test_where_no_earlier_round_was_sent_the_reminder_is_that_of_a_first_report(town: Town, officer: Phone) -> None:
    move(town, SECOND, officer)
    assert "ตัวเลขที่ควรเตรียม" in reminded(town, officer)
    assert officer.labels()[0] == "เริ่มรายงาน"


def test_an_unchanged_round_is_three_taps_from_the_reminder_to_the_receipt(town: Town, second: Phone) -> None:
    reminded(town, second)
    asked = second.press(SAME)
    assert "ใช้ค่าครั้งที่ 1 แล้ว 15 ช่อง" in asked
    assert "ยังเท่ากับครั้งก่อน เพราะเหตุใด" in asked
    review = second.press("4 โควิด-19")
    assert "เหมือนครั้งที่ 1 ทุกช่องที่ท่านกรอก" in review
    assert "ข้อมูล ณ อังคารที่ 15 มิ.ย. 64" in review
    assert "ยังไม่คืบหน้าเพราะ โควิด-19" in review
    assert "ส่งรายงานเรียบร้อยแล้ว" in second.press("ยืนยันส่ง")
    assert (second.turns, second.typed) == (3, 0)


def test_nine_changed_boxes_are_one_message_and_three_turns(town: Town, second: Phone) -> None:
    reminded(town, second)
    card = second.press(CHANGED)
    assert "5 ตรวจทานแล้ว 21 · 6 เซ็นรับรองแล้ว 15" in card
    assert "8 ตรวจทานแล้ว 3,150 · 9 ครบ 3,040" in card
    assert "10 ๓.๑ 40 · 11 ๓.๒ 35 · 12 ๓.๓ 12 · 13 ๓.๔ 38 · 14 ๓.๕ 9" in card
    review = second.say(NINE)
    assert "เปลี่ยน 9 ช่อง จากครั้งที่ 1" in review
    assert "หมู่บ้าน/ชุมชน: 5 ตรวจทานแล้ว 21 → 33 · 6 เซ็นรับรองแล้ว 15 → 28" in review
    assert "8 ตรวจทานแล้ว 3,150 → 4,720 (76%) · 9 ครบ 3,040 → 4,590" in review
    assert "10-14 กรณียกเว้น 40 35 12 38 9 → 44 38 10 52 14" in review
    assert "ช่องอื่นเหมือนครั้งที่ 1 · ข้อมูล ณ อังคารที่ 15 มิ.ย. 64" in review
    assert "ส่งรายงานเรียบร้อยแล้ว" in second.press("ยืนยันส่ง")
    assert second.turns == 3
    assert second.typed <= 70


def test_what_was_carried_is_marked_for_the_officer_and_for_who_reviews(town: Town, second: Phone) -> None:
    second.say("รายงาน")
    second.press(SAME)
    form = second.say("ทบทวน")
    for line in ("1 สถานะ: อยู่ระหว่างการจัดทำรายงาน", "2 ทำหนังสือขอเข้าพื้นที่: ใช่", "8 ครัวเรือนที่ตรวจทานแล้ว: 3,150"):
        assert f"{line} (ครั้งก่อน)" in form
    assert "4 หมู่บ้าน/ชุมชนทั้งหมด: 47 (ทะเบียน)" in form
    assert "28 ข้อมูล ณ วันที่: อังคารที่ 15 มิ.ย. 64\n" in form
    second.say("โควิด")
    second.say("ยืนยัน")
    stored = origins(town, 2)
    assert stored["t3_hh_checked"] == ("3150", "last")
    assert stored["t3_status"] == ("reporting", "last")
    assert stored["t3_villages_total"] == ("47", "known")
    assert stored["as_of"] == ("2021-06-15", "default")
    assert stored["no_progress_kind"] == ("covid", "typed")


def test_a_carried_answer_that_is_changed_is_a_typed_one(town: Town, second: Phone) -> None:
    second.say("รายงาน")
    second.press(SAME)
    second.say("8=3200")
    second.say("ยืนยัน")
    stored = origins(town, 2)
    assert stored["t3_hh_checked"] == ("3200", "typed")
    assert stored["t3_hh_complete"] == ("3040", "last")


def test_the_third_round_carries_what_the_second_carried_and_asks_for_the_reason_again(
    town: Town, second: Phone
) -> None:
    second.say("รายงาน")
    second.press(SAME)
    second.say("ฝนตกหนัก เข้าหมู่บ้านไม่ได้")
    second.say("ยืนยัน")
    third = move(town, THIRD, second)
    assert "ครั้งที่ 2: ตรวจทานแล้ว 3,150" in third.say("รายงาน")
    shown = third.press(SAME)
    assert "เพราะเหตุใด" in shown
    assert "คาดว่าจะแล้วเสร็จเมื่อใด" not in shown, "what may stay empty costs no turn"
    shown = third.say("น้ำท่วม")
    assert "ยังไม่คืบหน้าเพราะ น้ำท่วม" in shown
    assert "รายการที่ 2 เลยกำหนด 16 มิ.ย. 64" in shown
    third.say("ยืนยัน")
    assert origins(town, 3)["t3_hh_checked"] == ("3150", "last")


@pytest.mark.parametrize("words", [SAME, "เหมือนเดิม", "2", "เท่าเดิมค่ะ", "All as last round"])
def test_every_way_can_be_typed_where_a_computer_shows_the_card(second: Phone, words: str) -> None:
    """LINE for PC has no quick replies, and some people never tap."""
    second.say("รายงาน")
    assert not any("quickReply" in message for message in second.heard)
    assert "เพราะเหตุใด" in second.say(words)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("เหมือนครั้งก่อนทั้งหมด", "ใช้ค่าครั้งที่ 1"),
        ("แก้เฉพาะที่เปลี่ยน", "ค่าครั้งที่ 1 (แก้เฉพาะที่เปลี่ยน)"),
        ("กรอกใหม่", "สถานะปัจจุบันเป็นอย่างไร"),
        ("เหมือนเดิม", "ใช้ค่าครั้งที่ 1"),
    ],
)
def test_the_buttons_of_a_reminder_can_be_typed(second: Phone, words: str, shown: str) -> None:
    assert shown in second.say(words)


def test_what_is_none_of_the_ways_shows_them_again(second: Phone) -> None:
    second.say("รายงาน")
    shown = second.say("อะไรสักอย่าง")
    assert 'ได้รับว่า "อะไรสักอย่าง"' in shown
    assert second.labels() == [CHANGED, SAME, AFRESH]


@pytest.mark.parametrize(
    "words",
    [
        NINE,
        "33 28 4720 4590 44 38 10 52 14 0",
        "๓๓ ๒๘ ๔,๗๒๐ ๔,๕๙๐ ๔๔ ๓๘ ๑๐ ๕๒ ๑๔ ๐",
        "5=33\n6=28\n8=4720\n9=4590\n10=44\n11=38\n12=10\n13=52\n14=14",
        f"{NINE} ที่เหลือเท่าเดิม",
    ],
)
def test_what_changed_may_have_any_shape(second: Phone, words: str) -> None:
    second.say("รายงาน")
    second.press(CHANGED)
    shown = second.say(words)
    assert "เปลี่ยน 9 ช่อง จากครั้งที่ 1" in shown
    assert "10-14 กรณียกเว้น 40 35 12 38 9 → 44 38 10 52 14" in shown


def test_what_changed_may_come_in_several_messages(second: Phone) -> None:
    second.say("รายงาน")
    second.press(CHANGED)
    assert "เปลี่ยน 2 ช่อง" in second.say("5=33 6=28")
    shown = second.say("ครบ 3100")
    assert "เปลี่ยน 3 ช่อง" in shown
    assert "ครัวเรือน: 9 ครบ 3,040 → 3,100" in shown
    assert "ส่งรายงานเรียบร้อยแล้ว" in second.say("ยืนยัน")


def test_what_changed_may_be_typed_before_any_way_is_chosen(second: Phone) -> None:
    second.say("รายงาน")
    assert "เปลี่ยน 9 ช่อง จากครั้งที่ 1" in second.say(NINE)


def test_new_values_after_the_reminder_are_of_the_new_round_and_never_change_the_one_that_was_sent(
    town: Town, second: Phone
) -> None:
    shown = second.say("8=4720 9=4590")
    assert "รับเป็นค่าของครั้งที่ 2" in shown
    assert "ครั้งที่ 2 อำเภอภูเรือ" in shown
    assert draft(town).get("t3_hh_checked") == "4720"
    assert "โปรดตรวจการแก้ไข · ครั้งที่ 1" not in shown


def test_the_word_for_correcting_still_means_the_report_that_was_sent(second: Phone) -> None:
    assert "โปรดตรวจการแก้ไข · ครั้งที่ 1" in second.say("แก้ 8=3510")


def test_a_change_that_moves_no_running_count_asks_for_the_reason_too(second: Phone) -> None:
    second.say("รายงาน")
    second.press(CHANGED)
    assert "เพราะเหตุใด" in second.say("10=44")
    shown = second.say("โควิด")
    assert "เปลี่ยน 1 ช่อง จากครั้งที่ 1" in shown
    assert "เหตุที่ยังไม่คืบหน้า: โควิด-19" in shown


def test_nothing_to_change_after_all_leads_on(second: Phone) -> None:
    second.say("รายงาน")
    second.press(CHANGED)
    assert "เพราะเหตุใด" in second.say("ไม่เปลี่ยน")


def test_a_number_without_its_box_is_not_guessed(town: Town, second: Phone) -> None:
    second.say("รายงาน")
    second.press(CHANGED)
    second.say("4720")
    assert draft(town).get("t3_hh_checked") == "3150"


def test_a_status_is_changed_from_the_card_and_what_follows_is_asked(second: Phone) -> None:
    second.say("รายงาน")
    second.press(CHANGED)
    shown = second.say("1=แล้วเสร็จ")
    assert "ครบ 47 หมู่บ้าน" in shown
    assert "1 สถานะ ตรวจทานครัวเรือน อยู่ระหว่างการจัดทำรายงาน → แล้วเสร็จ" in second.press("1 ใช่")


def test_a_running_count_that_fell_stands_beside_what_changed(second: Phone) -> None:
    second.say("รายงาน")
    second.press(CHANGED)
    shown = second.say("8=3100")
    assert "8 ตรวจทานแล้ว 3,150 → 3,100 (50%)" in shown
    assert "ลดลง 50" in shown


def test_as_last_time_answers_a_question_a_box_and_the_rest(town: Town, second: Phone) -> None:
    second.say("รายงาน")
    second.press(AFRESH)
    assert "รับแล้ว (เหมือนครั้งก่อน): อยู่ระหว่างการจัดทำรายงาน" in second.say("เท่าเดิม")
    assert "ตรวจทานแล้ว 21 · เซ็นรับรองแล้ว 15" in second.say("=")
    assert "รับแล้ว: ตรวจทานแล้ว 3,200 · ครบ 3,040" in second.say("8=3200 9=เท่าเดิม")
    values = draft(town)
    assert values.answers["t3_hh_complete"].origin == "last"
    assert values.answers["t3_hh_checked"].origin == "typed"
    assert "เปลี่ยน 2 ช่อง จากครั้งที่ 1" in second.say("10=41 ที่เหลือเท่าเดิม")


def test_as_last_time_answers_a_date(town: Town, second: Phone) -> None:
    second.say("กรอกใหม่")
    for words in ("อยู่ระหว่าง", "22 16", "3200 3100", "40 35 12 38 9"):
        second.say(words)
    assert "แล้วเสร็จ พุธที่ 30 มิ.ย. 64" in second.say("เหมือนครั้งก่อน")
    assert draft(town).answers["t3_finished_on"].origin == "last"


@pytest.mark.parametrize("words", ["เท่าเดิม", "=", "เหมือนครั้งก่อน"])
def test_in_the_first_round_there_is_nothing_to_be_the_same_as(officer: Phone, words: str) -> None:
    officer.say("รายงาน")
    assert "ยังไม่มีค่าของครั้งก่อน" in officer.say(words)
    officer.say("อยู่ระหว่าง")
    officer.say("1")
    assert "ยังไม่มีค่าของครั้งก่อน" in officer.say(words)


def test_the_whole_as_last_time_in_the_first_round_is_said_to_be_impossible(officer: Phone) -> None:
    officer.say("รายงาน")
    shown = officer.say(SAME)
    assert "ก่อนครั้งที่ 1 ยังไม่มีรายงานที่ส่งแล้ว" in shown
    assert "สถานะปัจจุบันเป็นอย่างไร" in shown


def test_what_was_typed_stays_when_the_rest_is_carried_and_when_it_is_taken_out_again(
    town: Town, second: Phone
) -> None:
    second.say("กรอกใหม่")
    second.say("อยู่ระหว่าง")
    second.say("33 28")
    assert "เปลี่ยน 2 ช่อง จากครั้งที่ 1" in second.say(SAME)
    assert draft(town).get("t3_villages_checked") == "33"
    assert "ที่ท่านพิมพ์ไว้ครั้งนี้ยังอยู่" in second.say(AFRESH)
    values = draft(town)
    assert (values.get("t3_villages_checked"), values.get("t3_hh_checked")) == ("33", "")
    assert "ค่าครั้งที่ 1 (แก้เฉพาะที่เปลี่ยน)" in second.say(CHANGED)


def test_an_old_button_never_takes_away_what_was_typed_since(town: Town, second: Phone) -> None:
    reminded(town, second)
    same = next(action for action in second.buttons() if action["label"] == SAME)
    second.press(AFRESH)
    second.say("อยู่ระหว่าง")
    second.say("33 28")
    assert "เปลี่ยน 2 ช่อง จากครั้งที่ 1" in second.touch(same)
    second.say("ยืนยัน")
    assert "ปุ่มนี้จึงไม่มีผล" in second.touch(same)


def test_a_colleagues_half_filled_report_is_shown_and_not_filled_in(town: Town, second: Phone, deputy: Phone) -> None:
    reminded(town, second)
    old = list(second.heard)
    second.press(AFRESH)
    second.say("อยู่ระหว่าง")
    deputy.heard = old
    assert "สมใจ ตัวอย่าง กรอกไว้ถึงรายการที่ 1" in deputy.press(SAME)
    assert draft(town).get("t3_hh_checked") == ""
    deputy.press("ทำต่อ")
    assert "เปลี่ยน" not in deputy.say(SAME)
    assert draft(town).get("t3_hh_checked") == "3150"


def test_a_deputy_sends_what_the_officer_carried(second: Phone, deputy: Phone) -> None:
    second.say("รายงาน")
    second.press(SAME)
    deputy.say("รายงาน")
    deputy.press("ทำต่อ")
    deputy.press("4 โควิด-19")
    assert "ส่งรายงานเรียบร้อยแล้ว" in deputy.say("ยืนยัน")


def test_going_back_from_the_reason_reaches_the_answers_that_were_carried(second: Phone) -> None:
    second.say("รายงาน")
    second.press(SAME)
    shown = second.say("ย้อน")
    assert "ย้อนกลับแล้ว" in shown
    assert "เพราะเหตุใด" not in shown


def test_a_missed_first_round_leaves_the_second_without_a_last_one_and_stays_owed(town: Town, officer: Phone) -> None:
    move(town, SECOND, officer)
    officer.say("รายงาน")
    assert "สถานะปัจจุบันเป็นอย่างไร" in officer.press("ครั้งที่ 2")
    officer.say("พัก")
    officer.say("รายงาน")
    assert officer.labels() == ["ครั้งที่ 2", "ครั้งที่ 1 (บันทึกว่าส่งหลังกำหนด)"]


def test_a_carried_value_that_is_no_longer_possible_is_asked_again(town: Town, second: Phone) -> None:
    with town.runtime.sessions() as session, session.begin():
        session.execute(
            update(KnownValue)
            .where(KnownValue.name == "t3_villages_total", KnownValue.area_code == "4207")
            .values(value="20")
        )
    second.say("รายงาน")
    shown = second.press(SAME)
    assert "4 ทั้งหมด 20 (ทะเบียน)" in shown
    assert "ตรวจทานแล้ว" in shown
    assert "เปลี่ยน 1 ช่อง จากครั้งที่ 1" in second.say("20")


def test_steps_that_are_done_and_meetings_that_were_held_are_not_asked_again(bare_town: Town) -> None:
    officer = bare_town.person("สมใจ ตัวอย่าง", "officer", "4207")
    for words in ("รายงาน", "2", "1", "47 21 15", "6240 3150 3040", "40 35 12 38 9", "30 มิ.ย. 64", "2"):
        officer.say(words)
    for words in ("6247 6240 0 1 2", "ใช่", "กรอกเอง", "23=1 24=7/6/64 25=1 26=28/5/64", "ไม่มี", "ยืนยัน"):
        officer.say(words)
    move(bare_town, SECOND, officer)
    officer.say("กรอกใหม่")
    assert "ขั้นตอนที่ดำเนินการแล้ว" not in officer.say("อยู่ระหว่าง")
    form = officer.say("ทบทวน")
    assert "2 ทำหนังสือขอเข้าพื้นที่: ใช่ (ครั้งก่อน)" in form
    assert "25 ประชุมประจำเดือนแล้ว: 1 (ครั้งก่อน)" in form
    assert "26 วันที่ประชุม: 28/5/64 (ครั้งก่อน)" in form


def test_the_province_too_may_leave_its_figures_as_they_were(town: Town, staff: Phone) -> None:
    for words in ("ตัวเลขจากจังหวัด", "ทราบ", "23=1 24=7/6/64", "25=1 26=28/5/64", "ยืนยัน"):
        staff.say(words)
    move(town, SECOND, staff)
    assert "ครั้งที่ 2" in staff.say("ตัวเลขจากจังหวัด")
    assert "เหมือนครั้งที่ 1" in staff.press(SAME)


def test_in_english(town: Town) -> None:
    anna = town.person("Anna", "officer", "4207", language="en")
    send_in_english(anna)
    move(town, SECOND, anna)
    assert "Round 1: checked 3,150 of 6,240 (50%)" in anna.say("report")
    assert "Why?" in anna.press("All as last round")
    assert "All that you filled in is as in round 1" in anna.say("4")
    assert "3 boxes changed since round 1" in anna.say("5=33 8=4720 9=4590")


def send_in_english(phone: Phone) -> None:
    for words in ("report", "2", "1", "21 15", "3150 3040", "40 35 12 38 9", "30/6/2021", "2", "0", "2", "none"):
        phone.say(words)
    phone.say("confirm and send")


def test_a_restart_between_all_turns_changes_nothing(town: Town, second: Phone) -> None:
    """The process that shows the three ways need not be the one that hears which was chosen."""
    restarted, shown = town, ""
    for words in ("รายงาน", SAME, "ย้อน", "โควิด", CHANGED, "8=4720 ที่เหลือเท่าเดิม", AFRESH, SAME, "9=4590", "ยืนยัน"):
        made = restarted.made
        restarted = town_on(town.runtime.engine)
        restarted.clock.civil, restarted.made = SECOND, made
        shown = Phone(restarted, second.user_id).say(words)
    assert "ครั้งที่ 2 ฉบับที่ 1" in shown
    stored = origins(restarted, 2)
    assert (stored["t3_hh_checked"], stored["t3_hh_complete"]) == (("4720", "typed"), ("4590", "typed"))
    assert stored["t3_certificates"] == ("15", "last")


def test_a_sent_later_round_is_corrected_as_any_other(second: Phone) -> None:
    for words in ("รายงาน", SAME, "โควิด", "ยืนยัน"):
        second.say(words)
    shown = second.say("แก้ 8=3200")
    assert "โปรดตรวจการแก้ไข · ครั้งที่ 2" in shown
    assert "เดิม 3,150 → ใหม่ 3,200" in shown
    assert "โปรดตรวจการแก้ไข · ครั้งที่ 2" in second.say(SAME)


def test_a_message_taken_back_takes_back_what_it_carried(town: Town, second: Phone) -> None:
    second.say("กรอกใหม่")
    second.say("เท่าเดิม")
    assert draft(town).get("t3_status") == "reporting"
    second.send({"type": "unsend", "unsend": {"messageId": second.last_message_id()}})
    town.work()
    assert draft(town).get("t3_status") == ""
