"""$filter as programs write it: what stands in quotes is a value, whatever it holds."""

from __future__ import annotations

import pytest

from services.odata.asked import NotDoneError, WrongQueryError, read_query


def literals(given: str) -> list[object]:
    return [next(iter(one.compile().params.values())) for one in read_query({"$filter": given}, ()).only]


def test_and_joins_comparisons_but_not_within_quotes() -> None:
    assert literals("reference eq 'this and that' and area_code eq '42'") == ["this and that", "42"]
    assert literals("(duty eq 'it''s and ''so')  and (round gt 1)") == ["it's and 'so", 1]


@pytest.mark.parametrize(
    "given",
    ["round eq 1 and", "and round eq 1", "round eq 1 or round eq 2", "round eq 1 round eq 2", "duty eq 'x' and'y'"],
)
def test_what_is_no_row_of_comparisons_is_said_not_to_be_done(given: str) -> None:
    with pytest.raises(NotDoneError):
        read_query({"$filter": given}, ())


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-10:00", "2021-06-11T10:00:00"])
def test_a_moment_that_no_clock_of_ours_shows_cannot_be_compared(moment: str) -> None:
    with pytest.raises(WrongQueryError):
        read_query({"$filter": f"submitted_at ge {moment}"}, ())
