"""The list of villages, one village, its photos, and the door that the pictures come through."""

from __future__ import annotations

import datetime as dt
import re

from sqlalchemy import select

from models.area import Household
from models.household_case import HouseholdCase
from models.media import Media, MediaState
from models.people import Person
from models.signature import Signature, SignerRole
from models.work import Audit
from services.evidence.checks import household_id
from services.evidence.viewing import AGAIN_AFTER
from tests.integration.handlers.desk.conftest import VILLAGE, Desk, Office, photo_of
from tests.integration.services.towns import rows
from tests.support.chat import Phone, Town


def sign(town: Town, village: str, house: str, role: SignerRole = SignerRole.RESPONDENT) -> int:
    with town.runtime.sessions() as session, session.begin():
        person = session.scalars(select(Person)).first()
        assert person is not None
        row = Signature(
            nonce=f"{village} {house} {role}",
            village_code=village,
            household_id=household_id(session, village, house),
            role=role.value,
            storage_key=f"signatures/{house.replace('/', '-')}.png",
            person_id=person.id,
            signed_at=town.clock.now(),
        )
        session.add(row)
        session.flush()
    town.media.stored[row.storage_key] = b"drawn"
    return row.id


def excuse(town: Town, village: str, house: str, case: str) -> None:
    with town.runtime.sessions() as session, session.begin():
        person = session.scalars(select(Person)).first()
        assert person is not None
        number = household_id(session, village, house)
        session.add(HouseholdCase(household_id=number, case=case, person_id=person.id, at=town.clock.now()))


def line_of(page: str, name: str) -> list[str]:
    """The cells of the table row whose first cell holds `name`."""
    found = next(row for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL) if name in row)
    return [
        " ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<t[hd].*?</t[hd]>", found, re.DOTALL)
    ]


def looked(office: Office) -> list[tuple[str, str]]:
    found = rows(office.town, select(Audit).where(Audit.action.startswith("viewed")).order_by(Audit.id))
    return [(row.action, row.subject) for row in found]


def test_villages_are_counted_by_the_rule_of_the_chat(office: Office, staff: Phone) -> None:
    town = office.town
    desk = office.signed_in(staff)
    total = len(rows(town, select(Household).where(Household.village_code == VILLAGE)))
    photo_of(town, VILLAGE, "12")
    sign(town, VILLAGE, "12")
    photo_of(town, VILLAGE, "12/1")
    excuse(town, VILLAGE, "12/1", "e31")
    photo_of(town, VILLAGE, "14")
    sign(town, VILLAGE, "15", SignerRole.WITNESS)
    page = desk.get("/desk/households?district=4207&tambon=420706").text
    cells = line_of(page, "หมู่ 5")
    assert cells[1:] == [str(total), "4", "1", str(total - 2)]


def test_only_villages_that_lack_something_are_shown_when_asked(office: Office, staff: Phone) -> None:
    town = office.town
    desk = office.signed_in(staff)
    with town.runtime.sessions() as session:
        names = session.scalars(select(Household.house_no).where(Household.village_code == VILLAGE)).all()
    assert "หมู่ 5" in desk.get("/desk/households?tambon=420706&district=4207&only=missing").text
    for name in names:
        photo_of(town, VILLAGE, name)
        sign(town, VILLAGE, name)
    assert "หมู่ 5" not in desk.get("/desk/households?tambon=420706&district=4207&only=missing").text


def test_a_page_that_has_not_changed_is_not_sent_again(office: Office, staff: Phone) -> None:
    desk = office.signed_in(staff)
    for path in ("/desk/households?district=4207&tambon=420706", f"/desk/villages/{VILLAGE}"):
        first = desk.get(path)
        tag = first.headers["ETag"]
        assert desk.get(path, **{"If-None-Match": tag}).status_code == 304
        photo_of(office.town, VILLAGE, "16")
        again = desk.get(path, **{"If-None-Match": tag})
        assert (again.status_code, again.headers["ETag"] == tag) == (200, False)
        assert again.headers["Cache-Control"] == "private, no-cache"


def test_an_office_sees_its_own_district_and_nothing_of_another(office: Office, officer: Phone, other: str) -> None:
    desk = office.signed_in(officer)
    listed = desk.get("/desk/households").text
    assert "หมู่ 5" in listed
    assert "บ้านไกล" not in listed
    assert "บ้านไกล" not in desk.get("/desk/households?district=4206").text
    for path in (f"/desk/villages/{other}", f"/desk/villages/{other}/photos", f"/desk/villages/{other}/photos/1"):
        assert desk.get(path).status_code == 404


