from __future__ import annotations

import datetime as dt
from collections import Counter

import geothai

from tests.unit.campaigns.files import LOEI, table

VILLAGES = table(LOEI / "register" / "villages.csv")
HOUSES = table(LOEI / "register" / "households.csv")
KNOWN = {(row["area_code"], row["name"]): row for row in table(LOEI / "register" / "known.csv")}
DISTRICTS = [district.code for district in geothai.districts("42")]


def households_of(area: str) -> int:
    return sum(int(row["households"]) for row in VILLAGES if row["code"].startswith(area))


def villages_of(area: str) -> int:
    return sum(row["code"].startswith(area) for row in VILLAGES)


def test_phu_ruea_has_47_villages_and_6240_households() -> None:
    assert (villages_of("4207"), households_of("4207")) == (47, 6240)


def test_the_province_has_861_villages_and_146300_households() -> None:
    assert (villages_of("42"), households_of("42")) == (861, 146_300)


def test_every_village_stands_once_in_a_tambon_of_loei() -> None:
    tambons = {tambon.code for district in DISTRICTS for tambon in geothai.subdistricts(district)}
    assert {row["tambon_code"] for row in VILLAGES} == tambons - {"420101"}
    assert max(Counter(row["code"] for row in VILLAGES).values()) == 1
    for row in VILLAGES:
        assert row["code"] == f"{row['tambon_code']}{int(row['moo']):02d}"


def test_every_village_and_leader_is_marked_as_made_up() -> None:
    for row in VILLAGES:
        assert row["name"].startswith("บ้านตัวอย่าง")
        assert row["leader_name"] == "" or row["leader_name"].endswith(" ตัวอย่าง")


def test_the_house_list_covers_its_village_with_each_house_once() -> None:
    village = next(row for row in VILLAGES if row["code"] == "42070605")
    assert len(HOUSES) == int(village["households"]) == len({row["house_no"] for row in HOUSES})
    assert [row["house_no"] for row in HOUSES[:6]] == ["12", "12/1", "14", "15", "15/2", "16"]


def test_known_totals_are_the_sums_of_the_register() -> None:
    for district in DISTRICTS:
        assert int(KNOWN[district, "t3_villages_total"]["value"]) == villages_of(district)
        assert int(KNOWN[district, "t3_hh_target"]["value"]) == households_of(district)
        assert int(KNOWN[district, "t4_fix_hh_sum"]["value"]) == households_of(district)
        assert int(KNOWN[district, "t4_fix_tambons_total"]["value"]) == len(geothai.subdistricts(district))
        assert int(KNOWN[district, "t4_fix_tambons_short"]["value"]) <= len(geothai.subdistricts(district))


def test_the_dashboard_comes_from_the_province_and_the_plan_from_the_calendar() -> None:
    assert KNOWN["4207", "t4_fix_hh_dashboard"] == {
        "area_code": "4207",
        "name": "t4_fix_hh_dashboard",
        "value": "6247",
        "source": "province",
    }
    assert (KNOWN["42", "plan_finished_on"]["value"], KNOWN["42", "plan_finished_on"]["source"]) == (
        "2021-06-30",
        "calendar",
    )


def test_the_holidays_of_the_quarter_shift_two_mondays_and_none_in_june() -> None:
    closed = {row["date"] for row in table(LOEI / "working_days.csv") if row["works"] == "no"}
    mondays = [dt.date(2021, 4, 5) + dt.timedelta(weeks=week) for week in range(13)]
    assert [day.isoformat() for day in mondays if day.isoformat() in closed] == ["2021-04-12", "2021-05-10"]


def test_offices_work_on_labour_day_and_rest_on_the_days_that_the_cabinet_set() -> None:
    closed = {row["date"] for row in table(LOEI / "working_days.csv") if row["works"] == "no"}
    assert {"2021-05-10", "2021-10-22", "2021-06-03"} <= closed
    assert not closed & {"2021-01-09", "2021-05-01", "2021-05-03", "2021-07-27", "2021-10-25"}
