"""Planted mistakes are found; what is said of a row is true of its numbers."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from services.reconciliation.likely import MENDS, TOTAL, Candidate, Reason, Row, likely

VALUES = st.lists(st.integers(min_value=0, max_value=99_999), min_size=1, max_size=14)
MAYBE = st.none() | st.integers(min_value=0, max_value=99_999)
ROWS = st.lists(st.builds(Row, key=st.just(""), value=MAYBE, other=MAYBE, before=MAYBE), max_size=14)


def rows_of(values: Sequence[int | None]) -> list[Row]:
    return [Row(str(place), value) for place, value in enumerate(values)]


def found(values: Sequence[int | None], said: int) -> list[tuple[str, Reason]]:
    return [(one.key, one.reason) for one in likely(rows_of(values), said)]


@given(VALUES)
def test_where_all_agrees_nobody_is_pointed_at(values: list[int]) -> None:
    rows = [Row(str(place), value, value, value) for place, value in enumerate(values)]
    assert likely(rows, sum(values)) == ()


@pytest.mark.parametrize(
    ("values", "said", "first"),
    [
        ([3510, 2047, 815], 3150 + 2047 + 815, ("0", Reason.TRANSPOSED)),
        ([31150, 2047, 815], 3150 + 2047 + 815, ("0", Reason.DOUBLED)),
        ([315, 2047, 815], 3150 + 2047 + 815, ("0", Reason.MISSING_DIGIT)),
        ([3150, 2047, 815], 3150 + 815, ("1", Reason.EQUAL)),
        ([3150, 2047, 815], 3150 + 2047 * 2 + 815, ("1", Reason.TWICE)),
        ([3150, 2047, 815], 3150 - 2047 + 815, ("1", Reason.HALF)),
        ([3150, 2047, 815, 6012], 6012, ("3", Reason.SUBTOTAL)),
        ([3150, 2047, 5197, 815], 3150 + 2047 + 815, ("2", Reason.SUBTOTAL)),
        ([3150, None, 815], 3150 + 2047 + 815, ("1", Reason.ABSENT)),
    ],
)
def test_each_kind_of_mistake_comes_first_where_it_was_made(
    values: list[int | None], said: int, first: tuple[str, Reason]
) -> None:
    assert found(values, said)[0] == first


def test_a_total_that_was_miscopied_or_is_of_last_time_is_the_total_s_fault() -> None:
    assert found([3150, 2047, 815], 6102) == [(TOTAL, Reason.TRANSPOSED)]
    moved = [Row("a", 3200, before=3150), Row("b", 2048, before=2047), Row("c", 777, before=815)]
    assert next((one.key, one.reason, one.instead) for one in likely(moved, 6012)) == (TOTAL, Reason.STOOD_STILL, 6025)


def test_rows_are_compared_with_what_the_other_side_says_of_them() -> None:
    swapped = likely([Row("a", 3150, 2047), Row("b", 2047, 3150), Row("c", 815, 815)], None)
    assert [(one.key, one.reason, one.beside) for one in swapped] == [
        ("a", Reason.SWAPPED, "b"),
        ("b", Reason.SWAPPED, "a"),
    ]
    still = likely([Row("a", 3150, 3391, before=3150), Row("b", 2100, 2047, before=2047)], None)
    assert [(one.key, one.reason) for one in still] == [("a", Reason.STOOD_STILL), ("b", Reason.OTHER_STOOD_STILL)]
    (other,) = likely([Row("a", 3150, 4444)], None)
    assert (other.reason, other.value, other.instead) == (Reason.DIFFERS, 3150, 4444)


def test_a_row_that_two_sources_agree_on_is_not_said_to_be_misspelt() -> None:
    assert likely([Row("a", 3510, 3510), Row("b", 2047, 2047)], 3150 + 2047) == ()


def test_a_missing_row_is_expected_to_be_what_the_other_side_says() -> None:
    (one, two) = likely([Row("a", None, 815), Row("b", None, 300), Row("c", 3150, 3150)], 3150 + 815)
    assert (one.key, one.reason, one.instead, one.whole) == ("a", Reason.ABSENT, 815, True)
    assert (two.key, two.whole) == ("b", False)


@given(VALUES, st.data())
def test_a_swap_of_digits_is_always_among_the_candidates(values: list[int], data: st.DataObject) -> None:
    place = data.draw(st.integers(min_value=0, max_value=len(values) - 1))
    digits = str(values[place])
    assume(len(digits) > 1)
    at = data.draw(st.integers(min_value=0, max_value=len(digits) - 2))
    written = int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])
    assume(written != values[place] and len(str(written)) == len(digits) and written)
    said = sum(values)
    candidates = likely(rows_of([*values[:place], written, *values[place + 1 :]]), said)
    assert str(place) in {one.key for one in candidates}


@given(ROWS, st.none() | st.integers(min_value=0, max_value=999_999))
def test_what_is_said_of_a_row_is_true_and_the_likeliest_comes_first(rows: list[Row], said: int | None) -> None:
    rows = [Row(str(place), row.value, row.other, row.before) for place, row in enumerate(rows)]
    candidates = likely(rows, said)
    assert len({one.key for one in candidates}) == len(candidates)
    assert [one.weight for one in candidates] == sorted((one.weight for one in candidates), reverse=True)
    by_key = {row.key: row for row in rows}
    for one in candidates:
        if one.key != TOTAL:
            assert one.value == by_key[one.key].value
        if said is not None and one.whole and one.reason in MENDS:
            assert mended(rows, said, one)


def mended(rows: Sequence[Row], said: int, one: Candidate) -> bool:
    """Whether sum and total agree once the candidate's figure is replaced."""
    if one.key == TOTAL:
        return sum(row.value or 0 for row in rows) == one.instead
    return sum((one.instead if row.key == one.key else row.value) or 0 for row in rows) == said