def test_a_village_shows_what_each_house_has(office: Office, staff: Phone) -> None:
    town = office.town
    photo_of(town, VILLAGE, "12")
    sign(town, VILLAGE, "12")
    excuse(town, VILLAGE, "12/1", "e31")
    page = office.signed_in(staff).get(f"/desk/villages/{VILLAGE}").text
    assert "ดูลายเซ็น" in line_of(page, '<th scope="row">12</th>')[2]
    assert line_of(page, '<th scope="row">12/1</th>')[1:3] == ["ยังขาด", "ไม่ต้องมี"]
    assert "๓.๑" in line_of(page, '<th scope="row">12/1</th>')[3]
    assert line_of(page, '<th scope="row">14</th>')[1:] == ["ยังขาด", "ยังขาด", "–"]


def test_looking_at_a_photo_is_written_down_once_for_a_session_and_some_minutes(office: Office, staff: Phone) -> None:
    number = photo_of(office.town, VILLAGE, "12", name="house")
    desk = office.signed_in(staff)
    path = f"/desk/pictures/photo/{number}"
    for _ in range(3):
        assert desk.get(path).data == b"large house"
    assert looked(office) == [("viewed", f"photo {number}")]
    office.signed_in(staff).get(path)
    assert len(looked(office)) == 2
    office.town.clock.civil += AGAIN_AFTER + dt.timedelta(seconds=1)
    desk.get(path, **{"If-None-Match": desk.get(path).headers["ETag"]})
    assert len(looked(office)) == 3


def small_addresses(page: str) -> list[str]:
    return re.findall(r'src="(/desk/pictures/photo/\d+/small/[^"]+)"', page)


def test_small_pictures_open_only_with_the_key_of_a_page_that_was_written_down(
    office: Office, staff: Phone, officer: Phone
) -> None:
    first, _second = (photo_of(office.town, VILLAGE, house, name=house) for house in ("12", "14"))
    desk = office.signed_in(staff)
    (address, _other) = small_addresses(desk.get(f"/desk/villages/{VILLAGE}/photos").text)
    assert desk.get(address).data == b"small 12"
    desk.get(f"/desk/villages/{VILLAGE}/photos")
    assert looked(office) == [("viewed_small", f"photo {VILLAGE}")]
    (note,) = rows(office.town, select(Audit).where(Audit.action == "viewed_small"))
    assert (note.detail["n"], note.area_code) == (2, VILLAGE)
    assert desk.get(f"/desk/pictures/photo/{first}/small/{'0' * 32}").status_code == 404
    assert office.signed_in(officer).get(address).status_code == 404


def test_what_is_not_a_stored_photo_is_served_to_nobody(office: Office, staff: Phone) -> None:
    number = photo_of(office.town, VILLAGE, "12")
    desk = office.signed_in(staff)
    for change in ({"state": MediaState.UNSENT.value}, {"state": MediaState.STORED.value, "storage_key": "files/x"}):
        with office.town.runtime.sessions() as session, session.begin():
            media = session.get_one(Media, number)
            for name, value in change.items():
                setattr(media, name, value)
        assert desk.get(f"/desk/pictures/photo/{number}").status_code == 404
    for path in ("/desk/pictures/photo/999999", "/desk/pictures/passport/1", "/desk/pictures/signature/77"):
        assert desk.get(path).status_code == 404


def test_a_picture_of_another_district_does_not_exist(office: Office, officer: Phone, other: str) -> None:
    number = photo_of(office.town, other, "1")
    drawn = sign(office.town, other, "1")
    desk = office.signed_in(officer)
    assert desk.get(f"/desk/pictures/photo/{number}").status_code == 404
    assert desk.get(f"/desk/pictures/signature/{drawn}").status_code == 404
    assert looked(office) == []


def test_a_photo_that_was_moved_to_a_house_belongs_to_the_house_of_its_village(
    office: Office, officer: Phone, other: str
) -> None:
    number = photo_of(office.town, other, "1")
    with office.town.runtime.sessions() as session, session.begin():
        session.get_one(Media, number).household_id = household_id(session, VILLAGE, "12")
    assert office.signed_in(officer).get(f"/desk/pictures/photo/{number}").status_code == 200


def test_the_store_that_is_away_is_said_to_be_so(office: Office, staff: Phone) -> None:
    number = photo_of(office.town, VILLAGE, "12")
    desk = office.signed_in(staff)
    office.town.media.down = True
    assert desk.get(f"/desk/pictures/photo/{number}").status_code == 503


def test_a_gallery_leads_from_photo_to_photo(office: Office, staff: Phone) -> None:
    numbers = [photo_of(office.town, VILLAGE, house) for house in ("12", "14", "")]
    desk: Desk = office.signed_in(staff)
    gallery = desk.get(f"/desk/villages/{VILLAGE}/photos").text
    assert "ยังไม่ทราบบ้านเลขที่" in gallery
    middle = desk.get(f"/desk/villages/{VILLAGE}/photos/{numbers[1]}").text
    assert f'rel="prev" href="/desk/villages/{VILLAGE}/photos/{numbers[0]}"' in middle
    assert f'rel="next" href="/desk/villages/{VILLAGE}/photos/{numbers[2]}"' in middle
    assert desk.get(f"/desk/villages/{VILLAGE}/photos/{max(numbers) + 1}").status_code == 404
