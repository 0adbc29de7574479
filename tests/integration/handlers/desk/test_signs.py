"""ตั้งค่า, paper for joining: codes of districts that join at once, and the signs of villages."""

from __future__ import annotations

import re

import pypdfium2
from sqlalchemy import select

from models.area import Area
from models.people import Invitation
from models.work import Audit
from services.sheets.opening import AT_ONCE
from tests.integration.handlers.desk.conftest import Office
from tests.integration.services.towns import rows
from tests.support.chat import Phone

SIGNS = "/desk/settings/signs"


def said(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def test_a_code_is_made_for_each_district_without_an_officer_and_lets_its_holder_join(
    office: Office, staff: Phone, officer: Phone
) -> None:
    desk = office.signed_in(staff)
    answer = desk.post(f"{SIGNS}/officers", role="officer", only="missing")
    assert (answer.content_type, answer.headers["Cache-Control"]) == ("application/pdf", "no-store")
    codes = sorted(set(re.findall(r"42\d\d-\w{4}", said(answer.data))))
    assert len(codes) == 13
    assert not any(code.startswith("4207") for code in codes)
    newcomer = office.town.stranger()
    newcomer.say(codes[0])
    assert "ใช่" in newcomer.say("วิชัย ตัวอย่าง นักวิชาการพัฒนาชุมชน")
    assert "เข้าร่วมเรียบร้อยแล้ว" in newcomer.tap("ใช่ และรับทราบ")
    made = rows(office.town, select(Audit).where(Audit.action == "codes_made"))
    assert len(made) == len(codes) == len(rows(office.town, select(Invitation)))
    none = desk.post(f"{SIGNS}/officers", role="officer", only="missing", district="4207")
    assert "ทุกอำเภอมีผู้ทำหน้าที่นี้แล้ว" in desk.get(none.location).text
    again = desk.post(f"{SIGNS}/officers", role="officer", district="4207")
    assert "4207-" in said(again.data)
    for wrong in ({"role": "admin"}, {"role": "officer", "district": "1001"}):
        assert desk.post(f"{SIGNS}/officers", **wrong).status_code == 400


def test_village_signs_are_for_whoever_sees_the_area(office: Office, staff: Phone, officer: Phone, other: str) -> None:
    province, district = office.signed_in(staff), office.signed_in(officer)
    with office.town.runtime.sessions() as session, session.begin():
        session.add_all(
            Area(code=f"{other[:6]}{moo}", kind="village", parent_code=other[:6], name_th="บ้านตัวอย่าง", moo=moo)
            for moo in range(20, 20 + AT_ONCE)
        )
    waiting = province.get(f"{SIGNS}/42.pdf")
    assert ("กำลังจัดทำ 0 จาก" in waiting.text, waiting.headers["Refresh"]) == (True, "3")
    office.town.work()
    whole = said(province.get(f"{SIGNS}/42.pdf").data)
    assert ("42070605" in whole, other in whole) == (True, True)
    own = said(district.get(f"{SIGNS}/4207.pdf").data)
    assert ("42070605" in own, other in own) == (True, False)
    for outside in ("42", "4206", "4207060", "nonsense", "42070605"):
        assert (outside, district.get(f"{SIGNS}/{outside}.pdf").status_code) == (outside, 404)
    assert district.post(f"{SIGNS}/officers", role="officer").status_code == 403
    printed = rows(office.town, select(Audit.area_code).where(Audit.action == "printed").order_by(Audit.id))
    assert printed == ["42", "4207"]
