from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.outcome import Action
from services.register.faults import RowError
from services.register.houses import _PLAIN, House, Houses
from services.register.words import Words

WORDS = Words.load()
HOUSES = Houses(WORDS)


@given(st.from_regex(_PLAIN, fullmatch=True))
def test_what_is_taken_at_once_is_what_the_reader_of_the_chat_takes(number: str) -> None:
    reading = WORDS.houses.read(number)
    assert reading.action is Action.ACCEPT
    assert reading.value is not None
    assert reading.value.facts() == {"house_no": HOUSES.read(number, "").house_no}


@pytest.mark.parametrize(
    ("number", "near", "house"),
    [
        ("๑๒/๓", "", House("12/3")),
        ("บ้านเลขที่ 14", "", House("14")),
        ("12 ทับ 3", "", House("12/3")),
        ("99 ก", "", House("99ก")),
        ("12/3 หมู่ 5", "", House("12/3", moo=5)),
        ("12 ครัวเรือนที่ 2", "", House("12", ordinal=2)),
        ("", "12", House("", "12")),
        ("-", "วัด", House("", "วัด")),
        ("ไม่มีเลขที่ ใกล้ 12", "", House("", "12")),
        ("ไม่มีเลขที่", "ศาลา", House("", "ศาลา")),
    ],
)
def test_house_numbers_are_read_as_people_write_them(number: str, near: str, house: House) -> None:
    assert HOUSES.read(number, near) == house


@pytest.mark.parametrize(
    ("number", "what"),
    [
        ("", "house_missing"),
        ("ไม่มีเลขที่", "house_missing"),
        ("2021-03-12", "house_day"),
        ("12/3/2564", "house_day"),
        ("12-Mar", "house_day"),
        ("12-มี.ค.", "house_day"),
        ("มี.ค.-12", "house_day"),
        ("12-3", "house_unclear"),
        ("0", "house_unclear"),
        ("บ้านใหม่", "house_unclear"),
        ("14 *", "house_unclear"),
        ("0812345678", "house_unclear"),
    ],
)
def test_a_house_number_that_is_none_is_refused_with_its_reason(number: str, what: str) -> None:
    with pytest.raises(RowError) as caught:
        HOUSES.read(number, "")
    assert caught.value.what == what


@given(st.text(max_size=30), st.text(max_size=10))
def test_any_cell_is_a_house_or_refused(number: str, near: str) -> None:
    try:
        house = HOUSES.read(number, near)
    except RowError:
        return
    assert house.house_no or house.near
