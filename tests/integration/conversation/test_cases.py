"""Exceptional cases of houses in a leader's chat: said, read back, stored with their words, put right, taken back."""

from __future__ import annotations

import json
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import select

from models.area import Household
from models.chat import Conversation
from models.household_case import HouseholdCase
from models.media import Media
from models.people import LineAccount
from models.work import Audit
from tests.integration.services.towns import rows
from tests.support.chat import Phone, Town

VILLAGE = "42070605"
IMAGE = {"type": "image", "contentProvider": {"type": "line"}}


@pytest.fixture
def leader(town: Town) -> Phone:
    return town.person("บุญมี ตัวอย่าง", "leader", VILLAGE)


@pytest.fixture
def second_leader(town: Town) -> Phone:
    return town.person("คำ ตัวอย่าง", "leader", VILLAGE)


def held(town: Town) -> dict[tuple[str, str], tuple[str, str]]:
    """(house, case) to its note and who confirmed it."""
    columns = (Household.house_no, HouseholdCase.case, HouseholdCase.note, HouseholdCase.confirmed_by)
    with town.runtime.sessions() as session:
        found = session.execute(select(*columns).join(Household, Household.id == HouseholdCase.household_id))
        return {(row.house_no, row.case): (row.note, row.confirmed_by) for row in found}


def photographed(town: Town) -> list[str | None]:
    found = select(Household.house_no).select_from(Media).join(Household, isouter=True).order_by(Media.sent_at)
    with town.runtime.sessions() as session:
        return list(session.scalars(found.where(Media.state != "unsent")))


def moment(phone: Phone, seconds: int) -> int:
    return int(phone.town.clock.real().timestamp() * 1000) + (seconds - 200) * 1000


def picture(phone: Phone, at: int) -> dict[str, Any]:
    """A photo of an album, sent `at` seconds after the first of its day's messages."""
    album = {"imageSet": {"id": "album", "index": 1, "total": 5}}
    return phone.event({"type": "message", "message": {**IMAGE, **album}}, timestamp=moment(phone, at))


def words(phone: Phone, at: int, text: str) -> dict[str, Any]:
    body = {"type": "message", "message": {"type": "text", "text": text, "quoteToken": "q"}}
    return phone.event(body, timestamp=moment(phone, at))


def test_a_photo_that_waits_is_not_given_to_the_house_that_refuses_the_photo(town: Town, leader: Phone) -> None:
    leader.photo()
    asked = leader.say("14 **")
    assert "บ้านเลขที่ 14 · กรณี ๓.๒ ** ไม่ให้ถ่ายรูป ใช่หรือไม่" in asked
    assert leader.labels() == ["ใช่", "เปลี่ยนกรณี", "มีอีกกรณี"]
    assert photographed(town) == [None]
    stored = leader.press("ใช่")
    assert "บันทึกบ้านเลขที่ 14 แล้ว ✔ กรณี ๓.๒" in stored
    assert "รูปที่ส่งเวลา" in stored
    assert held(town) == {("14", "e32"): ("", "")}
    leader.say("15")
    assert photographed(town) == ["15"]


def test_a_photo_that_waits_beside_an_absent_household_is_of_that_house_and_the_case_is_asked(
    town: Town, leader: Phone
) -> None:
    leader.photo()
    asked = leader.say("14 ****")
    assert "บันทึกบ้านเลขที่ 14 แล้ว" in asked
    assert "กรณี ๓.๔ **** ไม่อยู่ ไม่มีกำหนดกลับ ใช่หรือไม่" in asked
    assert photographed(town) == ["14"]
    assert held(town) == {}
    stored = leader.say("ใช่")
    assert "ลงชื่อเป็นพยาน" in stored
    assert held(town) == {("14", "e34"): ("", "")}


def test_a_mark_with_its_reason_takes_two_turns(town: Town, leader: Phone) -> None:
    assert "หมายเหตุ: ไม่สะดวก ตอนนี้" in leader.say("14 ไม่เซ็น ไม่สะดวก ตอนนี้")
    assert "ยังขาดรูป" in leader.say("ใช่")
    assert held(town) == {("14", "e31"): ("ไม่สะดวก ตอนนี้", "")}


