"""Leaders with many photos at once: albums, lines of numbers, any order, one summary, and putting a photo right."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select

from models.area import Household
from models.media import Media
from models.work import OwedJob
from services.owed import LaterError
from services.ports import Content, ContentState
from tests.integration.services.towns import rows
from tests.support import pictures
from tests.support.chat import Phone, Town

TEN = ("12", "12/1", "14", "15", "15/2", "16", "18", "19", "20", "21")
IMAGE = {"type": "image", "contentProvider": {"type": "line"}}


@pytest.fixture
def leader(town: Town) -> Phone:
    return town.person("บุญมี ตัวอย่าง", "leader", "42070605")


def picture(phone: Phone, at: int, *, of_album: bool = False, number: int = 1) -> dict[str, Any]:
    """A photo sent `at` seconds after the first of its day's messages, all of them a few minutes ago."""
    album = {"imageSet": {"id": "album", "index": number, "total": 10}} if of_album else {}
    return phone.event({"type": "message", "message": {**IMAGE, **album}}, timestamp=moment(phone, at))


def words(phone: Phone, at: int, text: str) -> dict[str, Any]:
    body = {"type": "message", "message": {"type": "text", "text": text, "quoteToken": "q"}}
    return phone.event(body, timestamp=moment(phone, at))


def moment(phone: Phone, seconds: int) -> int:
    return int(phone.town.clock.real().timestamp() * 1000) + (seconds - 200) * 1000


def houses(town: Town) -> list[str | None]:
    """What the photos show, in the order in which they were sent."""
    found = select(Household.house_no).select_from(Media).join(Household, isouter=True).order_by(Media.sent_at)
    with town.runtime.sessions() as session:
        return list(session.scalars(found.where(Media.state != "unsent")))


def album(phone: Phone) -> None:
    for number in range(10):
        assert phone.deliver(picture(phone, number, of_album=True, number=number + 1)) == ""


def test_an_album_is_summed_up_once_and_a_line_of_numbers_is_read_back_before_it_is_stored(
    town: Town, leader: Phone
) -> None:
    album(leader)
    assert "ได้รับ 10 รูป เป็นบ้านเลขที่ใดบ้าง" in leader.quiet()
    shown = leader.say(" ".join(TEN))
    assert "ถูกต้อง ใช่หรือไม่" in shown
    assert "→ 15/2" in shown
    assert set(houses(town)) == {None}
    stored = leader.press("ถูกต้อง")
    assert "บันทึก 10 หลังแล้ว" in stored
    assert "เหลือ 110 หลัง" in stored
    assert houses(town) == list(TEN)


def test_the_line_may_follow_the_album_at_once_and_the_yes_may_be_typed(town: Town, leader: Phone) -> None:
    album(leader)
    assert "ถูกต้อง ใช่หรือไม่" in leader.say("๑๒, ๑๒/๑, ๑๔, ๑๕, ๑๕/๒, ๑๖, ๑๘, ๑๙, ๒๐, ๒๑")
    assert leader.quiet() == ""
    assert "บันทึก 10 หลังแล้ว" in leader.say("ใช่")
    assert houses(town) == list(TEN)


def test_rows_of_the_visit_sheet_stand_for_their_houses(town: Town, leader: Phone) -> None:
    album(leader)
    assert "ถูกต้อง ใช่หรือไม่" in leader.say("แถว 1-10")
    leader.press("ถูกต้อง")
    known = select(Household.house_no).where(Household.village_code == "42070605").order_by(Household.position)
    assert houses(town) == list(rows(town, known))[:10]
    assert "หมู่บ้านนี้มี 120 แถว" in leader.say("แถว 500")


def test_a_wrong_count_says_what_is_missing_and_stores_nothing(town: Town, leader: Phone) -> None:
    album(leader)
    leader.quiet()
    shown = leader.say("12 14")
    assert "ได้รับ 10 รูป แต่มีเลขที่บ้าน 2 หลัง" in shown
    assert "ตั้งแต่รูปที่ส่งเวลา" in shown
    assert set(houses(town)) == {None}


def test_a_single_photo_is_answered_at_once_and_a_second_right_after_it_waits_for_the_summary(
    town: Town, leader: Phone
) -> None:
    assert "เป็นบ้านเลขที่ใด" in leader.photo()
    assert leader.photo() == ""
    assert "ได้รับ 2 รูป เป็นบ้านเลขที่ใดบ้าง" in leader.quiet()
    assert leader.quiet() == ""


