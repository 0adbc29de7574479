from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from bot.messages.catalogue import Catalogue
from bot.messages.formats import Calendar, number, thai_digits

FRIDAY = dt.date(2021, 6, 11)


@pytest.fixture(scope="module")
def thai() -> Calendar:
    return Catalogue.load("th").calendar


@pytest.fixture(scope="module")
def english() -> Calendar:
    return Catalogue.load("en").calendar


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (12500053, "12,500,053"),
        (-1200, "-1,200"),
        (Decimal("12.50"), "12.5"),
        (Decimal(1200), "1,200"),
        (Decimal("1E+3"), "1,000"),
        (Decimal("3.00"), "3"),
    ],
)
def test_numbers_have_separators_and_no_idle_zeros(value: int | Decimal, written: str) -> None:
    assert number(value) == written


def test_thai_dates_are_in_the_buddhist_era(thai: Calendar) -> None:
    assert thai.short(FRIDAY) == "11 มิ.ย. 64"
    assert thai.with_weekday(FRIDAY) == "ศุกร์ที่ 11 มิ.ย. 64"


def test_a_year_that_two_digits_would_not_tell_is_written_in_full(thai: Calendar) -> None:
    assert thai.short(dt.date(1999, 12, 31)) == "31 ธ.ค. 2542"
    assert thai.short(dt.date(2000, 1, 1)) == "1 ม.ค. 43"
    assert thai.short(dt.date(2057, 1, 1)) == "1 ม.ค. 2600"


def test_english_dates_are_in_the_common_era(english: Calendar) -> None:
    assert english.short(FRIDAY) == "11 Jun 2021"
    assert english.with_weekday(FRIDAY) == "Fri 11 Jun 2021"


def test_a_time_is_shown_in_bangkok(thai: Calendar, english: Calendar) -> None:
    moment = dt.datetime(2021, 6, 11, 9, 5, tzinfo=dt.UTC)
    assert thai.time_of_day(moment) == "16.05 น."
    assert english.time_of_day(moment) == "16:05"


def test_a_time_without_a_zone_is_refused(thai: Calendar) -> None:
    with pytest.raises(ValueError, match="zone"):
        thai.time_of_day(dt.datetime(2021, 6, 11, 9, 5))  # noqa: DTZ001 - the fault under test


def test_letters_have_full_names_and_thai_digits(thai: Calendar, english: Calendar) -> None:
    assert thai.in_letters(dt.date(2021, 6, 16)) == "๑๖ มิถุนายน ๒๕๖๔"
    assert english.in_letters(dt.date(2021, 6, 16)) == "16 June 2021"


def test_thai_digits_leave_other_letters_alone() -> None:
    assert thai_digits("ข้อ 3.1 * 250") == "ข้อ ๓.๑ * ๒๕๐"


def test_every_day_of_the_week_has_its_own_name(thai: Calendar) -> None:
    week = [thai.with_weekday(FRIDAY + dt.timedelta(days=day)).split("ที่")[0] for day in range(7)]
    assert week == ["ศุกร์", "เสาร์", "อาทิตย์", "จันทร์", "อังคาร", "พุธ", "พฤหัสบดี"]
