"""ตั้งค่า, the audit: deeds in words with links, found by person, kind, place and day; nothing of another province."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from models.area import Area
from models.obligation import Obligation
from models.people import Membership, Person
from models.work import Audit
from services.evidence.checks import household_id
from services.ledger.decisions import Decisions
from tests.integration.handlers.desk.conftest import VILLAGE, Office
from tests.integration.handlers.desk.test_people import number_of, text_of
from tests.support.chat import Phone
from tests.support.statements import statements

AUDIT = "/desk/settings/audit"
NEIGHBOUR = "43"
"""A province that the visitor has nothing to do with."""
ITS_OFFICER = "เพื่อนบ้าน ตัวอย่าง"


def noted(office: Office, action: str, subject: str, area: str, by: int | None, **values: Any) -> None:
    with office.town.runtime.sessions() as session, session.begin():
        at = values.pop("at", office.town.clock.now())
        row = Audit(at=at, person_id=by, action=action, subject=subject, area_code=area, detail=values)
        session.add(row)


def owed_by(office: Office, district: str) -> int:
    with office.town.runtime.sessions() as session:
        found = select(Obligation.id).where(Obligation.area_code == district).order_by(Obligation.id)
        return session.scalars(found.limit(1)).one()


@pytest.fixture
def neighbour(office: Office) -> int:
    """Somebody of another province, where nothing else is loaded; returns their number."""
    with office.town.runtime.sessions() as session, session.begin():
        session.add(Area(code=NEIGHBOUR, kind="province", name_th="จังหวัดอื่น"))
        session.flush()
        person = Person(name=ITS_OFFICER, created_at=office.town.clock.now())
        session.add(person)
        session.flush()
        since = office.town.clock.now()
        session.add(Membership(person_id=person.id, role="staff", area_code=NEIGHBOUR, since=since))
    return person.id


def test_each_deed_is_told_in_words_and_leads_to_what_it_was_done_to(
    office: Office, staff: Phone, officer: Phone
) -> None:
    desk, town = office.signed_in(staff), office.town
    me, her, owed = number_of(office, "มาลี ตัวอย่าง"), number_of(office, "สมใจ ตัวอย่าง"), owed_by(office, "4207")
    with town.runtime.sessions() as session, session.begin():
        house = household_id(session, VILLAGE, "12")
        Decisions(session, town.runtime.facts, town.clock).waive(owed, "ไม่มีครัวเรือน", me)
    noted(office, "role_given", f"person {her}", "4207", me, role="officer")
    noted(office, "case_marked", f"household {house}", VILLAGE, her, case="away")
    noted(office, "viewed_small", f"photo {VILLAGE}", VILLAGE, me, n=7)
    noted(office, "campaign_loaded", "loei_2564", "42", None)
    noted(office, "unsent_after_certificate", "certificate LOEI-1", VILLAGE, None)
    noted(office, "of_a_later_version", "thing 1", "42", me)
    page = desk.get(AUDIT).text
    said = text_of(page)
    for words in (
        "มาลี ตัวอย่าง ยกเว้นรายงาน รายงานครั้งที่ 1 อำเภอภูเรือ",
        "มาลี ตัวอย่าง ให้หน้าที่ ผู้รับผิดชอบรายงาน สมใจ ตัวอย่าง อำเภอภูเรือ",
        "สมใจ ตัวอย่าง บันทึกกรณีของครัวเรือน บ้านเลขที่ 12",
        "ดูรูปย่อ 7 รูป",
        "คำสั่งที่เครื่องแม่ข่าย นำงานติดตามเข้าระบบ",
        "ระบบ มีการยกเลิกหลักฐานหลังออกใบรับรอง ใบรับรอง LOEI-1",
        "การทำงานอื่น (of_a_later_version)",
        "มาลี ตัวอย่าง เข้าใช้แดชบอร์ด – –",
    ):
        assert words in said
    assert said.index("การทำงานอื่น") < said.index("ให้หน้าที่ ผู้รับผิดชอบรายงาน") < said.index("ยกเว้นรายงาน ราย")
    for link in (f"/desk/reports/{owed}", f"/desk/settings/people/{her}", f"/desk/villages/{VILLAGE}"):
        assert f'href="{link}"' in page
        assert desk.get(link).status_code == 200
    assert 'href="/desk/settings/campaigns/loei_2564"' in page
    assert 'href="/desk/settings/looks"' in page
    assert f'href="{AUDIT}"' in desk.get("/desk/settings/looks").text
    assert office.signed_in(officer).get(AUDIT).status_code == 403


def test_deeds_are_found_by_person_kind_place_and_day(office: Office, staff: Phone, officer: Phone) -> None:
    desk, her = office.signed_in(staff), number_of(office, "สมใจ ตัวอย่าง")
    for day, district in ((11, "4207"), (12, "4206"), (13, "4207")):
        at = dt.datetime(2021, 6, day, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=7)))
        noted(office, "group_linked", f"line_group {day}", district, her, at=at)
    noted(office, "token_reads", "token 1", "42", None)
    for query, found in {
        "q=สมใจ": (3, False),
        "q=มาลี": (0, False),
        "kind=people": (3, False),
        "kind=programs": (0, True),
        "kind=nonsense": (3, True),
        "kind=people&district=4206": (1, False),
        "from=12 มิ.ย. 64": (2, False),
        "kind=people&to=12/6/64": (2, False),
        "from=๑๒ มิถุนายน ๒๕๖๔&to=12 มิ.ย. 64": (1, False),
        "from=เมื่อไรก็ได้": (3, True),
        "kind=people&page=2": (0, False),
    }.items():
        page = text_of(desk.get(f"{AUDIT}?{query}").text)
        shown = page.count("เชื่อมกลุ่ม LINE กับพื้นที่"), "โปรแกรมภายนอก อ่านข้อมูลผ่าน API" in page
        assert (query, shown) == (query, found)
    unread = desk.get(f"{AUDIT}?from=เมื่อไรก็ได้").text
    assert "ยังอ่านเป็นวันไม่ได้" in unread
    assert 'value="เมื่อไรก็ได้"' in unread


def test_nothing_of_another_province_is_told(office: Office, staff: Phone, neighbour: int) -> None:
    desk, me = office.signed_in(staff), number_of(office, "มาลี ตัวอย่าง")
    noted(office, "round_closed", "round 1", NEIGHBOUR, neighbour)
    noted(office, "returned", "obligation 1", NEIGHBOUR, me)
    noted(office, "desk_entered", "desk", "", neighbour)
    noted(office, "purged", "retention", "", None)
    noted(office, "desk_ended", f"person {neighbour}", "", me)
    for query in ("", f"?district={NEIGHBOUR}", "?q=เพื่อนบ้าน", "?kind=reports", "?kind=keeping"):
        answer = desk.get(AUDIT + query)
        page = text_of(answer.text)
        assert (query, answer.status_code) == (query, 200)
        told = (ITS_OFFICER, "จังหวัดอื่น", "ปิดรับรายงาน", "ส่งคืนรายงานให้แก้", "ลบข้อมูลที่ครบกำหนดเก็บ")
        assert (query, [words for words in told if words in page]) == (query, [])
    page = desk.get(AUDIT).text
    assert "ให้เครื่องของบุคคลนี้ออกจากแดชบอร์ด บุคคลนอกพื้นที่ หรือไม่มีข้อมูลแล้ว" in text_of(page)
    assert f"/desk/settings/people/{neighbour}" not in page


def test_a_long_page_asks_the_database_no_more_often_than_a_short_one(office: Office, staff: Phone) -> None:
    desk, me = office.signed_in(staff), number_of(office, "มาลี ตัวอย่าง")
    with statements(office.town.runtime.engine) as short:
        desk.get(AUDIT)
    with office.town.runtime.sessions() as session:
        obligations = session.execute(select(Obligation.id, Obligation.area_code)).all()
    for number in range(60):
        owed, area = obligations[number % len(obligations)]
        noted(office, "accepted", f"obligation {owed}", area, me)
    with statements(office.town.runtime.engine) as long:
        page = text_of(desk.get(AUDIT).text)
    assert page.count("มาลี ตัวอย่าง รับรองรายงาน") == 50
    assert text_of(desk.get(f"{AUDIT}?page=2").text).count("มาลี ตัวอย่าง รับรองรายงาน") == 10
    assert len(long) <= len(short) + 2
