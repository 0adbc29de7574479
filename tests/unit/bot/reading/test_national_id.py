"""Thirteen digits with a right check digit are found in any dress; other long numbers are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.national_id import find_national_ids, mask
from tests.unit.bot.reading.written import thai_digits

_BODY = st.lists(st.integers(0, 9), min_size=11, max_size=11).flatmap(
    lambda rest: st.integers(1, 9).map(lambda first: [first, *rest])
)


def _with_check_digit(digits: list[int]) -> str:
    total = sum(weight * digit for weight, digit in zip(range(13, 1, -1), digits, strict=True))
    return "".join(map(str, [*digits, (11 - total % 11) % 10]))


@given(body=_BODY)
def test_an_identity_number_is_masked_in_every_written_form(body: list[int]) -> None:
    number = _with_check_digit(body)
    dashed = f"{number[0]}-{number[1:5]}-{number[5:10]}-{number[10:12]}-{number[12]}"
    for form in (
        number,
        dashed,
        dashed.replace("-", " "),
        thai_digits(dashed),
        "\u200b".join(number),
        f"เลข{number}ค่ะ",
    ):
        masked = mask(form)
        assert len(masked) == len(form)
        assert not any(character.isdigit() for character in masked)


@given(body=_BODY, wrong=st.integers(1, 9))
def test_a_wrong_check_digit_is_no_identity_number(body: list[int], wrong: int) -> None:
    number = _with_check_digit(body)
    changed = number[:-1] + str((int(number[-1]) + wrong) % 10)
    assert find_national_ids(changed) == []
    assert mask(changed) == changed


@pytest.mark.parametrize("text", ["", "3150 3040", "42010123456", "081-234-5678", "0000000000000", "1 2 3"])
def test_other_numbers_stay_as_they_are(text: str) -> None:
    assert mask(text) == text


def test_an_identity_number_inside_a_longer_run_is_not_cut_out() -> None:
    number = _with_check_digit([1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2])
    assert find_national_ids("9" + number) == []
    assert find_national_ids(number + "9") == []


def test_each_of_several_is_found_with_its_span() -> None:
    one = _with_check_digit([1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2])
    two = _with_check_digit([3, 1, 0, 0, 5, 0, 1, 4, 2, 7, 8, 1])
    text = f"ก {one} และ {two}"
    assert [text[start:end] for start, end in find_national_ids(text)] == [one, two]


def test_words_between_the_digits_part_them() -> None:
    number = _with_check_digit([1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2])
    assert find_national_ids(f"{number[:6]} หลัง {number[6:]}") == []
    assert find_national_ids(f"{number[:6]}   {number[6:]}") == []


@pytest.mark.parametrize(
    "text", ["1 - 1017 - 00207 - 03 - 0", "1_1017_00207_03_0", "1\t1017\t00207\t03\t0", "1•1017•00207•03•0"]
)
def test_a_number_parted_in_odd_ways_is_found(text: str) -> None:
    assert find_national_ids(text) == [(0, len(text))]


@pytest.mark.parametrize("text", ["1\n1017\n00207\n03\n0", "1,1017,00207,03,0"])
def test_a_list_of_figures_is_none(text: str) -> None:
    assert find_national_ids(text) == []
