from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.register.cells import Cells, holds_national_id, shown
from services.register.faults import RowError
from services.register.words import Words

TODAY = dt.date(2021, 6, 7)
CELLS = Cells(Words.load(), TODAY)
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def refused(read: Callable[[str], Any], text: str) -> str:
    with pytest.raises(RowError) as caught:
        read(text)
    return caught.value.what


@given(st.integers(0, 999_999_999), st.booleans())
def test_whole_numbers_are_read_in_thai_and_arabic_digits_with_and_without_commas(value: int, thai: bool) -> None:
    for text in (str(value), f"{value:,}", f" {value} ", f"{value}.0"):
        assert CELLS.whole(text.translate(THAI_DIGITS) if thai else text) == value


@pytest.mark.parametrize("text", ["", "1.5", "-1", "12 หลัง", "1,20", "10000000000", "๑๒ก", "1e5"])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    assert refused(CELLS.whole, text) == "not_whole"


@given(st.integers(2000, 2022))
def test_a_year_is_read_in_both_eras_and_in_two_digits(year: int) -> None:
    buddhist = year + 543
    for text in (str(year), str(buddhist), f"พ.ศ. {buddhist}", f"ปี {buddhist}", str(buddhist).translate(THAI_DIGITS)):
        assert CELLS.year(text) == year
    assert CELLS.year(str(buddhist)[2:]) == year


@pytest.mark.parametrize("text", ["2023", "2566", "20", "256", "25633", "ปีที่แล้ว", "1900"])
def test_a_year_that_is_none_or_still_to_come_is_refused(text: str) -> None:
    assert refused(CELLS.year, text) == "year"


@given(st.dates(dt.date(2001, 1, 1), TODAY))
def test_a_day_is_read_in_both_eras_in_digits_and_as_excel_keeps_it(day: dt.date) -> None:
    buddhist = day.year + 543
    for text in (
        day.isoformat(),
        f"{day.isoformat()} 00:00:00",
        f"{day.day}/{day.month}/{buddhist}",
        f"{day.day:02d}/{day.month:02d}/{buddhist % 100:02d}",
        f"{day.day}/{day.month}/{day.year}",
        f"{buddhist}-{day.month:02d}-{day.day:02d}" if (day.month, day.day) != (2, 29) else day.isoformat(),
        f"{day.day}-{day.month}-{buddhist}".translate(THAI_DIGITS),
    ):
        assert CELLS.day(text) == day


def test_a_day_in_words_is_read_too() -> None:
    assert CELLS.day("๑๖ มี.ค. ๖๓") == dt.date(2020, 3, 16)


@pytest.mark.parametrize("text", ["31/2/2563", "1/13/2563", "1/7/2564", "12", "เมื่อไรก็ได้"])
def test_what_is_no_day_that_has_been_is_refused(text: str) -> None:
    assert refused(CELLS.day, text) == "day"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("มี", True), ("ไม่มี", False), ("✓", True), ("/", True), ("1", True), ("๐", False), ("-", False), ("", None)),
        *(("Yes", True), ("NO", False), ("ครบถ้วน", True), ("ยังไม่มี", False)),
    ],
)
def test_yes_and_no_are_read_as_offices_write_them(text: str, value: bool | None) -> None:
    assert CELLS.yes_no(text) is value


@pytest.mark.parametrize("text", ["x", "2", "บางส่วน", "?"])
def test_what_may_mean_either_is_refused(text: str) -> None:
    assert refused(CELLS.yes_no, text) == "yes_no"


def test_codes_of_places_are_read_with_spaces_and_thai_digits_and_must_be_whole() -> None:
    assert CELLS.village("42 07 06 05") == CELLS.village("๔๒๐๗๐๖๐๕") == CELLS.village("42070605.0") == "42070605"
    assert CELLS.tambon("420706") == "420706"
    assert refused(CELLS.village, "4207065") == "village_code"
    assert refused(CELLS.tambon, "สานตม") == "tambon_code"


def test_several_volunteers_in_one_cell_are_several_ids() -> None:
    assert CELLS.codes("A-01, A-02") == CELLS.codes("A-01/A-02") == CELLS.codes("A-01 A-02 A-01") == ("A-01", "A-02")
    assert CELLS.codes("๐๑") == ("01",)
    assert CELLS.codes("อสม.7") == ("อสม.7",)
    assert refused(CELLS.code, "A*1") == "volunteer_code"


@pytest.mark.parametrize("text", ["นาย ก 0812345678", "081-234-5678", "นาง ข (๐๘ ๑๒๓๔ ๕๖๗๘)", "042 811 773"])
def test_a_telephone_number_beside_a_name_is_refused(text: str) -> None:
    assert refused(CELLS.name, text) == "phone"


@given(st.text(max_size=100))
def test_a_name_is_one_tidy_printable_line(text: str) -> None:
    try:
        name = CELLS.name(text)
    except RowError:
        return
    assert name.isprintable()
    assert name == " ".join(name.split())


@pytest.mark.parametrize("text", ["1101700230708", "1-1017-00230-70-8", "เลข ๑๑๐๑๗๐๐๒๓๐๗๐๘ ครับ"])
def test_an_identity_number_is_found_in_any_cell(text: str) -> None:
    assert holds_national_id(["42070605", text, ""])
    assert not holds_national_id(["42070605", "1101700230705", ""])


@given(st.text(alphabet="0123456789 -", max_size=30))
def test_what_an_error_quotes_never_holds_a_long_number(text: str) -> None:
    assert re.search(r"\d(?:[ -]?\d){8}", shown(text)) is None
