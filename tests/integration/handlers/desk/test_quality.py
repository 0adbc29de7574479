"""What a person should look at: findings with their rows, signatures side by side, photos that look alike."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from models.area import Area, Household
from models.media import LookAlike, Verdict
from models.people import Person
from models.register import Volunteer, VolunteerSignature
from models.work import Audit
from services.evidence.viewing import Shelf
from services.quality.checks import CHECKS
from tests.integration.handlers.desk.conftest import FAR, OTHER, VILLAGE, Office, photo_of
from tests.integration.services.towns import one, rows
from tests.support.chat import Phone, Town

TAMBON = VILLAGE[:6]


def volunteer(town: Town, code: str, name: str, area: str = TAMBON, *, pictures: int = 0) -> list[int]:
    """Registers a volunteer; returns the numbers of the signatures' pictures."""
    with town.runtime.sessions() as session, session.begin():
        person = Volunteer(code=code, name=name, area_code=area)
        session.add(person)
        session.flush()
        made = [
            VolunteerSignature(
                volunteer_id=person.id,
                sha256=f"{code}{number}",
                storage_key=f"signatures/{code}/{number}.jpg",
                width=10,
                height=5,
                size=3,
                loaded_at=town.clock.now(),
            )
            for number in range(pictures)
        ]
        session.add_all(made)
        session.flush()
    for row in made:
        town.media.stored[row.storage_key] = f"{code} {row.id}".encode()
    return [row.id for row in made]


def alike(town: Town, first: int, second: int) -> int:
    with town.runtime.sessions() as session, session.begin():
        pair = LookAlike(
            first_id=min(first, second), second_id=max(first, second), distance=2, found_at=town.clock.now()
        )
        session.add(pair)
        session.flush()
        return pair.id


def test_every_check_stands_on_the_page_with_its_sentence_and_leads_to_its_rows(office: Office, staff: Phone) -> None:
    with office.town.runtime.sessions() as session, session.begin():
        session.execute(update(Household).where(Household.village_code == VILLAGE).values(volunteer_code=""))
    desk = office.signed_in(staff)
    page = desk.get("/desk/quality").text
    assert page.count("<h2>") == len(CHECKS)
    assert "ไม่ระบุอาสาสมัครผู้จัดเก็บ" in page
    for key in CHECKS:
        assert desk.get(f"/desk/quality/{key}").status_code == 200
    rows_ = desk.get("/desk/quality/no_volunteer?district=4207").text
    assert f'href="/desk/villages/{VILLAGE}"' in rows_
    assert desk.get("/desk/quality/no_such_check").status_code == 404


def test_findings_are_of_the_visitors_area_alone(office: Office, officer: Phone, other: str) -> None:
    with office.town.runtime.sessions() as session, session.begin():
        session.execute(update(Household).values(volunteer_code=""))
    desk = office.signed_in(officer)
    for path in ("/desk/quality/no_volunteer", "/desk/quality/no_volunteer?district=4206"):
        for page in range(1, 5):
            assert OTHER not in desk.get(f"{path}{'&' if '?' in path else '?'}page={page}").text


def test_signatures_under_one_name_stand_side_by_side_and_no_verdict_is_given(office: Office, staff: Phone) -> None:
    town = office.town
    first = volunteer(town, "A-1", "สมศรี ตัวอย่าง", pictures=2)
    second = volunteer(town, "A-2", "สมศรี ตัวอย่าง", pictures=1)
    desk = office.signed_in(staff)
    page = desk.get("/desk/quality/several_signatures").text
    for number in (*first, *second):
        assert f"/desk/pictures/volunteer_signature/{number}/small/" in page
        assert desk.get(f"/desk/pictures/volunteer_signature/{number}").status_code == 200
    assert "ระบบไม่ตัดสินเอง" in page
    noted = rows(town, select(Audit).where(Audit.action == "viewed_small"))
    assert [row.detail["n"] for row in noted] == [3]


def test_signatures_of_another_district_are_shown_to_nobody(office: Office, officer: Phone) -> None:
    town = office.town
    (number, _second) = volunteer(town, "B-1", FAR, OTHER[:6], pictures=2)
    desk = office.signed_in(officer)
    assert FAR not in desk.get("/desk/quality/several_signatures").text
    assert desk.get(f"/desk/pictures/volunteer_signature/{number}").status_code == 404
    assert desk.get("/desk/quality/volunteers/B-1").status_code == 404


