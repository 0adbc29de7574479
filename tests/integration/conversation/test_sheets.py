"""One photo of a signed sheet for many households: said in a tap, in rows or in numbers, and taken back again."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from models.area import Household
from models.media import LookAlike, Media
from models.people import Person
from models.signature import Signature
from services.ports import Content, ContentState
from tests.integration.conversation.test_leaders_many import TEN, album, houses, picture, words
from tests.integration.services.towns import one, rows
from tests.support import pictures
from tests.support.chat import Phone, Town

VILLAGE = "42070605"
ALL_TODAY = "ครอบคลุมทุกหลังที่ส่งวันนี้"
STORED = "บันทึกใบลายเซ็นแล้ว ✔ ครอบคลุม"


@pytest.fixture
def leader(town: Town) -> Phone:
    return town.person("บุญมี ตัวอย่าง", "leader", VILLAGE)


@pytest.fixture
def on_paper(leader: Phone) -> Phone:
    leader.say("เซ็นบนกระดาษ")
    return leader


def signed(town: Town) -> list[str]:
    """Numbers of the houses that a sheet covers, in the order of the list."""
    found = select(Household.house_no).join(Signature, Signature.household_id == Household.id)
    return rows(town, found.where(Signature.signed_on == "paper").order_by(Household.position, Household.id))


def send_ten(leader: Phone) -> None:
    album(leader)
    leader.quiet()
    leader.say(" ".join(TEN))
    leader.press("ถูกต้อง")
    leader.town.clock.pass_seconds(300)


def sheet(leader: Phone, covers: str = "12 14") -> str:
    leader.photo()
    return leader.say(f"ใบลายเซ็น {covers}")


def test_the_usual_page_costs_a_photo_and_a_tap(town: Town, on_paper: Phone) -> None:
    send_ten(on_paper)
    on_paper.photo()
    assert f"{STORED} 10 หลัง" in on_paper.press(ALL_TODAY)
    assert signed(town) == list(TEN)
    last = rows(town, select(Media).order_by(Media.id))[-1]
    assert (last.sheet, last.household_id) == (True, None)
    signature = rows(town, select(Signature))[0]
    assert (signature.role, signature.media_id) == ("respondent", last.id)
    assert signature.nonce == f"sheet-{last.id}-{signature.household_id}"


def test_a_sheet_is_no_house_and_waits_for_no_number(town: Town, on_paper: Phone) -> None:
    send_ten(on_paper)
    before = on_paper.say("หลังที่เหลือ")
    on_paper.photo()
    on_paper.press(ALL_TODAY)
    assert "เหลือ 110 หลัง" in before
    assert "เหลือ 110 หลัง" in on_paper.say("หลังที่เหลือ")
    assert "ถ่ายรูปใบลายเซ็น" not in on_paper.say("หลังที่เหลือ")
    assert "ส่งรูปบ้านหลังนี้มาได้เลย" in on_paper.say("44")
    assert houses(town) == [*TEN, None]


def test_tapped_twice_it_is_the_same(town: Town, on_paper: Phone) -> None:
    send_ten(on_paper)
    on_paper.photo()
    button = on_paper.buttons()[-1]
    on_paper.touch(button)
    assert "ใบลายเซ็นนี้บันทึกแล้ว ✔ ครอบคลุม 10 หลัง" in on_paper.touch(button)
    assert len(signed(town)) == 10


def test_all_of_the_day_leaves_out_who_has_signed_already(town: Town, on_paper: Phone) -> None:
    send_ten(on_paper)
    sheet(on_paper, "12 14")
    on_paper.town.clock.pass_seconds(300)
    on_paper.photo()
    assert f"{STORED} 8 หลัง" in on_paper.press(ALL_TODAY)


def test_nothing_sent_today_asks_which_houses(town: Town, on_paper: Phone) -> None:
    on_paper.photo()
    assert on_paper.labels()[-1] == "ใบลายเซ็น"
    assert "ครอบคลุมหลังใดบ้าง" in on_paper.press("ใบลายเซ็น")
    assert on_paper.labels() == []
    assert f"{STORED} 3 หลัง" in on_paper.say("1-3")
    assert signed(town) == ["12", "12/1", "14"]


@pytest.mark.parametrize(
    ("typed", "covers"),
    [
        ("1-3", ["12", "12/1", "14"]),
        ("แถว 1-3", ["12", "12/1", "14"]),
        ("1 ถึง 2 4", ["12", "12/1", "15"]),
        ("๑-๓", ["12", "12/1", "14"]),
        ("12 15/2", ["12", "15/2"]),
        ("แถว 2", ["12/1"]),
        ("14", ["14"]),
    ],
)
@pytest.mark.parametrize("word", ["ใบลายเซ็น", "ใบเซ็น"])
def test_rows_and_numbers_name_the_houses_after_the_word_or_beside_it(
    town: Town, leader: Phone, word: str, typed: str, covers: list[str]
) -> None:
    leader.photo()
    assert "ครอบคลุมหลังใดบ้าง" in leader.say(word)
    assert STORED in leader.say(typed)
    assert signed(town) == covers
    leader.say("ลบรูปล่าสุด")
    leader.photo()
    assert STORED in leader.say(f"{word} {typed}")
    assert signed(town) == covers


def test_a_row_that_the_list_lacks_is_said_so(town: Town, leader: Phone) -> None:
    assert "หมู่บ้านนี้มี 120 แถว" in sheet(leader, "119-121")
    assert signed(town) == []


def test_a_house_that_the_register_lacks_is_added_and_said_so(town: Town, leader: Phone) -> None:
    assert "ไม่มีในทะเบียน เพิ่มให้แล้ว: 999/9" in sheet(leader, "12 999/9")


def test_the_word_may_come_before_the_photo(town: Town, leader: Phone) -> None:
    assert "กรุณาถ่ายรูปใบนั้นส่งมา" in leader.say("ใบลายเซ็น")
    assert "ครอบคลุมหลังใดบ้าง" in leader.photo()
    leader.say("12")
    leader.say("ลบรูปล่าสุด")
    leader.say("ใบลายเซ็น 1-3")
    assert f"{STORED} 3 หลัง" in leader.photo()


def test_the_word_of_a_sheet_chooses_paper_and_the_question_is_not_put(town: Town, leader: Phone) -> None:
    sheet(leader)
    assert one(town, select(Person.signing)) == "paper"


def test_a_photo_sent_while_the_houses_are_asked_for_is_a_house_and_the_sheet_still_waits(
    town: Town, leader: Phone
) -> None:
    leader.photo()
    leader.press("ใบลายเซ็น")
    leader.town.clock.pass_seconds(60)
    leader.photo()
    assert "รูปที่ส่งเวลา" in leader.say("14")
    assert leader.labels()[-1] == "ใบลายเซ็น"
    assert signed(town) == []


def test_a_sheet_among_the_photos_of_an_album_is_told_apart_by_a_tap(town: Town, leader: Phone) -> None:
    leader.deliver(*(picture(leader, place) for place in range(3)))
    leader.quiet()
    assert "ได้รับ 3 รูป แต่มีเลขที่บ้าน 2 หลัง" in leader.say("12 14")
    leader.press("ใบลายเซ็น")
    assert f"{STORED} 2 หลัง" in leader.say("12 14")
    leader.say("12 14")
    leader.press("ถูกต้อง")
    assert houses(town) == ["12", "14", None]


def test_a_sheet_named_within_a_burst_is_no_photo_of_it(town: Town, leader: Phone) -> None:
    for number, house in enumerate(("12", "14")):
        leader.deliver(picture(leader, 30 * number, of_album=True), words(leader, 30 * number + 1, house))
    leader.deliver(picture(leader, 70, of_album=True))
    shown = leader.deliver(words(leader, 75, "ใบลายเซ็น 12 14"))
    assert "ได้รับครบ 2 รูป ✔ ตรงกับบ้าน 2 หลัง" in shown
    assert f"{STORED} 2 หลัง" in shown
    assert leader.quiet() == ""


def test_several_sheets_may_cover_the_same_house(town: Town, leader: Phone) -> None:
    sheet(leader, "12 14")
    sheet(leader, "14 15")
    assert signed(town) == ["12", "14", "14", "15"]
    leader.say("ลบรูปล่าสุด")
    assert signed(town) == ["12", "14"]


def test_what_a_sheet_covers_is_replaced_by_saying_it_again_or_by_quoting_its_receipt(
    town: Town, leader: Phone
) -> None:
    sheet(leader, "12 14")
    receipt = leader.bubble()
    leader.say("ใบลายเซ็น 15 16")
    assert signed(town) == ["15", "16"]
    leader.say("18-19", quoting=receipt)
    assert signed(town) == rows(town, select(Household.house_no).order_by(Household.position))[17:19]


def test_deleting_the_sheet_withdraws_its_signatures(town: Town, leader: Phone) -> None:
    sheet(leader, "12 14")
    shown = leader.say("ลบรูปล่าสุด")
    assert "ลบรูปใบลายเซ็นล่าสุดแล้ว" in shown
    assert "ลายเซ็น 2 หลังจากใบนี้จึงไม่นับแล้ว" in shown
    assert signed(town) == []


def test_a_sheet_moved_to_a_house_is_its_photo_and_no_sheet(town: Town, leader: Phone) -> None:
    sheet(leader, "12 14")
    assert "ลายเซ็น 2 หลังจากใบนี้จึงไม่นับแล้ว" in leader.say("ย้ายรูปล่าสุดไป 15")
    assert signed(town) == []
    assert houses(town) == ["15"]
    assert not one(town, select(Media)).sheet


def test_a_number_that_two_households_share_is_asked_about(town: Town, leader: Phone) -> None:
    with town.runtime.sessions() as session, session.begin():
        session.add(Household(village_code=VILLAGE, house_no="12", ordinal=2, position=2))
    assert "บ้านเลขที่ 12 มี 2 ครัวเรือน" in sheet(leader, "12 14")
    assert f"{STORED} 3 หลัง" in leader.press("ทุกครัวเรือนของบ้านนี้")
    sheet(leader, "12 15")
    assert f"{STORED} 2 หลัง" in leader.say("12 ครัวเรือนที่ 2")


def test_sheets_that_look_alike_are_never_compared(town: Town, leader: Phone) -> None:
    for covers in ("12 14", "15 16"):
        sheet(leader, covers)
    for number, medium in enumerate(rows(town, select(Media).order_by(Media.id))):
        content = Content(ContentState.READY, "image/jpeg", iter([pictures.jpeg(quality=90 - number)]))
        town.line.contents[medium.line_message_id] = content
    town.work()
    assert {medium.state for medium in rows(town, select(Media))} == {"stored"}
    assert rows(town, select(LookAlike)) == []


@pytest.mark.parametrize(
    ("state", "content", "told"),
    [(ContentState.GONE, b"", "มาไม่ถึงระบบ"), (ContentState.READY, pictures.PDF, "เปิดไม่ได้")],
)
def test_a_sheet_that_is_lost_or_refused_takes_its_signatures_along_and_is_asked_for_again(
    town: Town, leader: Phone, state: ContentState, content: bytes, told: str
) -> None:
    sheet(leader)
    town.line.contents[one(town, select(Media)).line_message_id] = Content(state, "image/jpeg", iter([content]))
    town.work()
    assert signed(town) == []
    shown = leader.say("หลังที่เหลือ")
    assert "รูปใบลายเซ็นที่ส่งเวลา" in shown
    assert told in shown
    assert "กรุณาถ่ายใบนั้นส่งอีกครั้ง" in shown


def test_answers_about_sheets_are_small_and_hold_no_pictures(town: Town, on_paper: Phone) -> None:
    send_ten(on_paper)
    on_paper.photo()
    on_paper.press(ALL_TODAY)
    on_paper.say("ใบลายเซ็น 1-50")
    on_paper.say("ใบลายเซ็น")
    on_paper.say("ลบรูปล่าสุด")
    for body in town.line.replies:
        sent = json.dumps(body["messages"], ensure_ascii=False).encode()
        assert len(sent) <= 3072, len(sent)
        assert b'"image"' not in sent
