from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select, update

from models.chat import Conversation, InboxEvent, OutboxRequest
from models.media import Media
from models.obligation import Draft
from services.ports import Content, ContentState
from tests.integration.services.towns import (
    QUOTA_GONE,
    TOKEN_GONE,
    answer_all,
    chat_of,
    one,
    outbox,
    rows,
    take_in,
    unhandled,
    words,
)
from tests.support import pictures
from tests.support.chat import Phone, Town

SECRET = "31502777"


@pytest.fixture
def officer(town: Town) -> Phone:
    return town.person("สมศรี ใจดี", "officer", "4207")


@pytest.fixture
def leader(town: Town) -> Phone:
    return town.person("แดง ตัวอย่าง", "leader", "42070605")


def unsend(phone: Phone, message_id: str) -> dict[str, Any]:
    return phone.event({"type": "unsend", "unsend": {"messageId": message_id}})


def text_event(phone: Phone, text: str) -> dict[str, Any]:
    return phone.event({"type": "message", "message": {"type": "text", "text": text, "quoteToken": "q"}})


def everything_stored(town: Town) -> str:
    kept = [row.payload for row in rows(town, select(InboxEvent))]
    said = [row.messages for row in rows(town, select(OutboxRequest))]
    drafts = [row.answers for row in rows(town, select(Draft))]
    return str([*kept, *said, *drafts, *[row.state for row in rows(town, select(Conversation))]])


def at_households(officer: Phone) -> None:
    officer.say("รายงาน")
    officer.tap("อยู่ระหว่างการจัดทำรายงาน")
    officer.tap("ทำแล้วทั้งสองอย่าง")
    officer.say("21 15")


def test_a_text_and_the_bubbles_that_repeat_it_are_removed(town: Town, officer: Phone) -> None:
    officer.say(SECRET)
    assert SECRET in everything_stored(town)
    officer.deliver(unsend(officer, message_of(town, SECRET)))
    assert SECRET not in everything_stored(town)
    assert unhandled(town) == []


def message_of(town: Town, text: str) -> str:
    """LINE's id of the message that said `text`."""
    found = [row for row in rows(town, select(InboxEvent)) if text in str(row.payload.get("message"))]
    return found[-1].line_message_id or ""


def test_an_answer_in_a_draft_goes_with_its_message_and_is_asked_again(town: Town, officer: Phone) -> None:
    at_households(officer)
    officer.say("3150 3040")
    before = one(town, select(Draft))
    assert before.answers["answers"]["t3_hh_checked"][0] == "3150"
    officer.deliver(unsend(officer, message_of(town, "3150 3040")))
    after = one(town, select(Draft))
    assert "t3_hh_checked" not in after.answers["answers"]
    assert after.answers["answers"]["t3_villages_checked"][0] == "21"
    assert after.row_version == before.row_version + 1
    assert "3150" not in everything_stored(town)
    officer.say("หยุด")
    assert "สองตัวเลข" in officer.say("ทำต่อ")


def test_a_colleagues_draft_that_was_begun_long_ago_is_found_too(town: Town, officer: Phone) -> None:
    at_households(officer)
    officer.say("3150 3040")
    message = message_of(town, "3150 3040")
    town.clock.civil += dt.timedelta(days=6)
    officer.deliver(unsend(officer, message))
    assert "3150" not in everything_stored(town)


def test_a_message_that_was_taken_back_before_its_turn_came_is_never_used(town: Town, officer: Phone) -> None:
    message = text_event(officer, SECRET)
    officer.deliver(message, unsend(officer, message["message"]["id"]))
    assert town.line.replies == []
    assert SECRET not in everything_stored(town)
    assert unhandled(town) == []


def test_an_unsend_that_arrives_before_its_message_is_heeded(town: Town, officer: Phone) -> None:
    message = text_event(officer, SECRET)
    officer.deliver(unsend(officer, message["message"]["id"]))
    officer.deliver(message)
    assert town.line.replies == []
    assert SECRET not in everything_stored(town)


def test_a_photo_taken_back_before_its_bytes_came_is_never_fetched(town: Town, leader: Phone) -> None:
    town.line.contents = {}
    calls: list[str] = []
    town.line.before_call = calls.append
    leader.photo()
    leader.deliver(unsend(leader, one(town, select(Media)).line_message_id))
    town.work()
    assert one(town, select(Media)).state == "unsent"
    assert "content" not in calls