def test_a_reason_is_asked_with_ready_answers_or_may_be_skipped(town: Town, leader: Phone) -> None:
    leader.say("14 *")
    asked = leader.press("ใช่")
    assert "เหตุผลคืออะไร" in asked
    assert leader.labels() == ["ไม่สะดวกเซ็น", "เซ็นไม่ได้", "ไม่ไว้ใจ", "ข้าม"]
    leader.press("เซ็นไม่ได้")
    leader.say("15 *")
    leader.say("ใช่")
    leader.say("ข้าม")
    assert held(town) == {("14", "e31"): ("เซ็นไม่ได้", ""), ("15", "e31"): ("", "")}


def test_a_correction_asks_what_was_corrected_and_who_confirmed_it_in_four_turns(town: Town, leader: Phone) -> None:
    leader.say("14 มีการแก้ไขข้อมูล")
    assert "แก้ไขข้อมูลเรื่องใด" in leader.say("ใช่")
    assert "เป็นผู้ยืนยัน" in leader.say("แก้ไขอายุลูกชาย")
    leader.press("คู่สมรส")
    assert held(town) == {("14", "e35"): ("แก้ไขอายุลูกชาย", "คู่สมรส")}


def test_two_cases_in_one_message_hold_both_once_it_is_clear_that_they_are_two(town: Town, leader: Phone) -> None:
    assert "หมายถึงกรณีใด" in leader.say("14 * **")
    leader.tap("๓.๑ * ไม่เซ็นชื่อ + ๓.๒")
    leader.press("ข้าม")
    assert set(held(town)) == {("14", "e31"), ("14", "e32")}


def test_the_other_reading_of_two_marks_is_one_case(town: Town, leader: Phone) -> None:
    leader.say("14 * **")
    leader.tap("๓.๓ ***")
    leader.press("เลขที่บ้านไม่ตรง")
    assert held(town) == {("14", "e33"): ("เลขที่บ้านไม่ตรง", "")}


def test_by_buttons_alone_from_the_receipt_of_a_photo(town: Town, leader: Phone) -> None:
    leader.photo()
    leader.press("12")
    leader.press("ใบกระดาษ")
    leader.photo()
    leader.press("14")
    leader.press("ไม่ได้รูป/ไม่ได้ลายเซ็น")
    assert len(leader.labels()) == 5
    leader.tap("๓.๑ *")
    leader.press("ไม่ไว้ใจ")
    assert held(town) == {("14", "e31"): ("ไม่ไว้ใจ", "")}
    assert "ยังขาดลายเซ็น 1 หลัง: 12\n" in leader.say("หลังที่เหลือ")


def test_by_buttons_alone_from_the_houses_that_are_left(town: Town, leader: Phone) -> None:
    leader.say("หลังที่เหลือ")
    assert "กรณีของบ้านเลขที่ใด" in leader.press("ไม่ได้รูป/ไม่ได้ลายเซ็น")
    assert "บ้านเลขที่ 12/1 เป็นกรณีใด" in leader.press("12/1")
    leader.tap("๓.๔ ****")
    assert set(held(town)) == {("12/1", "e34")}


@pytest.mark.parametrize("words", ["กรณี 14", "ไม่ได้ลายเซ็น 14", "14 ไม่สะดวก"])
def test_a_case_that_was_not_named_is_chosen_from_a_list(town: Town, leader: Phone, words: str) -> None:
    assert "บ้านเลขที่ 14 เป็นกรณีใด" in leader.say(words)
    assert "กรณี ๓.๒ ** ไม่ให้ถ่ายรูป" in leader.say("3.2")
    leader.say("ใช่")
    assert set(held(town)) == {("14", "e32")}


