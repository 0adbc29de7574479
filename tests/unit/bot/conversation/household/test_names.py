from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.household.names import House, house_of, name_of, written
from bot.messages.bubbles import Text


def test_a_house_number_is_its_own_name() -> None:
    assert name_of(House("12/3")) == "12/3"
    assert written("12/3") == "12/3"


def test_a_second_household_and_a_house_without_number_have_names_of_their_own() -> None:
    assert name_of(House("12", ordinal=2)) == "12 (2)"
    assert name_of(House("", near="14/1")) == "~14/1"
    assert written("~14/1") == Text("household.near", {"near": "14/1"})
    assert written("12 (2)") == Text("household.nth", {"house": "12", "n": 2})


numbers = st.from_regex(r"[0-9]{1,4}(/[0-9]{1,3})?", fullmatch=True)


@given(numbers, st.integers(1, 20))
def test_every_name_leads_back_to_its_household(number: str, ordinal: int) -> None:
    for house in (House(number, ordinal=ordinal), House("", number, ordinal)):
        assert house_of(name_of(house)) == house
