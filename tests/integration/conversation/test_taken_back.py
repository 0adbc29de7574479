"""What leaders take back with LINE's unsend, and what they must not write: numbers, sheets, national ids."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.chat import Conversation, InboxEvent, OutboxRequest
from models.media import Media
from models.signature import Signature
from services.ports import Content, ContentState
from tests.integration.conversation.test_leaders_many import TEN, album, houses, picture, words
from tests.integration.services.towns import one, rows
from tests.support import pictures
from tests.support.chat import Phone, Town

ID = "1101700230708"
"""Its check digit is right; it is nobody's."""


@pytest.fixture
def leader(town: Town) -> Phone:
    return town.person("บุญมี ตัวอย่าง", "leader", "42070605")


def unsend(phone: Phone, message_id: str) -> None:
    phone.send({"type": "unsend", "unsend": {"messageId": message_id}})


def unsend_last(phone: Phone) -> None:
    unsend(phone, phone.last_message_id())


def signatures(town: Town) -> int:
    return len(rows(town, select(Signature)))


def test_a_number_taken_back_after_it_was_bound_unbinds_its_photo_and_asks_again(town: Town, leader: Phone) -> None:
    leader.photo()
    leader.say("14")
    unsend_last(leader)
    assert houses(town) == [None]
    assert "ท่านยกเลิกเลขที่บ้านของ 1 รูป" in leader.say("หลังที่เหลือ")
    assert "บันทึกบ้านเลขที่ 15 แล้ว" in leader.say("15")
    assert houses(town) == ["15"]


def test_a_photo_that_was_just_asked_about_keeps_its_number_and_the_other_is_asked_about_next(
    town: Town, leader: Phone
) -> None:
    leader.photo()
    leader.say("14")
    bound = leader.last_message_id()
    leader.town.clock.pass_seconds(600)
    leader.photo()
    unsend(leader, bound)
    shown = leader.say("16")
    assert "ท่านยกเลิกเลขที่บ้านของ 1 รูป" in shown
    assert "รูปที่ส่งเวลา" in shown
    leader.say("15")
    assert houses(town) == ["15", "16"]


def test_a_number_that_was_paired_in_a_burst_is_taken_back_too(town: Town, leader: Phone) -> None:
    number = words(leader, 1, "12")
    leader.deliver(picture(leader, 0), number, picture(leader, 30), words(leader, 31, "14"))
    leader.quiet()
    unsend(leader, number["message"]["id"])
    assert houses(town) == [None, "14"]


def test_a_number_that_was_taken_back_is_bound_by_nothing_that_comes_late(town: Town, leader: Phone) -> None:
    late = picture(leader, 2)
    leader.deliver(picture(leader, 0))
    leader.deliver(words(leader, 3, "12"))
    unsend_last(leader)
    leader.deliver(late)
    leader.quiet()
    assert houses(town) == [None, None]


def test_a_doubtful_number_that_was_confirmed_is_taken_back_with_its_message(town: Town, leader: Phone) -> None:
    leader.photo()
    leader.say("14 ใกล้วัด")
    number = leader.last_message_id()
    leader.say("ใช่")
    assert houses(town) == ["14"]
    unsend(leader, number)
    assert houses(town) == [None]


def test_a_line_taken_back_before_its_yes_stores_nothing(town: Town, leader: Phone) -> None:
    album(leader)
    leader.quiet()
    leader.say(" ".join(TEN))
    unsend_last(leader)
    leader.press("ถูกต้อง")
    assert set(houses(town)) == {None}


def test_a_line_taken_back_after_its_yes_unbinds_all_its_photos(town: Town, leader: Phone) -> None:
    album(leader)
    leader.quiet()
    leader.say(" ".join(TEN))
    line = leader.last_message_id()
    leader.press("ถูกต้อง")
    unsend(leader, line)
    assert set(houses(town)) == {None}
    assert "ท่านยกเลิกเลขที่บ้านของ 10 รูป" in leader.say("หลังที่เหลือ")
    leader.say(" ".join(TEN))
    leader.press("ถูกต้อง")
    assert houses(town) == list(TEN)


def test_the_photo_of_a_sheet_taken_back_takes_its_signatures_along(town: Town, leader: Phone) -> None:
    leader.photo()
    leader.say("ใบลายเซ็น 12 14")
    assert signatures(town) == 2
    unsend(leader, one(town, select(Media)).line_message_id)
    assert signatures(town) == 0


def test_the_photo_of_a_sheet_taken_back_before_its_bytes_came_is_never_fetched(town: Town, leader: Phone) -> None:
    calls: list[str] = []
    leader.photo()
    leader.say("ใบลายเซ็น 12 14")
    message = one(town, select(Media)).line_message_id
    town.line.contents[message] = Content(ContentState.READY, "image/jpeg", iter([pictures.jpeg()]))
    town.line.before_call = calls.append
    unsend(leader, message)
    town.work()
    assert one(town, select(Media)).state == "unsent"
    assert "content" not in calls
    assert (signatures(town), town.media.stored) == (0, {})


def test_the_houses_of_a_sheet_taken_back_are_asked_for_again(town: Town, leader: Phone) -> None:
    leader.photo()
    leader.press("ใบลายเซ็น")
    leader.say("1-3")
    unsend_last(leader)
    assert signatures(town) == 0
    assert "ลายเซ็น 3 หลังจึงไม่นับ" in leader.say("หลังที่เหลือ")
    assert "ครอบคลุม 2 หลัง" in leader.say("ใบลายเซ็น 12 14")
    assert signatures(town) == 2


def everything_stored(town: Town) -> str:
    kept = [event.payload for event in rows(town, select(InboxEvent))]
    said = [request.messages for request in rows(town, select(OutboxRequest))]
    return str([*kept, *said, *[chat.state for chat in rows(town, select(Conversation))]])


@pytest.mark.parametrize("typed", [ID, f"12 {ID}", "1-1017-00230-70-8", f"ใบลายเซ็น {ID}", f"บ้าน 14 นายมี {ID}"])
def test_a_national_id_is_refused_beside_a_photo_and_kept_nowhere(town: Town, leader: Phone, typed: str) -> None:
    leader.photo()
    assert "เลขประจำตัวประชาชน" in leader.say(typed)
    assert houses(town) == [None]
    assert ID not in everything_stored(town).replace("-", "").replace(" ", "")
    assert "บันทึกบ้านเลขที่ 12 แล้ว" in leader.say("12")


def test_a_national_id_in_a_burst_is_refused_and_the_burst_stands(town: Town, leader: Phone) -> None:
    album(leader)
    shown = leader.say(ID)
    assert "ได้รับ 10 รูป" in shown
    assert "เลขประจำตัวประชาชน" in shown
    assert ID not in everything_stored(town)