def test_every_button_can_be_typed(town: Town, leader: Phone) -> None:
    leader.say("14 **")
    assert "เป็นกรณีใด" in leader.say("เปลี่ยนกรณี")
    leader.say("ไม่เซ็นชื่อ")
    assert "มีกรณีใดอีก" in leader.say("มีอีกกรณี")
    assert "2 กรณี" in leader.say("**")
    leader.say("ใช่")
    leader.say("ไม่ไว้ใจ")
    assert held(town) == {("14", "e31"): ("ไม่ไว้ใจ", ""), ("14", "e32"): ("", "")}
    leader.say("ยกเลิกกรณี ** 14")
    assert set(held(town)) == {("14", "e31")}


def test_a_bare_number_while_a_case_is_read_back_is_the_right_house(town: Town, leader: Phone) -> None:
    leader.say("14 **")
    assert "บ้านเลขที่ 15 · กรณี ๓.๒" in leader.say("15")
    leader.say("ใช่")
    assert set(held(town)) == {("15", "e32")}


def test_words_at_the_question_are_the_reason_and_are_read_back_with_the_case(town: Town, leader: Phone) -> None:
    leader.say("14 *")
    assert "หมายเหตุ: กลัวเอาไปใช้อย่างอื่น" in leader.say("กลัวเอาไปใช้อย่างอื่น")
    leader.say("ใช่")
    assert held(town) == {("14", "e31"): ("กลัวเอาไปใช้อย่างอื่น", "")}


def test_several_houses_in_one_message_are_asked_one_after_the_other(town: Town, leader: Phone) -> None:
    assert "บ้านเลขที่ 14" in leader.say("14 **\n15 * ไม่ไว้ใจ\n16 ไม่อยู่")
    assert "บ้านเลขที่ 15" in leader.say("ใช่")
    assert "บ้านเลขที่ 16" in leader.say("ใช่")
    leader.say("ใช่")
    assert set(held(town)) == {("14", "e32"), ("15", "e31"), ("16", "e34")}


def test_taking_a_case_back_by_words_by_button_and_by_quoting_its_receipt(town: Town, leader: Phone) -> None:
    for undo in ("words", "button", "quote"):
        leader.say("14 **")
        leader.press("ใช่")
        assert set(held(town)) == {("14", "e32")}
        if undo == "words":
            said = leader.say("ยกเลิกกรณี 14")
        elif undo == "button":
            said = leader.press("ยกเลิกกรณี")
        else:
            said = leader.say("ยกเลิก", quoting=leader.bubble())
        assert "ยกเลิกของบ้านเลขที่ 14 แล้ว: กรณี ๓.๒" in said
        assert held(town) == {}
    actions = list(rows(town, select(Audit.action).where(Audit.action.startswith("case_")).order_by(Audit.id)))
    assert actions == ["case_marked", "case_dropped"] * 3


def test_a_receipt_quoted_with_another_number_moves_the_case_there_after_a_yes(town: Town, leader: Phone) -> None:
    leader.say("14 **")
    leader.press("ใช่")
    asked = leader.say("15", quoting=leader.bubble())
    assert "บ้านเลขที่ 15 · กรณี ๓.๒" in asked
    assert "แทนที่บ้านเลขที่ 14" in asked
    leader.say("ใช่")
    assert set(held(town)) == {("15", "e32")}


def test_a_receipt_quoted_with_another_mark_changes_the_case_after_a_yes(town: Town, leader: Phone) -> None:
    leader.say("14 **")
    leader.press("ใช่")
    leader.say("****", quoting=leader.bubble())
    leader.say("ใช่")
    assert set(held(town)) == {("14", "e34")}


def test_a_photo_quoted_with_a_mark_keeps_its_house_and_has_the_case_asked(town: Town, leader: Phone) -> None:
    leader.photo()
    leader.say("14")
    assert "บ้านเลขที่ 14 · กรณี ๓.๑" in leader.say("*", quoting=leader.bubble())
    assert photographed(town) == ["14"]


def test_unsending_the_message_with_the_reason_removes_the_reason_and_leaves_the_case(
    town: Town, leader: Phone
) -> None:
    leader.say("14 *")
    leader.say("ใช่")
    leader.say("กลัวเอาไปใช้อย่างอื่น")
    reason = leader.last_message_id()
    leader.deliver(leader.event({"type": "unsend", "unsend": {"messageId": reason}}))
    assert held(town) == {("14", "e31"): ("", "")}