def test_a_volunteers_households_are_listed(office: Office, officer: Phone) -> None:
    town = office.town
    volunteer(town, "A-1", "สมศรี ตัวอย่าง")
    with town.runtime.sessions() as session, session.begin():
        session.execute(update(Household).where(Household.house_no == "12").values(volunteer_code="A-1"))
        session.execute(update(Household).where(Household.house_no == "14").values(volunteer_code="X-9"))
    desk = office.signed_in(officer)
    page = desk.get("/desk/quality/volunteers/A-1").text
    assert "สมศรี ตัวอย่าง" in page
    assert "บ้านเลขที่ 12 หมู่ 5" in page
    assert "บ้านเลขที่ 14 หมู่ 5" in desk.get("/desk/quality/volunteers/X-9").text
    assert desk.get("/desk/quality/volunteers/nobody").status_code == 404


@pytest.mark.parametrize("verdict", [Verdict.SAME, Verdict.DIFFERENT, Verdict.CANNOT_TELL])
def test_a_pair_is_decided_and_the_next_one_follows(office: Office, staff: Phone, verdict: Verdict) -> None:
    town = office.town
    photos = [photo_of(town, VILLAGE, house) for house in ("12", "14", "15")]
    first, second = alike(town, photos[0], photos[1]), alike(town, photos[1], photos[2])
    desk = office.signed_in(staff)
    page = desk.get("/desk/look-alikes").text
    assert "เหลือ 2 คู่" in page
    assert "บ้านเลขที่ 12" in page
    assert "โกง" not in page
    assert desk.post(f"/desk/look-alikes/{first}", verdict=verdict.value).location == "/desk/look-alikes"
    assert "เหลือ 1 คู่" in desk.get("/desk/look-alikes").text
    desk.post(f"/desk/look-alikes/{first}", verdict="different")
    stored = one(town, select(LookAlike).where(LookAlike.id == first))
    who = one(town, select(Person).where(Person.name == "มาลี ตัวอย่าง")).id
    assert (stored.verdict, stored.decided_by, stored.decided_at) == (verdict.value, who, town.clock.now())
    desk.post(f"/desk/look-alikes/{second}", verdict="same")
    assert "ไม่มีรูปคู่ใดรอให้ดู" in desk.get("/desk/look-alikes").text


def test_nothing_but_the_three_answers_is_taken(office: Office, staff: Phone) -> None:
    town = office.town
    pair = alike(town, photo_of(town, VILLAGE, "12"), photo_of(town, VILLAGE, "14"))
    desk = office.signed_in(staff)
    assert desk.post(f"/desk/look-alikes/{pair}", verdict="open").status_code == 400
    assert one(town, select(LookAlike)).verdict == "open"


def test_a_pair_across_two_districts_is_the_provinces_matter(
    office: Office, staff: Phone, officer: Phone, other: str
) -> None:
    town = office.town
    pair = alike(town, photo_of(town, VILLAGE, "12"), photo_of(town, other, "1"))
    district, province = office.signed_in(officer), office.signed_in(staff)
    assert "ไม่มีรูปคู่ใดรอให้ดู" in district.get("/desk/look-alikes").text
    assert district.post(f"/desk/look-alikes/{pair}", verdict="same").status_code == 404
    assert "เหลือ 1 คู่" in province.get("/desk/look-alikes").text


def test_the_province_reads_who_looked_and_an_office_does_not(office: Office, staff: Phone, officer: Phone) -> None:
    town = office.town
    number = photo_of(town, VILLAGE, "12")
    district, province = office.signed_in(officer), office.signed_in(staff)
    district.get(f"/desk/pictures/{Shelf.PHOTO.value}/{number}")
    district.get(f"/desk/villages/{VILLAGE}/photos")
    with town.runtime.sessions() as session, session.begin():
        village = session.get_one(Area, VILLAGE)
        rows_ = {"rows": 12}
        session.add(
            Audit(
                at=town.clock.now(),
                person_id=None,
                action="register_exported_households",
                subject="all",
                area_code=village.code,
                detail=rows_,
            )
        )
    page = province.get("/desk/settings/looks").text
    assert all(words in page for words in ("สมใจ ตัวอย่าง", "เปิดรูปบ้าน", "ดูรูปย่อ 1 รูป", "ส่งออกครัวเรือน 12 แถว"))
    assert district.get("/desk/settings/looks").status_code == 403