def test_a_summary_waits_while_messages_still_come_in(town: Town, leader: Phone) -> None:
    album(leader)
    chat = rows(town, select(OwedJob.subject_id).where(OwedJob.job == "burst_summary"))[0]
    with pytest.raises(LaterError):
        town.runtime.bursts.sum_up(chat)


def test_a_summary_whose_reply_tokens_are_stale_comes_before_the_next_answer_and_is_never_pushed(
    town: Town, leader: Phone
) -> None:
    album(leader)
    town.clock.pass_seconds(60)
    assert leader.quiet() == ""
    assert town.line.pushes == []
    assert "ได้รับ 10 รูป เป็นบ้านเลขที่ใดบ้าง" in leader.say("หลังที่เหลือ")


def test_a_number_may_come_before_its_photo(town: Town, leader: Phone) -> None:
    assert "ส่งรูปบ้านหลังนี้มาได้เลย" in leader.say("14")
    assert "บันทึกบ้านเลขที่ 14 แล้ว" in leader.photo()
    assert houses(town) == ["14"]


def test_a_number_of_more_than_two_minutes_ago_is_not_the_photos(town: Town, leader: Phone) -> None:
    leader.deliver(words(leader, 0, "14"))
    assert "เป็นบ้านเลขที่ใด" in leader.deliver(picture(leader, 121))


def test_photo_and_number_by_turns_in_one_delivery_are_paired_whatever_their_order(town: Town, leader: Phone) -> None:
    events = []
    for place, house in enumerate(TEN):
        events += [picture(leader, 4 * place), words(leader, 4 * place + 2, house)]
    shown = leader.deliver(*events[::-1])
    assert "ได้รับครบ 10 รูป ✔ ตรงกับบ้าน 10 หลัง" in shown + leader.quiet()
    assert houses(town) == list(TEN)


def test_what_was_overtaken_on_the_way_still_finds_its_photo(town: Town, leader: Phone) -> None:
    photo, number = picture(leader, 0), words(leader, 3, "14")
    second, other = picture(leader, 5), words(leader, 8, "15")
    leader.deliver(photo)
    leader.deliver(other)
    leader.deliver(number)
    leader.deliver(second)
    leader.quiet()
    assert houses(town) in (["14", "15"], [None, None])


def test_photos_and_then_numbers_one_by_one_are_read_back_in_their_order(town: Town, leader: Phone) -> None:
    events = [picture(leader, place) for place in range(3)]
    events += [words(leader, 3 + place, house) for place, house in enumerate(TEN[:3])]
    assert "ถูกต้อง ใช่หรือไม่" in leader.deliver(*events) + leader.quiet()
    leader.press("ถูกต้อง")
    assert houses(town) == list(TEN[:3])


def test_two_photos_and_one_number_are_asked_about_by_the_time_of_the_photo(town: Town, leader: Phone) -> None:
    leader.deliver(picture(leader, 0))
    leader.deliver(picture(leader, 20))
    assert "รูปที่ส่งเวลา" in leader.deliver(words(leader, 25, "14"))
    assert houses(town) == [None, None]


def test_the_newest_photo_is_moved_and_deleted(town: Town, leader: Phone) -> None:
    assert "ยังไม่มีรูปที่จะย้ายหรือลบ" in leader.say("ลบรูปล่าสุด")
    leader.photo()
    leader.say("14")
    assert "ย้ายรูปล่าสุดไปบ้านเลขที่ 15 แล้ว" in leader.say("ย้ายรูปล่าสุดไป 15")
    assert houses(town) == ["15"]
    assert "กรุณาระบุเลขที่บ้านที่จะย้ายรูปไป" in leader.say("ย้ายรูปล่าสุดไป")
    assert "ลบรูปล่าสุดของบ้านเลขที่ 15 แล้ว" in leader.say("ลบรูปล่าสุด")
    assert houses(town) == []


def test_a_quoted_receipt_moves_the_photo_that_it_was_about(town: Town, leader: Phone) -> None:
    leader.photo()
    leader.say("14")
    receipt = leader.bubble()
    leader.town.clock.pass_seconds(600)
    leader.photo()
    leader.say("16")
    assert "บ้านเลขที่ 15 แล้ว" in leader.say("15", quoting=receipt)
    assert houses(town) == ["15", "16"]