def test_unsending_a_case_that_is_still_asked_about_forgets_it(town: Town, leader: Phone) -> None:
    leader.say("14 * กลัวเอาไปใช้อย่างอื่น")
    leader.deliver(leader.event({"type": "unsend", "unsend": {"messageId": leader.last_message_id()}}))
    state = json.dumps(rows(town, select(Conversation.state).join(LineAccount))[-1], ensure_ascii=False)
    assert "กลัว" not in state
    leader.say("ใช่")
    assert held(town) == {}


def test_unsending_who_confirmed_leaves_what_was_corrected(town: Town, leader: Phone) -> None:
    leader.say("14 มีการแก้ไขข้อมูล")
    leader.say("ใช่")
    leader.say("แก้ไขอายุ")
    leader.say("นางสี ตัวอย่าง")
    assert held(town) == {("14", "e35"): ("แก้ไขอายุ", "นางสี ตัวอย่าง")}
    leader.deliver(leader.event({"type": "unsend", "unsend": {"messageId": leader.last_message_id()}}))
    assert held(town) == {("14", "e35"): ("แก้ไขอายุ", "")}


@pytest.mark.parametrize("number", ["081-234-5678", "๐๘๑๒๓๔๕๖๗๘", "1101700230705", "1234567890123"])
def test_telephone_and_identity_numbers_are_not_kept_in_a_reason(town: Town, leader: Phone, number: str) -> None:
    leader.say("14 *")
    leader.say("ใช่")
    shown = leader.say(f"ไม่ไว้ใจ โทร {number}")
    assert "เหตุผล" in shown or "กรุณาพิมพ์ใหม่โดยไม่ใส่เลข" in shown
    assert held(town) == {("14", "e31"): ("", "")}
    leader.say("ไม่ไว้ใจ")
    assert held(town) == {("14", "e31"): ("ไม่ไว้ใจ", "")}


def test_a_telephone_number_beside_the_mark_is_left_out_and_that_is_said(town: Town, leader: Phone) -> None:
    assert "ไม่ได้เก็บหมายเหตุ" in leader.say("14 * โทร 081-234-5678")
    leader.say("ใช่")
    assert held(town) == {("14", "e31"): ("", "")}


def test_a_house_whose_photo_a_case_excuses_is_not_left_any_more(town: Town, leader: Phone) -> None:
    assert "เหลือ 120 หลัง" in leader.say("หลังที่เหลือ")
    leader.say("12 **")
    assert "วันนี้ 1 หลัง เหลือ 119 หลัง" in leader.say("ใช่")
    left = leader.say("หลังที่เหลือ")
    assert "มีรูปหรือกรณีแล้ว 1 จาก 120 หลัง เหลือ 119 หลัง" in left
    assert "ยังขาดลายเซ็น 1 หลัง: 12\n" in left + "\n"


def test_a_case_in_the_middle_of_an_album_is_asked_after_the_summary(town: Town, leader: Phone) -> None:
    events = [picture(leader, 0), words(leader, 2, "12"), words(leader, 4, "14 **"), picture(leader, 6)]
    shown = leader.deliver(*events, words(leader, 8, "15")) + leader.quiet()
    assert "ได้รับครบ 2 รูป ✔ ตรงกับบ้าน 2 หลัง" in shown
    assert "บ้านเลขที่ 14 · กรณี ๓.๒" in shown
    assert photographed(town) == ["12", "15"]
    leader.say("ใช่")
    assert held(town) == {("14", "e32"): ("", "")}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_in_any_order_of_delivery_nothing_is_bound_to_the_wrong_house_and_both_cases_are_asked(
    town: Town, leader: Phone, order: tuple[int, ...]
) -> None:
    events = [picture(leader, 0), words(leader, 3, "14 ****"), words(leader, 6, "15 **")]
    shown = "".join(leader.deliver(events[place]) for place in order) + leader.quiet()
    assert photographed(town) in ([None], ["14"])
    assert held(town) == {}
    shown += "".join(leader.say("ใช่") for _ in range(3))
    assert "บ้านเลขที่ 14 · กรณี ๓.๔" in shown
    assert "บ้านเลขที่ 15 · กรณี ๓.๒" in shown
    assert set(held(town)) == {("14", "e34"), ("15", "e32")}
    assert photographed(town) in ([None], ["14"])


