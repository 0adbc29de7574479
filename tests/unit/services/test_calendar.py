from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.calendar import BANGKOK, WorkingDays, at, end_of, is_late

FRIDAY = dt.date(2021, 6, 11)
MONDAY = dt.date(2021, 6, 14)
days = st.dates(dt.date(2021, 1, 1), dt.date(2021, 12, 31))
calendars = st.frozensets(days, max_size=30).map(WorkingDays)


def test_a_step_over_the_weekend_lands_on_monday() -> None:
    assert WorkingDays(()).shift(FRIDAY, 1) == MONDAY
    assert WorkingDays(()).shift(MONDAY, -1) == FRIDAY


def test_a_holiday_moves_the_step_on() -> None:
    assert WorkingDays({MONDAY}).shift(FRIDAY, 1) == dt.date(2021, 6, 15)
    assert WorkingDays({dt.date(2021, 6, 3)}).shift(dt.date(2021, 6, 4), -1) == dt.date(2021, 6, 2)


def test_no_steps_stay_even_on_a_holiday() -> None:
    assert WorkingDays({FRIDAY}).shift(FRIDAY, 0) == FRIDAY


@given(calendars, days, st.integers(1, 20))
def test_steps_land_on_working_days_and_are_counted_back(calendar: WorkingDays, day: dt.date, steps: int) -> None:
    later = calendar.shift(day, steps)
    assert calendar.works(later)
    assert calendar.between(day, later) == steps


@given(calendars, days, st.integers(-20, -1))
def test_steps_back_land_on_working_days_before(calendar: WorkingDays, day: dt.date, steps: int) -> None:
    earlier = calendar.shift(day, steps)
    assert calendar.works(earlier)
    assert earlier < day


@pytest.mark.parametrize(
    ("now", "late"),
    [
        (dt.datetime(2021, 6, 11, 23, 59, 59, 999_999, tzinfo=BANGKOK), False),
        (dt.datetime(2021, 6, 11, 17, 0, tzinfo=dt.UTC), True),
    ],
)
def test_a_day_ends_at_midnight_in_bangkok(now: dt.datetime, late: bool) -> None:
    assert is_late(now, end_of(FRIDAY)) is late


def test_local_times_are_bangkoks() -> None:
    assert at(FRIDAY, dt.time(9)).astimezone(dt.UTC) == dt.datetime(2021, 6, 11, 2, tzinfo=dt.UTC)
