"""วันนี้ of somebody who watches over many provinces: what waits in all of them, and a row for each."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from sqlalchemy import select

from models.area import Area
from models.campaign import Campaign, Form, Round
from models.obligation import Obligation, ObligationState
from models.people import Membership, Person
from models.quality import QualityCount
from services.calendar import BANGKOK
from tests.integration.handlers.desk.conftest import Desk, Office
from tests.integration.handlers.desk.test_today import PAGE, sentences
from tests.support.statements import statements

NOW = dt.datetime(2021, 6, 15, 10, 0, tzinfo=BANGKOK)
DUE = dt.datetime(2021, 6, 14, 23, 59, 59, tzinfo=BANGKOK)
STATES = (ObligationState.OPEN, ObligationState.PARTLY, ObligationState.SUBMITTED, ObligationState.ACCEPTED)


def province_with(office: Office, code: str, due: dt.datetime, *states: str) -> None:
    """A province with a campaign of its own, and a district for each state of its first round."""
    with office.town.runtime.sessions() as session, session.begin():
        session.add(Area(code=code, kind="province", name_th=f"เมือง{code}"))
        session.flush()
        campaign = Campaign(slug=f"far_{code}", province_code=code, settings={"privacy_version": 1}, loaded_at=NOW)
        session.add(campaign)
        session.flush()
        form = Form(campaign_id=campaign.id, key="followup", unit="district", answered_by=["officer"])
        rnd = Round(campaign_id=campaign.id, number=1, opens_at=NOW - dt.timedelta(days=9), due_at=due)
        session.add_all([form, rnd])
        session.flush()
        for number, state in enumerate(states, 1):
            district = f"{code}{number:02}"
            session.add(Area(code=district, kind="district", parent_code=code, name_th=f"อำเภอ{district}"))
            session.flush()
            session.add(Obligation(round_id=rnd.id, form_id=form.id, area_code=district, state=state))


@pytest.fixture
def desk(office: Office) -> Desk:
    """Of somebody with Loei, where nothing was sent, and four provinces more, signed in."""
    office.town.clock.civil = NOW
    province_with(office, "50", DUE, *STATES)
    province_with(office, "51", DUE, *[ObligationState.ACCEPTED] * 3)
    province_with(office, "52", NOW + dt.timedelta(days=3), ObligationState.OPEN, ObligationState.WAIVED)
    province_with(office, "53", DUE, ObligationState.RETURNED, ObligationState.LATE)
    phone = office.town.person("มาลี ตัวอย่าง", "staff", "42")
    sees(office, "50", "51", "52", "53")
    return office.signed_in(phone)


def sees(office: Office, *provinces: str) -> None:
    with office.town.runtime.sessions() as session, session.begin():
        who = select(Person).where(Person.name == "มาลี ตัวอย่าง").order_by(Person.id.desc())
        person = session.scalars(who).first()
        assert person is not None
        session.add_all(Membership(person_id=person.id, role="staff", area_code=each, since=NOW) for each in provinces)


def row(page: str, name: str) -> str:
    """What a row of the table says, without its marks."""
    found = re.search(rf"<tr><th scope=\"row\"><a [^>]*>{name}</a></th>(.*?)</tr>", page, re.DOTALL)
    assert found is not None, name
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def test_many_provinces_are_a_row_each_with_what_waits_in_all_of_them_above(office: Office, desk: Desk) -> None:
    with office.town.runtime.sessions() as session, session.begin():
        counted = {"finding": "no_volunteer", "counted_at": NOW}
        session.add_all(QualityCount(area_code=code, total=int(code) - 51, **counted) for code in ("51", "52", "53"))
    answer = desk.get(PAGE)
    page = answer.text
    assert sentences(page) == [
        "เลยกำหนดแล้ว ยังไม่ส่ง 16 ฉบับ ใน 2 จังหวัด ครั้งล่าสุดกำหนดวันจันทร์ที่ 14 มิ.ย. 64",
        "ส่งคืนให้แก้แล้ว ยังไม่ส่งกลับ 1 ฉบับ ใน 1 จังหวัด",
        "มีรายงานรอตรวจ 2 ฉบับ ใน 2 จังหวัด",
        "ยังไม่ถึงกำหนด ยังไม่ส่ง 15 ฉบับ ใน 2 จังหวัด เร็วที่สุดกำหนดวันศุกร์ที่ 18 มิ.ย. 64",
        "ทะเบียนครัวเรือนของ 2 จังหวัดมีเรื่องที่ควรเปิดดู",
    ]
    assert "เลย 14 · เมือง50 2" in page
    assert "มาลี ตัวอย่าง · 5 จังหวัด" in page
    assert "ส่งแล้ว 6 จาก 24" in page, "what was waived is not asked"
    found = {name: row(page, name) for name in ("เลย", "เมือง50", "เมือง51", "เมือง52", "เมือง53")}
    assert "0/14" in found["เลย"]
    assert "เลยกำหนด 14" in found["เลย"]
    assert "2/4" in found["เมือง50"]
    assert "เลยกำหนด 2 รอตรวจ 1" in found["เมือง50"]
    assert found["เมือง51"].startswith("✔ 3/3")
    assert "กำหนด 18 มิ.ย. 64" in found["เมือง52"]
    assert "เลยกำหนด" not in found["เมือง52"]
    assert "ส่งคืน 1 · รอตรวจ 1" in found["เมือง53"]
    assert "เมือง51<" not in desk.get(f"{PAGE}?only=owing").text
    assert desk.get(PAGE, **{"If-None-Match": answer.headers["ETag"]}).status_code == 304
    desk.post("/desk/settings/language", to="en", here=PAGE)
    assert "Overdue: 16 reports not sent in 2 provinces" in desk.get(PAGE).text


def test_a_row_opens_the_provinces_own_page_and_nothing_else_of_it_speaks_of_another(
    office: Office, desk: Desk
) -> None:
    assert 'href="/desk/today?province=50"' in desk.get(PAGE).text
    page = desk.get(f"{PAGE}?province=50").text
    assert "<h1>วันนี้ จังหวัดเมือง50</h1>" in page
    assert 'href="/desk/today">← ทุกจังหวัด' in page
    assert all(name in page for name in ("อำเภอ5001", "อำเภอ5004"))
    assert "ครั้งที่ 1 เลยกำหนดวันจันทร์ที่ 14 มิ.ย. 64 มาแล้ว 1 วัน ยังไม่ส่ง 2 อำเภอ" in sentences(page)
    assert "/desk/notices/remind" not in page, "reminders go to the province that the visitor's chat speaks of"
    owing = desk.get(f"{PAGE}?province=50&only=owing").text
    assert "อำเภอ5004" not in owing
    assert "province=50&amp;campaign=far_50" in owing
    assert "จังหวัดเมือง50" in desk.get(f"{PAGE}?campaign=far_50").text, "an address from elsewhere leads there too"
    for nonsense in ("60", "5", "501", "x", "ก", ""):
        assert "จังหวัดใดส่งแล้ว" in desk.get(f"{PAGE}?province={nonsense}").text


def test_twice_as_many_provinces_ask_the_database_no_more(office: Office, desk: Desk) -> None:
    with statements(office.town.runtime.engine) as few:
        desk.get(PAGE)
    for code in ("60", "61", "62", "63", "64"):
        province_with(office, code, DUE, *STATES)
    sees(office, "60", "61", "62", "63", "64")
    with statements(office.town.runtime.engine) as many:
        assert "2/4" in row(desk.get(PAGE).text, "เมือง64")
    assert len(many) == len(few)


def test_lists_of_many_provinces_begin_with_these_and_show_the_districts_of_the_chosen_one(
    office: Office, desk: Desk
) -> None:
    for path in (
        "/desk/households",
        "/desk/quality",
        "/desk/settings/people",
        "/desk/settings/audit",
        "/desk/exports",
    ):
        page = desk.get(path).text
        assert ('<option value="51"' in page, '<option value="5001"' in page) == (True, False), path
        chosen = desk.get(f"{path}?district=51").text
        assert ('<option value="5103"' in chosen, '<option value="5001"' in chosen) == (True, False), path
    listed = desk.get("/desk/settings/campaigns").text
    assert "จังหวัดเมือง53" in listed
    assert "far_52" in listed
