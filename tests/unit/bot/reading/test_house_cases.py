"""Exceptional cases beside a house number: marks, words, the letter's own numbers, several at once, what follows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.cases import UNKNOWN, CaseSaid
from bot.reading.reader import Reader

MARKS = ("*", "**", "***", "****")


@pytest.mark.parametrize(
    ("words", "house", "cases"),
    [
        ("14 **", "14", ("**",)),
        ("14**", "14", ("**",)),
        ("** 14", "14", ("**",)),
        ("๑๒/๓ ＊＊＊＊ ค่ะ", "12/3", ("****",)),
        ("14 ไม่ให้ถ่าย", "14", ("**",)),
        ("14 ไม่อยู่บ้าน ไม่มีกำหนดกลับ", "14", ("****",)),
        ("14 มีการแก้ไขข้อมูล", "14", ("",)),
        ("14 แก้ข้อมูลแล้วครับ", "14", ("",)),
        ("14 กรณี ๓.๒", "14", ("3.2",)),
        ("กรณี 3.2 บ้าน 14", "บ้าน 14", ("3.2",)),
        ("14 ไม่เซ็นและไม่ให้ถ่าย", "14", ("*", "**")),
        ("14 *, **", "14", ("*", "**")),
        ("บ้านเลขที่ 14 ม.5 **", "บ้านเลขที่ 14 ม.5", ("**",)),
        ("14 ครัวเรือนที่ 2 **", "14 ครัวเรือนที่ 2", ("**",)),
        ("แถว 7 **", "แถว 7", ("**",)),
        ("ไม่มีเลขที่ ใกล้บ้าน 12 ****", "ไม่มีเลขที่ ใกล้บ้าน 12", ("****",)),
        ("กรณี 14", "14", (UNKNOWN,)),
        ("ไม่ได้ลายเซ็น 14", "14", (UNKNOWN,)),
        ("14 *****", "14", (UNKNOWN,)),
    ],
)
def test_a_house_with_its_cases(reader: Reader, words: str, house: str, cases: tuple[str, ...]) -> None:
    assert reader.house_cases(words) == (CaseSaid(house, cases),)


def test_marks_with_a_space_between_have_two_readings(reader: Reader) -> None:
    assert reader.house_cases("14 * **") == (CaseSaid("14", ("*", "**"), ("***",)),)
    assert reader.house_cases("14 * *") == (CaseSaid("14", ("**",)),)


@pytest.mark.parametrize(
    ("words", "note"),
    [
        ("14 ไม่เซ็น ไม่สะดวก", "ไม่สะดวก"),
        ("14 * เพราะ ไม่ไว้ใจ เจ้าหน้าที่ ๒ คน", "ไม่ไว้ใจ เจ้าหน้าที่ ๒ คน"),
        ("14 * มี 2 คน ไม่อยู่", "มี 2 คน ไม่อยู่"),
        ("14 *: Mr. Dang is away", "Mr. Dang is away"),
    ],
)
def test_what_follows_is_kept_word_for_word(reader: Reader, words: str, note: str) -> None:
    (said,) = reader.house_cases(words)
    assert (said.house, said.cases, said.note) == ("14", ("*",), note)


def test_a_denial_that_names_no_case_is_a_case_still_to_be_said(reader: Reader) -> None:
    assert reader.house_cases("14 ไม่สะดวก") == (CaseSaid("14", (UNKNOWN,), (), "ไม่สะดวก"),)


def test_several_houses_in_one_message(reader: Reader) -> None:
    assert reader.house_cases("14 **, 15 * ไม่สะดวก\n16 ไม่อยู่") == (
        CaseSaid("14", ("**",)),
        CaseSaid("15", ("*",), (), "ไม่สะดวก"),
        CaseSaid("16", ("****",)),
    )


@pytest.mark.parametrize("words", ["14", "12 12/1 14", "สวัสดี", "14 ไม่ใช่", "14 ไม่ใช่ 15", "หลังที่เหลือ", "x" * 500])
def test_words_without_a_case(reader: Reader, words: str) -> None:
    assert reader.house_cases(words) == ()


def test_the_case_without_a_mark_is_read_beside_a_house_number_too(reader: Reader) -> None:
    reading = reader.house_number("14 มีการแก้ไขข้อมูล")
    assert (reading.action.value, reading.value and reading.value.facts()) == (
        "confirm",
        {"house_no": "14", "exception": ""},
    )


@given(
    number=st.integers(1, 999), part=st.integers(0, 30), mark=st.sampled_from(MARKS), note=st.sampled_from(["", "ฝนตก"])
)
def test_any_house_and_mark_come_back(reader: Reader, number: int, part: int, mark: str, note: str) -> None:
    house = f"{number}/{part}" if part else str(number)
    assert reader.house_cases(f"{house} {mark} {note}") == (CaseSaid(house, (mark,), (), note),)


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(["14", "*", "**", "ไม่เซ็น", "กรณี", "3.2", ",", "\n", "บ้าน"])).map(" ".join)
)
def test_nothing_that_is_typed_makes_the_reader_fail(reader: Reader, words: str) -> None:
    for said in reader.house_cases(words):
        assert said.cases
        assert all(case in {*MARKS, "", UNKNOWN} or case[0].isdigit() for case in said.cases)