def test_an_event_that_is_delivered_again_changes_nothing(town: Town, leader: Phone) -> None:
    case = words(leader, 0, "14 **")
    leader.deliver(case)
    assert leader.deliver(case) == ""
    yes = words(leader, 2, "ใช่")
    leader.deliver(yes)
    assert leader.deliver(yes) == ""
    assert list(rows(town, select(HouseholdCase.case))) == ["e32"]


def test_two_leaders_say_the_same_case_and_the_reason_of_one_stays(
    town: Town, leader: Phone, second_leader: Phone
) -> None:
    leader.say("14 * ไม่ไว้ใจ")
    second_leader.say("14 *")
    leader.say("ใช่")
    second_leader.say("ใช่")
    assert held(town) == {("14", "e31"): ("ไม่ไว้ใจ", "")}
    second_leader.say("ข้าม")
    assert held(town) == {("14", "e31"): ("ไม่ไว้ใจ", "")}


def test_a_reason_for_a_case_that_the_other_leader_has_taken_back_is_not_stored_and_that_is_said(
    town: Town, leader: Phone, second_leader: Phone
) -> None:
    leader.say("14 *")
    leader.say("ใช่")
    second_leader.say("ยกเลิกกรณี 14")
    assert "ถูกยกเลิกไปแล้ว" in leader.say("ไม่ไว้ใจ")
    assert held(town) == {}


def test_another_villages_number_and_an_unreadable_house_store_nothing(town: Town, leader: Phone) -> None:
    assert "ท่านไม่ได้ดูแลหมู่นี้" in leader.say("14 ม.7 **")
    assert "ยังไม่ทราบว่าบ้านใด" in leader.say("14 15 **")
    leader.say("ใช่")
    assert held(town) == {}


def test_an_old_button_does_what_it_says(town: Town, leader: Phone) -> None:
    leader.say("14 **")
    old = next(button for button in leader.buttons() if button["label"] == "ใช่")
    leader.say("15 *")
    leader.touch(old)
    leader.touch(old)
    assert set(held(town)) == {("14", "e32")}


def test_every_answer_to_a_leader_is_small(town: Town, leader: Phone) -> None:
    leader.photo()
    leader.photo()
    for words in ("14 **", "15 ****", "ใช่", "ใช่", "16 * **", "แถว 7 **", "20", "21", "กรณี 18", "**", "ใช่", "ใช่"):
        leader.say(words)
    sizes = [len(json.dumps(body["messages"], ensure_ascii=False).encode()) for body in town.line.replies]
    assert max(sizes) <= 3072


def test_a_photo_of_the_signed_sheet_is_said_to_be_one_while_a_case_is_being_asked_about(
    town: Town, leader: Phone
) -> None:
    leader.photo()
    leader.say("12")
    leader.say("15/2 * **")
    leader.photo()

    leader.say("ใบลายเซ็น")
    assert "12" in leader.say("12")
    assert rows(town, select(Media.sheet).order_by(Media.sent_at)) == [False, True]
    assert "๓.๑" in leader.say("๓.๑")
    leader.say("ใช่")
    assert ("15/2", "e31") in held(town)


def test_nobodys_words_stand_in_the_audit_trail(town: Town, leader: Phone) -> None:
    leader.say("14 * กลัวเอาไปใช้อย่างอื่น")
    leader.say("ใช่")
    trail = list(rows(town, select(Audit.detail).where(Audit.action.startswith("case_"))))
    assert trail == [{"case": "e31"}]


def test_in_english_too(town: Town) -> None:
    phone = town.person("Boonmee Example", "leader", VILLAGE, language="en")
    assert "is that right?" in phone.say("14 refuses the photo")
    phone.say("yes")
    assert set(held(town)) == {("14", "e32")}


