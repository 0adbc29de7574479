"""A line of house numbers, or rows of the visit sheet."""

from __future__ import annotations

import pytest

from bot.reading.houses import Houses
from bot.reading.national_id import find_national_ids
from bot.reading.reader import Reader


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


@pytest.mark.parametrize("words", ["12 12/1 14", "๑๒, ๑๒/๑ ,๑๔", "12\n12/1\n14", "12,12/1,14"])
def test_numbers_stand_in_the_order_in_which_they_were_written(reader: Reader, words: str) -> None:
    assert reader.house_numbers(words) == Houses(numbers=("12", "12/1", "14"))


@pytest.mark.parametrize(
    ("words", "rows"),
    [("แถว 1-3", (1, 2, 3)), ("แถวที่ ๑ ถึง ๓", (1, 2, 3)), ("แถว 7", (7,)), ("แถว 1-2, 7", (1, 2, 7))],
)
def test_rows_of_the_sheet(reader: Reader, words: str, rows: tuple[int, ...]) -> None:
    assert reader.house_numbers(words) == Houses(rows=rows)


@pytest.mark.parametrize("words", ["12", "12 14**", "12 14 หมู่ 5", "แถว 3-1", "แถว 0", "บ้านสีฟ้า 12", "12 " * 60])
def test_anything_doubtful_is_no_line_of_houses(reader: Reader, words: str) -> None:
    assert reader.house_numbers(words) is None


def test_a_line_of_house_numbers_is_no_identity_number_even_where_its_digits_would_make_one() -> None:
    assert find_national_ids("12 12/1 14 15 15/2 16 18 19 20 21") == []
