"""Every page of the desk, opened by everybody: nobody sees what lies outside their area, nobody else anything."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from handlers.doors import DeskDoor, door_of
from models.area import Area
from models.obligation import Obligation
from models.people import Membership, Person, Role
from models.register import Volunteer
from tests.integration.handlers.desk.addresses import filled, owed_in, own_addresses, pages
from tests.integration.handlers.desk.conftest import FAR, OTHER, Office, export_of, frozen_of, photo_of
from tests.support.chat import Phone

ROLES = {
    Role.OFFICER: "4207",
    Role.DEPUTY: "4207",
    Role.HEAD: "4207",
    Role.STAFF: "42",
    Role.ADMIN: "42",
}


@pytest.fixture
def far(office: Office, other: str) -> dict[str, object]:
    """What the addresses of the neighbour's pages are made of."""
    number = photo_of(office.town, other, "1", name=FAR)
    photo_of(office.town, other, "2", name=FAR)
    export_of(office.town, number, OTHER[:4], FAR)
    with office.town.runtime.sessions() as session, session.begin():
        session.add(Volunteer(code="F-1", name=FAR, area_code=OTHER[:6]))
    office.town.person(FAR, "officer", OTHER[:4])
    with office.town.runtime.sessions() as session:
        person = session.scalars(select(Person.id).where(Person.name == FAR)).one()
        owed = session.scalars(select(Obligation.id).where(Obligation.area_code == OTHER[:4]).limit(1)).one()
    return {
        "step": frozen_of(office.town, OTHER[:4], FAR),
        "filetype": "csv",
        "person": person,
        "district": OTHER[:4],
        "run": 1,
        "kind": "villages",
        "duty": 1,
        "device": 1,
        "code": OTHER,
        "number": number,
        "obligation": owed,
        "about": "reported",
        "shelf": "photo",
        "key": "0" * 32,
        "check": "no_volunteer",
        "volunteer": "F-1",
        "part": 1,
        "sending": "1-1",
        "slug": "loei_2564",
        "report": owed_in(office, OTHER[:4]),
        "ending": "pdf",
        "form": "followup",
        "text": "reminder.opening",
    }


def test_nobody_sees_a_page_without_signing_in(office: Office, far: dict[str, object]) -> None:
    for method in ("GET", "POST"):
        for rule, _endpoint in pages(office.app, method):
            answer = office.app.test_client().open(filled(rule, **far), method=method)
            assert (rule, answer.status_code) == (rule, 401)
            assert FAR not in answer.text


def test_no_form_is_taken_without_its_key(office: Office, staff: Phone, far: dict[str, object]) -> None:
    desk = office.signed_in(staff)
    for rule, _endpoint in pages(office.app, "POST"):
        assert (rule, desk.client.post(filled(rule, **far)).status_code) == (rule, 403)


@pytest.mark.parametrize("role", ROLES)
def test_nobody_sees_what_lies_outside_their_area(office: Office, far: dict[str, object], role: Role) -> None:
    desk = office.signed_in(office.town.person("ใครสักคน", role.value, ROLES[role]))
    for rule, _endpoint in pages(office.app, "GET"):
        answer = desk.get(filled(rule, **far) + "?district=4206&page=1")
        if ROLES[role] == "4207":
            assert answer.status_code in {200, 303, 403, 404}
            assert (rule, FAR.encode() in answer.data) == (rule, False)


@pytest.mark.parametrize("role", ROLES)
def test_everybody_of_an_office_sees_the_pages_of_their_own_area(office: Office, role: Role) -> None:
    desk = office.signed_in(office.town.person("ใครสักคน", role.value, ROLES[role]))
    own = own_addresses(office, "ใครสักคน")
    for rule, endpoint in pages(office.app, "GET"):
        if "<key>" in rule or "<ending>" in rule:  # pictures and papers: test_viewing, test_reports
            continue
        answer = desk.get(filled(rule, **own))
        allowed = door_of(office.app, endpoint)
        assert isinstance(allowed, DeskDoor)
        wanted = {200, 303} if role in allowed.roles else {403}
        assert (rule, answer.status_code in wanted) == (rule, True)


def test_staff_of_a_province_who_report_for_a_district_of_another_are_no_staff_there(office: Office) -> None:
    with office.town.runtime.sessions() as session, session.begin():
        session.add(Area(code="43", kind="province", name_th="หนองคาย"))
    phone = office.town.person("สองหน้าที่ ตัวอย่าง", "staff", "43")
    with office.town.runtime.sessions() as session, session.begin():
        person = session.scalars(select(Person.id).where(Person.name == "สองหน้าที่ ตัวอย่าง")).one()
        session.add(Membership(person_id=person, role="officer", area_code="4207", since=office.town.clock.now()))
    desk = office.signed_in(phone)
    assert "สานตม" in desk.get("/desk/households?district=4207").text
    assert desk.get("/desk/reconciliation/figures?district=4207&measure=submitted").status_code == 404
    assert desk.post("/desk/settings/tokens", name="x", area="4207", days="90").status_code == 404
    assert "ภูเรือ" not in desk.get("/desk/settings/tokens").text.split("<main")[1]
    # a register that is brought in is of the province in which they are staff
    assert desk.get("/desk/settings/register/sample/villages.csv").text.splitlines()[1].startswith("43")
