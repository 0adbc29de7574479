from __future__ import annotations

import pytest

from models.area import Area
from models.campaign import Campaign, KnownValue
from models.register import Volunteer, VolunteerSignature
from services.quality.checks import CHECKS
from services.quality.findings import Finding, Where
from services.quality.households import households_of
from tests.integration.services.register.conftest import NEIGHBOUR, TEXTS, VILLAGE, Office

HEADS = "village_code,house_no,head_name,volunteer_code,survey_year,surveyed_on,members"


def found(office: Office, key: str, **where: object) -> Finding:
    with office.sessions() as session:
        finding = CHECKS[key](session, Where(**where))  # type: ignore[arg-type]
    for locale in ("th", "en"):
        catalogue = TEXTS.catalogue(locale)
        assert catalogue.say(finding.what())
        assert all(catalogue.say(finding.line(row)) for row in finding.rows)
    return finding


def subjects(finding: Finding) -> list[str]:
    return [row.subject for row in finding.rows]


def volunteers(office: Office, number: int) -> None:
    office.load("volunteers", "volunteer_code,name,area_code", *(f"V{n},นาง {n},{VILLAGE}" for n in range(number)))


@pytest.mark.parametrize("key", CHECKS)
def test_an_empty_register_has_nothing_to_look_at(office: Office, key: str) -> None:
    assert found(office, key, area="99").total == 0


def test_tambons_with_villages_and_fewer_than_twenty_volunteers_are_found(office: Office) -> None:
    assert [(row.subject, row.values["missing"]) for row in found(office, "few_volunteers").rows] == [("420706", 20)]
    volunteers(office, 19)
    assert [(row.subject, row.values["missing"]) for row in found(office, "few_volunteers").rows] == [("420706", 1)]
    volunteers(office, 20)
    assert found(office, "few_volunteers").total == 0


def test_a_name_with_two_ids_or_two_pictures_is_listed_for_a_person_to_look_at(office: Office) -> None:
    rows = (f"A,นางหนึ่ง,{VILLAGE}", f"B,นางหนึ่ง,{NEIGHBOUR}", f"C,นางสอง,{VILLAGE}", f"D,นางสาม,{VILLAGE}")
    office.load("volunteers", "volunteer_code,name,area_code", *rows)
    with office.sessions() as session, session.begin():
        for code, shas in (("C", ("1", "2")), ("D", ("3",))):
            volunteer = session.query(Volunteer.id).filter_by(code=code).scalar()
            for sha in shas:
                picture = {"storage_key": sha, "width": 1, "height": 1, "size": 1, "loaded_at": office.clock.now()}
                session.add(VolunteerSignature(volunteer_id=volunteer, sha256=sha, **picture))
    assert set(subjects(found(office, "several_signatures"))) == {"A, B", "C"}


def test_households_without_with_two_and_with_unknown_volunteers_are_found(office: Office) -> None:
    volunteers(office, 2)
    rows = (f"{VILLAGE},1,,V0,,,", f"{VILLAGE},2,,,,,", f"{VILLAGE},3,,V0 V1,,,", f"{NEIGHBOUR},4,,V9,,,")
    office.load("households", HEADS, *rows)
    assert subjects(found(office, "no_volunteer")) == [f"{VILLAGE} 2"]
    assert subjects(found(office, "two_volunteers")) == [f"{VILLAGE} 3"]
    assert subjects(found(office, "unknown_volunteers")) == ["V9"]
    assert found(office, "unknown_volunteers", area=VILLAGE).total == 0


def test_the_households_of_a_volunteer_are_listed_by_the_page(office: Office) -> None:
    rows = [
        f"{VILLAGE},{number},,{'V1' if number < 4 else 'V2 V1' if number == 4 else 'V11'},,," for number in range(1, 7)
    ]
    office.load("households", HEADS, *rows)
    with office.sessions() as session:
        first = households_of(session, "V1", Where(limit=3))
        rest = households_of(session, "V1", Where(offset=3, limit=3))
    assert (first.total, subjects(first)) == (4, [f"{VILLAGE} {number}" for number in (1, 2, 3)])
    assert subjects(rest) == [f"{VILLAGE} 4"]


def test_households_of_another_survey_year_are_found(office: Office) -> None:
    rows = (f"{VILLAGE},1,,,2563,,", f"{VILLAGE},2,,,2563,,", f"{VILLAGE},3,,,2562,,", f"{VILLAGE},4,,,,,")
    office.load("households", HEADS, *rows)
    assert subjects(found(office, "other_year")) == [f"{VILLAGE} 3"]
    assert subjects(found(office, "other_year", year=2019)) == [f"{VILLAGE} 1", f"{VILLAGE} 2"]


def test_a_record_that_equals_the_year_before_in_all_but_the_year_is_found(office: Office) -> None:
    rows = (
        *(f"{VILLAGE},1,นายหนึ่ง,V1,{year},16/3/{year},4" for year in (2562, 2563)),
        *(f"{VILLAGE},2,นายสอง,V1,{year},16/3/{year},{members}" for year, members in ((2562, 4), (2563, 5))),
        *(f"{VILLAGE},3,นายสาม,V1,{year},{day}/3/{year},4" for year, day in ((2562, 16), (2563, 17))),
        *(f"{VILLAGE},4,นายสี่,V1,{year},," for year in (2562, 2563)),
        *(f"{VILLAGE},5,นายห้า,V1,{year},16/3/{year},4" for year in (2561, 2563)),
    )
    office.load("households", HEADS, *rows)
    assert subjects(found(office, "copies")) == [f"{VILLAGE} 1"]


def test_a_district_whose_villages_do_not_add_up_to_the_dashboard_is_found(office: Office) -> None:
    office.load("villages", "code,name,households", f"{VILLAGE},ห้า,100", f"{NEIGHBOUR},หก,140")
    with office.sessions() as session, session.begin():
        session.add(Campaign(slug="c", province_code="42", settings={}, loaded_at=office.clock.now()))
        session.flush()
        known = {"campaign_id": 1, "area_code": "4207", "source": "province"}
        session.add(KnownValue(name="t4_fix_hh_dashboard", value="247", **known))
        session.add(KnownValue(name="t3_hh_target", value="1", **known))
    (row,) = found(office, "district_sums").rows
    assert (row.subject, row.values["sum"], row.values["said"], row.values["gap"]) == ("4207", 240, 247, 7)
    with office.sessions() as session, session.begin():
        session.get_one(Area, VILLAGE).households = 107
    assert found(office, "district_sums").total == 0
