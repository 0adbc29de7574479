from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.calendar import WorkingDays
from services.ledger.duty_dates import dates_of

EVERY_DAY_OF_THE_WEEK = WorkingDays(frozenset())
DAYS = st.dates(dt.date(2021, 1, 1), dt.date(2022, 12, 31))
CLOSED = st.frozensets(DAYS, max_size=60).map(WorkingDays)


def weekly(first: str, last: str) -> dict[str, Any]:
    return {"every": "monday_or_first_working_day", "from": first, "until": last}


def monthly(first: str, last: str, **day: Any) -> dict[str, Any]:
    return {"every": "month", "from": first, "until": last, **day}


def june(*days: int) -> list[dt.date]:
    return [dt.date(2021, 6, day) for day in days]


def test_every_monday_of_the_period() -> None:
    assert dates_of(weekly("2021-06-07", "2021-06-30"), EVERY_DAY_OF_THE_WEEK) == june(7, 14, 21, 28)


def test_a_closed_monday_gives_way_to_the_first_working_day_of_its_week() -> None:
    closed = WorkingDays(frozenset(june(14, 15)))
    assert dates_of(weekly("2021-06-07", "2021-06-30"), closed) == june(7, 16, 21, 28)


def test_a_week_in_which_nobody_works_has_no_date() -> None:
    closed = WorkingDays(frozenset(june(14, 15, 16, 17, 18)))
    assert dates_of(weekly("2021-06-07", "2021-06-30"), closed) == june(7, 21, 28)


def test_the_last_working_day_of_each_month() -> None:
    found = dates_of(monthly("2021-05-01", "2021-07-31"), WorkingDays(frozenset({dt.date(2021, 6, 30)})))
    assert found == [dt.date(2021, 5, 31), dt.date(2021, 6, 29), dt.date(2021, 7, 30)]


def test_a_day_of_the_month_moves_on_to_the_next_working_day_and_no_month_is_too_short() -> None:
    found = dates_of(monthly("2021-01-01", "2021-04-05", day=31), EVERY_DAY_OF_THE_WEEK)
    assert found == [dt.date(2021, 2, 1), dt.date(2021, 3, 1), dt.date(2021, 3, 31)]


def test_dates_that_are_written_stay_as_they_are_in_order() -> None:
    spec = {"due": ["2021-06-27", "2021-06-05", "2021-06-05"]}
    assert dates_of(spec, EVERY_DAY_OF_THE_WEEK) == june(5, 27)
    assert dates_of({"expected": ["2021-06-16"]}, EVERY_DAY_OF_THE_WEEK) == june(16)
    assert dates_of({}, EVERY_DAY_OF_THE_WEEK) == []


@pytest.mark.parametrize(
    "spec",
    [
        weekly("2021-06-30", "2021-06-07"),
        weekly("2021-06-30", "2051-06-07"),
        monthly("2021-06-01", "2021-07-01", day=32),
        {"every": "fortnight", "from": "2021-06-01", "until": "2021-07-01"},
        {"due": ["7 June"]},
    ],
)
def test_a_schedule_that_cannot_be_kept_is_refused(spec: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        dates_of(spec, EVERY_DAY_OF_THE_WEEK)


@given(DAYS, st.integers(0, 200), CLOSED)
def test_weekly_dates_are_working_days_one_a_week_and_the_first_of_theirs(
    first: dt.date, length: int, days: WorkingDays
) -> None:
    last = first + dt.timedelta(days=length)
    found = dates_of(weekly(first.isoformat(), last.isoformat()), days)
    assert found == sorted(found)
    assert len({day.isocalendar()[:2] for day in found}) == len(found)
    for day in found:
        assert first <= day <= last
        assert days.works(day)
        earlier = (day - dt.timedelta(days=step) for step in range(1, day.weekday() + 1))
        assert not any(days.works(each) for each in earlier)


@given(DAYS, st.integers(0, 400), CLOSED)
def test_a_months_last_working_day_has_none_after_it(first: dt.date, length: int, days: WorkingDays) -> None:
    last = first + dt.timedelta(days=length)
    for day in dates_of(monthly(first.isoformat(), last.isoformat()), days):
        later = day + dt.timedelta(days=1)
        assert days.works(day)
        while later.month == day.month:
            assert not days.works(later)
            later += dt.timedelta(days=1)


@given(DAYS, st.integers(0, 400), st.integers(1, 31), CLOSED)
def test_a_months_day_is_never_before_the_day_that_was_meant(
    first: dt.date, length: int, wanted: int, days: WorkingDays
) -> None:
    last = first + dt.timedelta(days=length)
    spec = monthly(first.isoformat(), last.isoformat(), day=wanted)
    for day in dates_of(spec, days):
        assert days.works(day)
        assert first <= day <= last
