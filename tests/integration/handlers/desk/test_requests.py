"""ตั้งค่า, requests to join: many approved at once, one declined with its reason, each by whoever may."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select, update

from models.area import Area
from models.people import JoinRequest, LineAccount, Membership
from tests.integration.handlers.desk.conftest import Desk, Office
from tests.integration.services.towns import rows
from tests.support.chat import Phone

REQUESTS = "/desk/settings/requests"


def approve(desk: Desk, *numbers: str) -> str:
    """As the form would; the page that follows."""
    key = re.search(r'name="form_key" value="([0-9a-f]+)"', desk.get(REQUESTS).text)
    assert key is not None
    answer = desk.client.post(f"{REQUESTS}/approve", data={"form_key": key[1], "request": list(numbers)})
    return desk.get(answer.location).text


@pytest.fixture
def asked(office: Office) -> list[str]:
    """Numbers of the requests: a leader whom the register names, an officer, and one of another district."""
    now = office.town.clock.now()
    for name, role, area in (
        ("บุญมี ตัวอย่าง", "leader", "42070605"),
        ("วิชัย ตัวอย่าง", "officer", "4207"),
        ("ไกล ตัวอย่าง", "officer", "4206"),
    ):
        phone = office.town.stranger()
        phone.say("สวัสดี")
        with office.town.runtime.sessions() as session, session.begin():
            account = session.scalars(select(LineAccount).where(LineAccount.line_user_id == phone.user_id)).one()
            session.add(
                JoinRequest(
                    account_id=account.id, name=name, role=role, area_code=area, privacy_version=1, created_at=now
                )
            )
            session.execute(update(Area).where(Area.code == "42070605").values(leader_name="บุญมี ตัวอย่าง"))
    return [str(number) for number in rows(office.town, select(JoinRequest.id).order_by(JoinRequest.id))]


def test_staff_approve_all_that_are_ticked_and_each_is_told(office: Office, staff: Phone, asked: list[str]) -> None:
    desk = office.signed_in(staff)
    page = desk.get(REQUESTS).text
    assert page.count("ตรงกับชื่อผู้นำในทะเบียน") == 1
    assert page.count('name="request"') == 3
    assert "เลือกอย่างน้อยหนึ่งคน" in approve(desk)
    assert "อนุมัติแล้ว 2 คน" in approve(desk, asked[0], asked[1], "x", "99999")
    assert approve(desk, *asked[:2]).count('name="request"') == 1
    held = select(Membership.role, Membership.area_code).where(Membership.role != "staff")
    with office.town.runtime.sessions() as session:
        assert {tuple(row) for row in session.execute(held)} == {("leader", "42070605"), ("officer", "4207")}
    office.town.work()
    assert "ได้รับการยืนยันแล้ว ท่านเป็นผู้รับผิดชอบรายงาน" in str(office.town.line.pushes)


def test_one_is_declined_with_a_reason_that_is_said(office: Office, staff: Phone, asked: list[str]) -> None:
    desk = office.signed_in(staff)
    first = desk.post(f"{REQUESTS}/{asked[0]}/decline", reason=" หมู่บ้านนี้มี  ผู้นำแล้ว ")
    assert "ไม่อนุมัติคำขอนั้นแล้ว" in desk.get(first.location).text
    office.town.work()
    assert "เพราะ หมู่บ้านนี้มี ผู้นำแล้ว" in str(office.town.line.pushes)
    again = desk.post(f"{REQUESTS}/{asked[0]}/decline", reason="")
    assert "มีผู้ดำเนินการแล้ว" in desk.get(again.location).text


def test_an_office_decides_only_leaders_of_its_district(office: Office, officer: Phone, asked: list[str]) -> None:
    desk = office.signed_in(officer)
    page = desk.get(REQUESTS).text
    assert ("บุญมี" in page, "วิชัย" in page, "ไกล" in page) == (True, False, False)
    assert "อนุมัติแล้ว 1 คน" in approve(desk, *asked)
    desk.post(f"{REQUESTS}/{asked[1]}/decline")
    assert rows(office.town, select(JoinRequest.state).order_by(JoinRequest.id)) == ["approved", "pending", "pending"]