def test_a_photo_taken_back_after_its_bytes_came_is_removed(town: Town, leader: Phone) -> None:
    leader.photo()
    media = one(town, select(Media))
    town.line.contents[media.line_message_id] = Content(ContentState.READY, "image/jpeg", iter([pictures.jpeg()]))
    town.work()
    assert len(town.media.stored) == 2
    leader.deliver(unsend(leader, media.line_message_id))
    town.work()
    assert town.media.stored == {}
    gone = one(town, select(Media))
    assert (gone.state, gone.storage_key, gone.sha256, gone.household_id) == ("unsent", "", "", None)
    assert "ส่งรูปบ้านหลังนี้มาได้เลย" in leader.say("12/3")


def test_a_photo_taken_back_while_its_bytes_are_on_their_way_is_not_kept(town: Town, leader: Phone) -> None:
    leader.photo()
    media = one(town, select(Media))

    def chunks() -> Any:
        yield b"first"
        leader.deliver(unsend(leader, media.line_message_id))
        yield b"second"

    town.line.contents[media.line_message_id] = Content(ContentState.READY, "image/jpeg", chunks())
    town.work()
    assert town.media.stored == {}
    assert one(town, select(Media)).state == "unsent"


def test_a_photo_bound_to_a_house_leaves_the_house_outstanding_again(town: Town, leader: Phone) -> None:
    leader.photo()
    leader.say("1/1")
    media = one(town, select(Media))
    assert media.household_id is not None
    leader.deliver(unsend(leader, media.line_message_id))
    assert one(town, select(Media)).household_id is None


def test_what_waits_for_a_yes_is_forgotten(town: Town, officer: Phone) -> None:
    at_households(officer)
    officer.say("ประมาณ 3150 กับ 3040")
    waiting = {**chat_of(town, officer).state}
    waiting["data"] = {**waiting["data"], "pending": {"t3_hh_checked": "3150"}}
    with town.runtime.sessions() as session, session.begin():
        session.execute(update(Conversation).values(state=waiting))
    officer.deliver(unsend(officer, message_of(town, "ประมาณ 3150")))
    left = everything_stored(town)
    assert "ประมาณ" not in left
    assert "'3150'" not in left  # a number of our own may hold the same digits


def test_the_name_of_somebody_who_is_joining_is_forgotten(town: Town) -> None:
    stranger = town.stranger()
    stranger.say("สวัสดี")
    stranger.tap("ขอเข้าร่วม")
    stranger.say("สมหญิง ลับสุดยอด ภูเรือ")
    assert "ลับสุดยอด" in everything_stored(town)
    stranger.deliver(unsend(stranger, message_of(town, "ลับสุดยอด")))
    assert "ลับสุดยอด" not in everything_stored(town)


def test_an_unknown_message_or_none_at_all_is_no_trouble(town: Town, officer: Phone) -> None:
    officer.deliver(unsend(officer, "424242"))
    officer.deliver(officer.event({"type": "unsend"}))
    assert unhandled(town) == []
    assert outbox(town) == []


def test_a_number_that_is_also_another_messages_id_is_no_reason_to_forget_an_answer(town: Town, officer: Phone) -> None:
    at_households(officer)
    officer.say("3150 3040")
    other = text_event(officer, "เมนู")
    other["message"]["id"] = "3150"
    officer.deliver(other)
    before = one(town, select(Draft))
    officer.deliver(unsend(officer, "3150"))
    assert one(town, select(Draft)).answers == before.answers


def test_nobody_can_take_back_somebody_elses_message(town: Town, officer: Phone) -> None:
    officer.say(SECRET)
    other = town.person("อื่น", "officer", "4203")
    other.deliver(unsend(other, message_of(town, SECRET)))
    assert SECRET in everything_stored(town)


def test_a_colleague_who_stores_at_the_same_time_is_not_overwritten(either_town: Town) -> None:
    town = either_town
    officer, deputy = town.person("หนึ่ง", "officer", "4207"), town.person("สอง", "deputy", "4207")
    at_households(officer)
    officer.say("3150 3040")
    message = message_of(town, "3150 3040")
    deputy.say("รายงาน")
    deputy.tap("ทำต่อ")
    deputy.say("40 35 12 38 9")
    officer.deliver(unsend(officer, message))
    answers = one(town, select(Draft)).answers["answers"]
    assert "t3_hh_checked" not in answers
    assert answers["t3_e31"][0] == "40"


