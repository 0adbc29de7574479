"""Photos and house numbers find each other by the time of sending, whatever the order of delivery."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.household.pairing import TOGETHER, Item, pair

HOUSES = ("12", "12/1", "14", "15", "15/2", "16", "18", "19", "20", "21")


def by_turns(gaps: list[int], *, number_first: bool) -> list[Item]:
    """Ten photos and ten numbers, each with its photo's place as its number."""
    items, at = [], 0
    for place, gap in enumerate(gaps):
        photo, number = (at + 1000, at) if number_first else (at, at + 1000)
        items += [Item(f"p{place}", photo), Item(f"n{place}", number, HOUSES[place])]
        at += 1000 + gap
    return items


@given(
    st.lists(st.integers(min_value=1, max_value=2 * TOGETHER), min_size=10, max_size=10),
    st.booleans(),
    st.randoms(use_true_random=False),
)
def test_ten_photos_and_ten_numbers_by_turns_are_all_right_in_any_order_and_doubled(
    gaps: list[int], number_first: bool, rng: random.Random
) -> None:
    items = by_turns(gaps, number_first=number_first)
    rng.shuffle(items)
    found = pair({item.id: item for item in items + items[:5]}.values())
    assert {photo: number.house for photo, number in found.sure.items()} == {
        f"p{place}": house for place, house in enumerate(HOUSES)
    }


@given(st.lists(st.tuples(st.integers(0, 600_000), st.booleans()), max_size=20))
def test_every_message_is_paired_asked_about_or_still_open_once(said: list[tuple[int, bool]]) -> None:
    items = [Item(f"m{place}", at, "12" if number else "") for place, (at, number) in enumerate(said)]
    found = pair(items)
    seen = [*found.sure, *(number.id for number in found.sure.values())]
    seen += [item.id for doubt in found.doubts for item in (*doubt.photos, *doubt.numbers)]
    seen += [item.id for item in (*found.photos, *found.numbers)]
    assert sorted(seen) == sorted(item.id for item in items)
    at = {item.id: item.at for item in items}
    assert all(abs(at[photo] - number.at) <= TOGETHER for photo, number in found.sure.items())


def test_several_photos_then_several_numbers_have_two_readings() -> None:
    found = pair([Item("a", 0), Item("b", 1), Item("x", 2, "12"), Item("y", 3, "14")])
    assert not found.sure
    assert [photo.id for photo in found.doubts[0].photos] == ["a", "b"]


def test_two_minutes_are_together_and_a_moment_more_is_not() -> None:
    assert pair([Item("a", 0), Item("x", TOGETHER, "12")]).sure
    assert not pair([Item("a", 0), Item("x", TOGETHER + 1, "12")]).sure
