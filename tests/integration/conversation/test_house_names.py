"""Houses that no plain number names: a second household, a house without number. They are offered, read and stored."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.conversation.household.house_facts import HouseFacts
from models.area import Household
from models.media import Media
from services.evidence.households import house_facts
from services.people.people import Areas
from services.texts import Texts
from tests.integration.conversation.test_leaders_many import album, picture, words
from tests.support.chat import Phone, Town

VILLAGE = "42070605"
SECOND, NEAR_14, NEAR_TEMPLE = "12 ครัวเรือนที่ 2", "ไม่มีเลขที่ ใกล้บ้าน 14", "ไม่มีเลขที่ ใกล้วัด"
MORE = (("12", "", 2, 2), ("", "14", 1, 4), ("", "วัด", 1, 5))
"""Number, near, ordinal, place on the list."""


@pytest.fixture
def leader(town: Town) -> Phone:
    with town.runtime.sessions() as session, session.begin():
        for house_no, near, ordinal, position in MORE:
            session.add(
                Household(village_code=VILLAGE, house_no=house_no, near=near, ordinal=ordinal, position=position)
            )
    return town.person("บุญมี ตัวอย่าง", "leader", VILLAGE)


def bound(town: Town) -> list[tuple[str, str, int] | None]:
    """Number, near and ordinal of what the photos show, in the order of sending."""
    with town.runtime.sessions() as session:
        found = select(Household).select_from(Media).join(Household, isouter=True).order_by(Media.sent_at, Media.id)
        houses: list[Household | None] = list(session.scalars(found))
        return [(house.house_no, house.near, house.ordinal) if house is not None else None for house in houses]


def known(town: Town) -> HouseFacts:
    with town.runtime.sessions() as session:
        areas = Areas(session, Texts().catalogue("th"))
        return house_facts(session, VILLAGE, town.clock.now(), areas)


def test_the_list_holds_every_household_in_the_order_of_the_register(town: Town, leader: Phone) -> None:
    assert leader.photo().endswith(f"[12] [12/1] [{SECOND}] [14] [15] [{NEAR_14}] [ใบลายเซ็น]")
    houses = known(town)
    assert houses.rows[:6] == ("12", "12/1", "12 (2)", "14", "15", "~14")
    assert houses.rows == houses.outstanding
    assert (houses.registered, len(houses.rows)) == (123, 123)


def test_a_tapped_name_is_bound_and_read_back(town: Town, leader: Phone) -> None:
    leader.photo()
    assert f"บันทึกบ้านเลขที่ {SECOND} แล้ว ✔" in leader.press(SECOND)
    leader.photo()
    assert f"บันทึกบ้าน{NEAR_14} แล้ว ✔" in leader.press(NEAR_14)
    assert bound(town) == [("12", "", 2), ("", "14", 1)]


@pytest.mark.parametrize(
    ("typed", "house"),
    [
        (SECOND, ("12", "", 2)),
        ("12 ครัวเรือนที่ 1", ("12", "", 1)),
        (NEAR_14, ("", "14", 1)),
        ("ไม่มีเลขที่ ใกล้บ้าน 14 ครัวเรือนที่ 2", ("", "14", 2)),
        ("แถว 3", ("12", "", 2)),
    ],
)
def test_a_typed_name_is_bound_at_once(town: Town, leader: Phone, typed: str, house: tuple[str, str, int]) -> None:
    leader.photo()
    assert "แล้ว ✔" in leader.say(typed)
    assert bound(town) == [house]


def test_a_landmark_of_the_register_is_read_back_before_it_is_stored(town: Town, leader: Phone) -> None:
    leader.photo()
    assert f"หมายถึงบ้าน{NEAR_TEMPLE} ใช่หรือไม่" in leader.say("ไม่มีเลขที่ ใกล้วัด")
    assert f"บันทึกบ้าน{NEAR_TEMPLE} แล้ว" in leader.say("ใช่")


def test_a_number_that_two_households_share_asks_which(town: Town, leader: Phone) -> None:
    leader.photo()
    assert "บ้านเลขที่ 12 มี 2 ครัวเรือน เป็นครัวเรือนใด" in leader.say("12")
    assert leader.labels() == ["12", SECOND]
    assert bound(town) == [None]
    leader.press(SECOND)
    assert bound(town) == [("12", "", 2)]


def test_a_shared_number_before_its_photo_is_asked_about_and_the_choice_is_kept(town: Town, leader: Phone) -> None:
    leader.say("12")
    assert "ส่งรูปบ้านหลังนี้มาได้เลย" in leader.press("12")
    assert "บันทึกบ้านเลขที่ 12 แล้ว" in leader.photo()


def test_a_house_without_number_and_without_neighbour_asks_which(town: Town, leader: Phone) -> None:
    leader.photo()
    assert "กรุณาบอกบ้านใกล้เคียง" in leader.say("ไม่มีเลขที่")
    assert leader.labels() == [NEAR_14, NEAR_TEMPLE]
    assert f"บันทึกบ้าน{NEAR_TEMPLE} แล้ว" in leader.press(NEAR_TEMPLE)


def test_a_house_without_number_that_the_register_lacks_is_added_and_said_so(town: Town, leader: Phone) -> None:
    leader.photo()
    shown = leader.say("ไม่มีเลขที่ ใกล้บ้าน 99/1")
    assert "บันทึกบ้านไม่มีเลขที่ ใกล้บ้าน 99/1 แล้ว" in shown
    assert "ไม่มีในทะเบียน เพิ่มให้แล้ว" in shown
    assert "~99/1" in known(town).known_numbers


def test_a_line_with_a_shared_number_asks_before_it_is_read_back(town: Town, leader: Phone) -> None:
    album(leader)
    leader.quiet()
    shown = leader.say("12 12/1 14 15 15/2 16 18 19 20 21")
    assert "ลำดับที่ 1 บ้านเลขที่ 12 มี 2 ครัวเรือน" in shown
    assert "ลำดับที่ 1" in leader.say("ใช่")
    assert f"→ {SECOND}" in leader.say(SECOND)
    leader.press("ถูกต้อง")
    assert bound(town)[0] == ("12", "", 2)


def test_a_line_that_names_a_shared_number_twice_means_both_households_in_turn(town: Town, leader: Phone) -> None:
    leader.deliver(picture(leader, 0), picture(leader, 1))
    assert f"→ {SECOND}" in leader.say("12 12") + leader.quiet()
    leader.press("ถูกต้อง")
    assert bound(town) == [("12", "", 1), ("12", "", 2)]


def test_rows_name_households_that_share_a_number(town: Town, leader: Phone) -> None:
    leader.deliver(*(picture(leader, place) for place in range(3)))
    leader.say("แถว 1-3")
    leader.press("ถูกต้อง")
    assert bound(town) == [("12", "", 1), ("12/1", "", 1), ("12", "", 2)]


def test_a_shared_number_in_a_burst_is_asked_about_in_its_summary(town: Town, leader: Phone) -> None:
    events = [picture(leader, 0), words(leader, 1, "12"), picture(leader, 30), words(leader, 31, "14")]
    shown = leader.deliver(*events) + leader.quiet()
    assert "ได้รับครบ 2 รูป" in shown
    assert "บ้านเลขที่ 12 มี 2 ครัวเรือน" in shown
    leader.press("12")
    assert bound(town) == [("12", "", 1), ("14", "", 1)]


def test_a_photo_is_moved_to_a_household_that_shares_its_number(town: Town, leader: Phone) -> None:
    leader.photo()
    leader.say("14")
    assert leader.say("ย้ายรูปล่าสุดไป 12").endswith(f"[12] [{SECOND}]")
    leader.press(SECOND)
    assert bound(town) == [("12", "", 2)]


def test_a_button_of_an_earlier_photo_is_about_that_photo(town: Town, leader: Phone) -> None:
    leader.photo()
    fourteen = next(item for item in leader.buttons() if item["label"] == "14")
    leader.say("15")
    leader.town.clock.pass_seconds(60)
    leader.photo()
    leader.touch(fourteen)
    assert bound(town) == [("14", "", 1), None]


def test_the_page_to_sign_on_is_of_one_household(town: Town, leader: Phone) -> None:
    assert "บ้านเลขที่ 12 มี 2 ครัวเรือน" in leader.say("เซ็น 12")
    assert f"เซ็นบนจอ บ้านเลขที่ {SECOND}" in leader.press(SECOND)
    assert f"เซ็นบนจอ บ้าน{NEAR_14}" in leader.say("เซ็น ไม่มีเลขที่ ใกล้บ้าน 14")