def test_a_photo_is_not_taken_back_by_somebody_else(town: Town, officer: Phone, leader: Phone) -> None:
    leader.photo()
    officer.deliver(unsend(officer, one(town, select(Media)).line_message_id))
    assert one(town, select(Media)).state == "wanted"


def test_what_was_carried_to_a_later_reply_is_removed_there_too(town: Town, officer: Phone) -> None:
    town.line.results += [TOKEN_GONE, QUOTA_GONE]
    officer.say(SECRET)
    officer.say("เมนู")
    assert SECRET in words(town.line.replies[-1])
    officer.deliver(unsend(officer, message_of(town, SECRET)))
    assert SECRET not in everything_stored(town)


def test_an_event_taken_in_by_nobody_yet_is_blotted_out(town: Town, officer: Phone) -> None:
    message = text_event(officer, SECRET)
    (chat,) = take_in(town, message)
    take_in(town, unsend(officer, message["message"]["id"]))
    town.runtime.dialogue.drain(chat)
    assert SECRET not in everything_stored(town)


def test_an_answer_that_was_confirmed_with_a_yes_goes_with_its_own_message(town: Town, officer: Phone) -> None:
    at_households(officer)
    officer.say("3 150 3 040")
    message = officer.last_message_id()
    officer.say("ใช่")
    assert "t3_hh_checked" in one(town, select(Draft)).answers["answers"]
    officer.deliver(unsend(officer, officer.last_message_id()))
    assert "t3_hh_checked" in one(town, select(Draft)).answers["answers"]
    officer.deliver(unsend(officer, message))
    assert "t3_hh_checked" not in one(town, select(Draft)).answers["answers"]


def test_what_was_typed_beside_a_refused_figure_goes_with_its_own_message(town: Town, officer: Phone) -> None:
    answer_all(officer)
    officer.say("8=3000 5=22")
    message = officer.last_message_id()
    officer.say("9=2900")
    officer.deliver(unsend(officer, message))
    answers = one(town, select(Draft)).answers["answers"]
    assert {"t3_hh_checked", "t3_villages_checked"} & answers.keys() == set()
    assert answers["t3_hh_complete"][0] == "2900"


def test_a_figure_that_waits_for_its_mending_is_forgotten(town: Town, officer: Phone) -> None:
    answer_all(officer)
    officer.say("8=3000 5=2277")
    officer.deliver(unsend(officer, officer.last_message_id()))
    assert "2277" not in everything_stored(town)


def test_a_reason_for_a_remark_goes_with_its_message(town: Town, officer: Phone) -> None:
    answer_all(officer)
    officer.say("ระบุเหตุผล")
    officer.say(f"นับซ้ำ {SECRET}")
    assert SECRET in str(one(town, select(Draft)).explained)
    officer.deliver(unsend(officer, message_of(town, SECRET)))
    assert one(town, select(Draft)).explained == {}
    assert SECRET not in everything_stored(town)


def test_an_answer_that_was_submitted_stands_and_the_district_is_told(town: Town, officer: Phone) -> None:
    colleague = town.person("วิชัย ตัวอย่าง", "deputy", "4207")
    at_households(officer)
    for answer in ("3150 3040", "40 35 12 38 9", "30 มิ.ย. 64", "2", "0", "ไม่มีข้อมูลที่อำเภอ", "ไม่มี", "ยืนยันส่ง"):
        said = officer.say(answer)
    assert "ส่งรายงานเรียบร้อยแล้ว" in said

    officer.deliver(unsend(officer, message_of(town, "3150 3040")))

    told = colleague.say("เมนู")
    assert "ช่อง 8, 9 ถูกยกเลิกใน LINE แล้ว" in told
    assert "แก้ช่อง 8" in told
    assert "รายงานที่ส่งแล้วยังคงเดิม" in told
    assert "ถูกยกเลิกใน LINE" in officer.say("เมนู")
    assert "ถูกยกเลิกใน LINE" not in officer.say("เมนู")