def test_a_house_of_another_village_is_asked_about(town: Town, leader: Phone) -> None:
    leader.photo()
    assert "อยู่หมู่ 6 แต่ท่านดูแลหมู่ 5" in leader.say("12/3 หมู่ 6")
    assert houses(town) == [None]
    assert "บันทึกบ้านเลขที่ 12/3 แล้ว" in leader.press("ใช่ อยู่หมู่ 5")
    leader.photo()
    assert "บันทึกบ้านเลขที่ 14 แล้ว" in leader.say("14 หมู่ 5")


def test_the_same_bytes_again_are_one_photo(town: Town, leader: Phone) -> None:
    album(leader)
    with town.runtime.sessions() as session, session.begin():
        for place, media in enumerate(session.scalars(select(Media).order_by(Media.id))):
            media.state, media.sha256 = "stored", f"{place // 2:064x}"
    assert "ได้รับ 5 รูป" in leader.quiet()
    leader.say("12 12/1 14 15 15/2")
    assert "บันทึก 5 หลังแล้ว" in leader.press("ถูกต้อง")
    assert "มีรูปหรือกรณีแล้ว 5 จาก 120 หลัง" in leader.say("หลังที่เหลือ")


def test_a_photo_that_is_taken_back_leaves_the_burst(town: Town, leader: Phone) -> None:
    album(leader)
    leader.send({"type": "unsend", "unsend": {"messageId": leader.last_message_id()}})
    assert "ได้รับ 9 รูป" in leader.quiet()


def test_answers_to_leaders_are_small_and_hold_no_pictures(town: Town, leader: Phone) -> None:
    album(leader)
    leader.quiet()
    leader.say(" ".join(TEN))
    leader.press("ถูกต้อง")
    leader.say("ย้ายรูปล่าสุดไป 15")
    leader.say("หลังที่เหลือ")
    for body in town.line.replies:
        sent = json.dumps(body["messages"], ensure_ascii=False).encode()
        assert len(sent) <= 3072, len(sent)
        assert b'"image"' not in sent


def test_photos_of_a_burst_that_could_not_be_kept_are_told_of_when_it_is_over(town: Town, leader: Phone) -> None:
    leader.deliver(picture(leader, 0, of_album=True), picture(leader, 1, of_album=True, number=2))
    for medium in rows(town, select(Media)):
        content = Content(ContentState.READY, "image/jpeg", iter([pictures.PDF]))
        town.line.contents[medium.line_message_id] = content
    town.work()
    assert "เป็นเอกสาร" in leader.quiet()
    assert leader.quiet() == ""


def test_a_number_typed_at_once_after_its_photo_is_answered_after_a_moment_with_a_receipt_to_quote(
    town: Town, leader: Phone
) -> None:
    photo, number = picture(leader, 0), words(leader, 1, "14")
    assert "เป็นบ้านเลขที่ใด" in leader.deliver(photo)
    assert leader.deliver(number) == ""
    assert "บันทึกบ้านเลขที่ 14 แล้ว ✔" in leader.quiet()
    assert houses(town) == ["14"]
    assert "บ้านเลขที่ 15 แล้ว" in leader.say("15", quoting=leader.bubble())
    assert houses(town) == ["15"]


def test_messages_that_were_held_up_on_their_way_are_answered_once(town: Town, leader: Phone) -> None:
    town.clock.civil = town.clock.real()
    events = [picture(leader, 0), words(leader, 6, "12"), picture(leader, 60), words(leader, 66, "14")]
    assert [leader.deliver(event) for event in (events[3], events[0], events[2], events[1])] == ["", "", "", ""]
    assert "ได้รับครบ 2 รูป ✔ ตรงกับบ้าน 2 หลัง" in leader.quiet()
    assert houses(town) == ["12", "14"]


def test_numbers_typed_at_a_stroke_are_of_the_photos_that_were_asked_about_before(town: Town, leader: Phone) -> None:
    album(leader)
    assert "ได้รับ 10 รูป เป็นบ้านเลขที่ใดบ้าง" in leader.quiet()
    leader.deliver(*(words(leader, 60 + place, house) for place, house in enumerate(TEN)))
    assert "ถูกต้อง ใช่หรือไม่" in leader.quiet()
    leader.say("ใช่")
    assert houses(town) == list(TEN)