def test_a_command_while_the_reason_is_asked_is_obeyed_and_is_no_reason(town: Town, leader: Phone) -> None:
    leader.say("14 *")
    leader.say("ใช่")
    for command in ("เมนู", "4", "หลังที่เหลือ", "ใบกระดาษ", "12 14", "ขอบคุณ", "ใบลายเซ็น", "🙏"):
        leader.say(command)
        assert held(town) == {("14", "e31"): ("", "")}, command
    leader.say("ไม่ไว้ใจ")
    assert held(town) == {("14", "e31"): ("ไม่ไว้ใจ", "")}


def test_the_witness_may_ask_for_the_page_in_words(leader: Phone) -> None:
    assert "ลงชื่อเป็นพยาน บ้านเลขที่ 14" in leader.say("เซ็นพยาน 14")
    assert leader.labels() == ["เปิดหน้าลงชื่อ"]


def test_a_signed_sheet_that_waits_is_not_given_to_a_house_with_a_case(town: Town, leader: Phone) -> None:
    leader.photo()
    leader.press("ใบลายเซ็น")
    assert "กรณี ๓.๔" in leader.say("14 ****")
    assert photographed(town) == [None]


def test_unsending_a_case_while_the_menu_is_open_forgets_it_too(town: Town, leader: Phone) -> None:
    leader.say("14 * กลัวเอาไปใช้อย่างอื่น")
    said = leader.last_message_id()
    leader.say("เมนู")
    leader.deliver(leader.event({"type": "unsend", "unsend": {"messageId": said}}))
    state = json.dumps(rows(town, select(Conversation.state).join(LineAccount))[-1], ensure_ascii=False)
    assert "กลัว" not in state


def test_a_reason_in_own_words_after_the_list_of_buttons(town: Town, leader: Phone) -> None:
    leader.say("หลังที่เหลือ")
    leader.press("ไม่ได้รูป/ไม่ได้ลายเซ็น")
    leader.press("12/1")
    leader.tap("๓.๑ *")
    leader.say("กลัวเอาไปใช้อย่างอื่น")
    assert held(town) == {("12/1", "e31"): ("กลัวเอาไปใช้อย่างอื่น", "")}


def test_an_old_list_asks_for_a_reason_that_may_be_typed(town: Town, leader: Phone) -> None:
    leader.say("กรณี 14")
    old = next(button for button in leader.buttons() if button["label"].startswith("๓.๑"))
    leader.say("ยกเลิก")
    leader.touch(old)
    leader.say("กลัวเอาไปใช้อย่างอื่น")
    assert held(town) == {("14", "e31"): ("กลัวเอาไปใช้อย่างอื่น", "")}


def test_the_photo_that_is_quoted_is_the_one_of_the_absent_household(town: Town, leader: Phone) -> None:
    leader.photo()
    first = leader.last_message_id()
    leader.town.clock.pass_seconds(60)
    leader.photo()
    assert "กรณี ๓.๔" in leader.say("14 ****", quoting=first)
    assert photographed(town) == ["14", None]
    leader.say("ใช่")
    assert set(held(town)) == {("14", "e34")}


def test_another_case_of_the_same_house_does_not_forget_the_reason_that_is_still_open(
    town: Town, leader: Phone
) -> None:
    leader.say("14 *")
    leader.say("ใช่")
    leader.say("14 **")
    assert "เหตุผลคืออะไร" in leader.say("ใช่")
    leader.say("ไม่ไว้ใจ")
    assert held(town) == {("14", "e31"): ("ไม่ไว้ใจ", ""), ("14", "e32"): ("", "")}


@pytest.mark.parametrize("words", ["ไม่แน่ใจ", "ยกเลิก", "ข้าม"])
def test_who_is_not_sure_stores_nothing_and_is_told_so(town: Town, leader: Phone, words: str) -> None:
    leader.say("14 **")
    assert "ยังไม่บันทึกกรณีของบ้านเลขที่ 14" in leader.say(words)
    leader.say("ใช่")
    assert held(town) == {}
