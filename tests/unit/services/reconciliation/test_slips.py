from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reconciliation.slips import Slip, slip

NUMBERS = st.integers(min_value=100, max_value=10**9)


@pytest.mark.parametrize(
    ("written", "meant", "found"),
    [
        (3150, 3510, Slip.TRANSPOSED),
        (31150, 3150, Slip.DOUBLED),
        (33150, 3150, Slip.DOUBLED),
        (31850, 3150, Slip.EXTRA),
        (315, 3150, Slip.MISSING),
        (150, 3150, Slip.MISSING),
        (3750, 3150, Slip.DIGIT),
        (3150, 3150, None),
        (3150, 5130, None),
        (-315, 3150, None),
    ],
)
def test_each_slip_of_the_pen_has_its_name(written: int, meant: int, found: Slip | None) -> None:
    assert slip(written, meant) is found


@given(NUMBERS, st.data())
def test_a_number_with_one_slip_is_always_recognised(meant: int, data: st.DataObject) -> None:
    digits = str(meant)
    place = data.draw(st.integers(min_value=0, max_value=len(digits) - 1))
    assert slip(int(digits[: place + 1] + digits[place:]), meant) is Slip.DOUBLED
    left = digits[:place] + digits[place + 1 :]
    if not left.startswith("0"):
        assert slip(int(left), meant) is Slip.MISSING
    if place and digits[place] != digits[place - 1]:
        swapped = int(digits[: place - 1] + digits[place] + digits[place - 1] + digits[place + 1 :])
        assert len(str(swapped)) < len(digits) or slip(swapped, meant) is Slip.TRANSPOSED


@given(NUMBERS, NUMBERS)
def test_what_is_left_out_of_one_number_is_too_much_in_the_other(one: int, other: int) -> None:
    found, turned = slip(one, other), slip(other, one)
    assert (found is None) == (turned is None)
    if found in {Slip.DOUBLED, Slip.EXTRA}:
        assert turned is Slip.MISSING
    if found in {Slip.TRANSPOSED, Slip.DIGIT}:
        assert turned is found
