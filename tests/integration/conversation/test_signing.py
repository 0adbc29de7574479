"""How signatures are taken: asked once with the first house, remembered, changed in words; it holds nothing up."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.conversation.household import signing
from models.area import Household
from models.people import Person
from models.signature import SignedOn
from tests.integration.conversation.test_leaders_many import TEN, album, houses
from tests.integration.services.towns import one
from tests.support.chat import Phone, Town

QUESTION = "ครัวเรือนเซ็นชื่อที่ใด"
TO_PHOTOGRAPH = "ถ่ายรูปใบลายเซ็นที่เซ็นแล้วส่งมา"


@pytest.fixture
def leader(town: Town) -> Phone:
    return town.person("บุญมี ตัวอย่าง", "leader", "42070605")


def way(town: Town) -> str:
    return one(town, select(Person.signing))


def test_the_ways_are_those_that_signatures_are_kept_by() -> None:
    assert {signing.PAPER, signing.SCREEN} == {way.value for way in SignedOn}


def test_the_first_receipt_asks_and_later_ones_do_not(town: Town, leader: Phone) -> None:
    leader.photo()
    assert QUESTION in leader.say("14")
    assert leader.labels() == ["ใบกระดาษ", "เซ็นบนจอ"]
    leader.photo()
    assert QUESTION not in leader.say("15")
    assert houses(town) == ["14", "15"]


def test_an_albums_receipt_asks_too_and_stays_one_bubble(town: Town, leader: Phone) -> None:
    album(leader)
    leader.quiet()
    leader.say(" ".join(TEN))
    assert QUESTION in leader.press("ถูกต้อง")
    assert len(leader.heard) == 1


def test_paper_is_remembered_and_its_receipts_have_no_page_to_sign_on(town: Town, leader: Phone) -> None:
    leader.photo()
    leader.say("14")
    assert "จำไว้แล้ว: เซ็นบนใบกระดาษ" in leader.press("ใบกระดาษ")
    assert way(town) == "paper"
    leader.photo()
    leader.say("15")
    assert leader.labels() == ["ไม่ได้รูป/ไม่ได้ลายเซ็น"]
    assert TO_PHOTOGRAPH in leader.say("หลังที่เหลือ")


def test_the_screen_is_remembered_and_the_page_of_the_first_house_comes_at_once(town: Town, leader: Phone) -> None:
    leader.photo()
    leader.say("14")
    shown = leader.press("เซ็นบนจอ")
    assert "จำไว้แล้ว: เซ็นบนจอ" in shown
    assert "เซ็นบนจอ บ้านเลขที่ 14" in shown
    assert way(town) == "screen"
    leader.photo()
    leader.say("15")
    assert leader.labels() == ["เซ็นบนจอ", "ไม่ได้รูป/ไม่ได้ลายเซ็น"]
    assert TO_PHOTOGRAPH not in leader.say("หลังที่เหลือ")


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [("ใบกระดาษ", "paper"), ("เซ็นบนกระดาษ", "paper"), ("กระดาษ", "paper"), ("เซ็นบนจอ", "screen"), ("บนจอ", "screen")],
)
def test_the_ways_are_typed_at_any_time(town: Town, leader: Phone, typed: str, chosen: str) -> None:
    assert "จำไว้แล้ว" in leader.say(typed)
    assert way(town) == chosen
    leader.photo()
    assert QUESTION not in leader.say("14")


def test_a_house_named_with_the_screen_gets_its_page(leader: Phone) -> None:
    assert "เซ็นบนจอ บ้านเลขที่ 14" in leader.say("เซ็นบนจอ 14")


def test_a_photo_and_its_number_while_the_question_stands_are_taken_as_such(town: Town, leader: Phone) -> None:
    leader.photo()
    leader.say("14")
    leader.photo()
    assert "บันทึกบ้านเลขที่ 16 แล้ว" in leader.say("16")
    assert way(town) == "asked"
    leader.say("ใบกระดาษ")
    assert way(town) == "paper"


def test_who_signs_on_paper_is_told_at_the_end_to_photograph_the_sheet(town: Town, leader: Phone) -> None:
    with town.runtime.sessions() as session, session.begin():
        for house in session.scalars(select(Household).where(Household.house_no != "12")):
            session.delete(house)
    leader.say("เซ็นบนกระดาษ")
    leader.photo()
    shown = leader.say("12")
    assert "ครบทุกหลังแล้ว" in shown
    assert TO_PHOTOGRAPH in shown
    assert TO_PHOTOGRAPH in leader.say("หลังที่เหลือ")
