from bot.conversation.facts import AreaFacts
from bot.conversation.household.house_facts import HouseFacts
from bot.conversation.household.meant import choices, meant, of_a_line
from bot.conversation.household.names import is_unsure, unsure, written
from bot.messages.bubbles import Text
from bot.reading.house import HouseNumber

ROWS = ("12", "12/1", "12 (2)", "14", "~14", "~วัด")
HOUSES = HouseFacts(
    AreaFacts("42070605", "village", "หมู่ 5", "หมู่ 5"), 6, 0, 0, ROWS, ROWS, frozenset({*ROWS, "99"}), ROWS
)


def named(words: str = "", **said: object) -> str:
    return meant(HouseNumber(**said), words, HOUSES)  # type: ignore[arg-type]  # the fields under test


def test_a_number_of_one_household_or_of_none_is_its_name() -> None:
    assert named(house_no="14") == "14"
    assert named(house_no="999/9") == "999/9"


def test_a_number_of_several_households_is_unsure_unless_the_household_is_said() -> None:
    assert named(house_no="12") == unsure("12")
    assert choices(unsure("12"), HOUSES) == ("12", "12 (2)")
    assert named(house_no="12", hh_in_house=1) == "12"
    assert named(house_no="12", hh_in_house=3) == "12 (3)"


def test_a_house_without_number_is_named_by_its_neighbour_or_by_a_landmark_of_the_list() -> None:
    assert named(no_number=True, near="14") == "~14"
    assert named("ไม่มีเลขที่ ใกล้วัด", no_number=True) == "~วัด"
    assert choices(named(no_number=True), HOUSES) == ("~14", "~วัด")


def test_what_names_no_house_has_no_name() -> None:
    assert named(seq=3) == ""


def test_a_line_names_each_household_in_turn_or_leaves_it_unsure() -> None:
    assert of_a_line(("12", "14", "12"), HOUSES) == ("12", "14", "12 (2)")
    assert of_a_line(("12", "14"), HOUSES) == (unsure("12"), "14")
    assert of_a_line(("12", "12", "12"), HOUSES) == (unsure("12"),) * 3


def test_an_unsure_name_is_read_as_its_house_and_a_landmark_without_the_word_for_a_house() -> None:
    assert is_unsure(unsure("12"))
    assert written(unsure("12")) == "12"
    assert written("~วัด") == Text("household.near_place", {"near": "วัด"})
