"""ตั้งค่า, the register: a file is tried, its rows told, imported once; what is no table or elsewhere is not."""

from __future__ import annotations

import datetime as dt
import io
import re

from sqlalchemy import select, update

from models.area import Area
from models.people import Membership
from models.register import ImportRun
from models.work import Audit
from services.register.handing_in import LARGEST
from tests.integration.handlers.desk.conftest import Desk, Office
from tests.integration.services.towns import rows
from tests.support.chat import Phone

REGISTER = "/desk/settings/register"
FILE = "รหัสหมู่บ้าน,ชื่อหมู่บ้าน,หมู่ที่\n42070699,บ้านใหม่ ตัวอย่าง,99\n4299,บ้านผิด,1\n40010101,บ้านไกล,1\n"


def hand_in(desk: Desk, content: bytes, name: str = "villages.csv", **fields: str) -> str:
    """The address of the run."""
    key = re.search(r'name="form_key" value="([0-9a-f]+)"', desk.get(REGISTER).text)
    assert key is not None
    data = {"form_key": key[1], "kind": "villages", "file": (io.BytesIO(content), name), **fields}
    answer = desk.client.post(REGISTER, data=data)
    assert answer.location is not None
    return answer.location


def test_a_file_is_tried_first_and_imported_once(office: Office, staff: Phone) -> None:
    town, desk = office.town, office.signed_in(staff)
    with town.runtime.sessions() as session, session.begin():
        session.add(Area(code="40", kind="province", name_th="ขอนแก่น"))
        session.add(Area(code="4001", kind="district", parent_code="40", name_th="เมือง"))
        session.add(Area(code="400101", kind="tambon", parent_code="4001", name_th="ในเมือง"))
    run = hand_in(desk, FILE.encode())
    waits = desk.get(run)
    assert ("รอเริ่ม" in waits.text, 'data-poll="2"' in waits.text) == (True, True)
    assert desk.get(run, **{"If-None-Match": waits.headers["ETag"]}).status_code == 304
    town.work()
    tried = desk.get(run).text
    for words in ('ไม่รับ <b class="lacking">2</b>', "เพิ่ม <b>1</b>", "ต้องเป็นเลข 8 หลัก", "ไม่พบตำบล 400101"):
        assert words in tried
    assert "ต้องเป็นเลข 8 หลัก" in desk.get(f"{run}/refused.csv").text
    assert rows(town, select(Area).where(Area.code == "42070699")) == []
    real = desk.post(f"{run}/import").location
    town.work()
    assert "นำเข้าจริง เสร็จแล้ว" in desk.get(real).text
    assert [area.name_th for area in rows(town, select(Area).where(Area.code == "42070699"))] == ["บ้านใหม่ ตัวอย่าง"]
    assert rows(town, select(Area).where(Area.code == "40010101")) == []
    assert "นำเข้าแล้วหรือเก็บครบ" in desk.get(run).text
    assert "ยังนำเข้าไม่ได้" in desk.get(desk.post(f"{run}/import").location).text
    noted = rows(town, select(Audit.area_code).where(Audit.action == "register_imported_villages"))
    assert noted == ["42"]
    with town.runtime.sessions() as session, session.begin():
        session.execute(update(ImportRun).values(area_code="40"))
    assert (desk.get(run).status_code, run in desk.get(REGISTER).text) == (404, False)


def test_a_double_click_imports_once_and_a_run_without_its_file_ends(office: Office, staff: Phone) -> None:
    town, desk = office.town, office.signed_in(staff)
    run = hand_in(desk, FILE.encode())
    town.work()
    first, second = desk.post(f"{run}/import").location, desk.post(f"{run}/import").location
    assert (first == second, len(rows(town, select(ImportRun)))) == (True, 2)
    with town.runtime.sessions() as session, session.begin():
        session.execute(update(ImportRun).values(upload_key=""))
    town.work()
    assert "ไฟล์ว่าง" in desk.get(first).text


def test_what_is_no_table_or_too_large_gets_a_clear_answer(office: Office, staff: Phone, officer: Phone) -> None:
    town, desk = office.town, office.signed_in(staff)
    for content, said in (
        (b"", "ไฟล์ว่าง"),
        (b"a,b\n1,2\n", "ไม่พบหัวคอลัมน์ที่ต้องมี"),
        (b"PK\x03\x04 no workbook at all", "ไม่"),
    ):
        run = hand_in(desk, content)
        town.work()
        page = desk.get(run).text
        assert ("ใช้ไฟล์นี้ไม่ได้" in page, said in page) == (True, True)
    key = re.search(r'name="form_key" value="([0-9a-f]+)"', desk.get(REGISTER).text)
    assert key is not None
    nul = {"form_key": key[1], "kind": "villages", "file": (io.BytesIO(b"x"), "a\0.csv")}
    assert desk.client.post(REGISTER, data=nul).status_code == 400
    large = {"CONTENT_LENGTH": str(2 * LARGEST)}
    refused = desk.client.post(REGISTER, data={"file": (io.BytesIO(b"x"), "v.csv")}, environ_overrides=large)
    assert (refused.status_code, "แบ่งเป็นหลายไฟล์" in refused.text) == (413, True)
    assert "ยังไม่ได้เลือกไฟล์" in desk.get(desk.post(REGISTER, kind="villages").location).text
    assert "รหัสหมู่บ้าน" in desk.get(f"{REGISTER}/sample/households.csv").text
    assert desk.get(f"{REGISTER}/sample/people.csv").status_code == 404
    assert office.signed_in(officer).get(REGISTER).status_code == 403


def test_a_file_that_nobody_imported_goes_after_a_week(office: Office, staff: Phone) -> None:
    town, desk = office.town, office.signed_in(staff)
    run = hand_in(desk, FILE.encode())
    town.work()
    (key,) = rows(town, select(ImportRun.upload_key))
    assert key in town.media.stored
    town.clock.civil += dt.timedelta(days=7)
    town.runtime.purge.run()
    assert (rows(town, select(ImportRun.upload_key)), key in town.media.stored) == ([""], False)
    assert office.signed_in(staff).get(run).status_code == 200


def test_staff_of_several_provinces_say_of_which_a_file_is(office: Office, staff: Phone) -> None:
    town, desk = office.town, office.signed_in(staff)
    assert 'name="province"' not in desk.get(REGISTER).text
    with town.runtime.sessions() as session, session.begin():
        session.add(Area(code="40", kind="province", name_th="ขอนแก่น"))
        session.flush()
        mine = session.scalars(select(Membership).where(Membership.role == "staff")).one()
        session.add(Membership(person_id=mine.person_id, role="staff", area_code="40", since=town.clock.now()))
    assert '<option value="42">จังหวัดเลย</option>' in desk.get(REGISTER).text
    hand_in(desk, FILE.encode(), province="42")
    assert rows(town, select(ImportRun.area_code)) == ["42"]
    elsewhere = desk.post(REGISTER, kind="villages", province="41", file=(io.BytesIO(b"x"), "villages.csv"))
    assert elsewhere.status_code == 404
