"""ตั้งค่า: the reminder plan, how long things are kept and the household checks are changed on pages of the desk."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from models.campaign import Campaign
from models.household_case import HouseholdCase
from models.people import Person
from services.campaigns.retention import KINDS
from services.evidence.checks import household_id
from tests.integration.handlers.desk.conftest import VILLAGE, Desk, Office, hidden_mark
from tests.support.chat import Phone

ROOM = "/desk/settings/campaigns/loei_2564"
Fields = dict[str, str | list[str] | tuple[io.BytesIO, str]]
REMINDER: Fields = {"side": "before", "days": "๒", "at": "บ่ายโมงครึ่ง", "to": ["officer", "head"], "only_if_owed": "yes"}
KEPT: Fields = {**dict.fromkeys(KINDS, "90"), "audit": "1,825 วัน"}
CASE: Fields = {"title_th": "บ้านร้าง", "title_en": "Empty house", "number": "๓.๖", "symbol": "#", "excuses": ["photo"]}


def settings(office: Office) -> dict[str, Any]:
    with office.town.runtime.sessions() as session:
        return session.scalars(select(Campaign)).one().settings


def entry(office: Office, key: str) -> dict[str, Any]:
    return next(each for each in settings(office)["reminders"] if each["key"] == key)


def seen(desk: Desk, path: str) -> str:
    return hidden_mark(desk.get(path).text)


def refused(answer: TestResponse, *told: str) -> None:
    assert answer.status_code == 422
    for words in told:
        assert words in answer.text


def test_a_reminder_goes_out_on_another_day_at_another_hour_to_others(office: Office, staff: Phone) -> None:
    desk, path = office.signed_in(staff), f"{ROOM}/reminders/due_day"
    assert path in desk.get(f"{ROOM}/dates").text
    assert 'value="13.30"' in desk.get(path).text
    assert desk.post(path, **REMINDER).status_code == 303
    assert entry(office, "due_day")["when"] == {"working_days": -2, "at": "13:30"}
    assert entry(office, "due_day")["to"] == ["officer", "head"]
    assert "2 วันทำการก่อนครบกำหนด" in desk.get(f"{ROOM}/dates").text
    nothing = desk.post(path, side="after", days="หลายวัน", at="สักครู่")
    refused(nothing, "กรอกจำนวนวันทำการ 1 ถึง 60", "กรุณากรอกเวลา", "อย่างน้อยหนึ่งหน้าที่", 'value="หลายวัน"', 'value="สักครู่"')
    late = desk.post(path, **{**REMINDER, "side": "on_day", "at": "21.00"})
    refused(late, "การเตือน วันครบกำหนด: ครั้งที่ 1 ตรงกับ 11 มิ.ย. 64 21.00 น.", 'value="21.00"')
    assert 'lang="en"' not in late.text.split("<main")[1]
    refused(desk.post(f"{ROOM}/reminders/opening", **{**REMINDER, "side": "after"}), "เปิดรับหลังวันครบกำหนด")
    assert desk.get(f"{ROOM}/reminders/nothing").status_code == 404


def test_who_saves_second_is_told_what_the_first_did_and_may_save_again(office: Office, staff: Phone) -> None:
    desk, path = office.signed_in(staff), f"{ROOM}/reminders/due_day"
    colleague = office.signed_in(office.town.person("วิชัย ตัวอย่าง", "staff", "42"))
    mine = seen(desk, path)
    colleague.post(path, **{**REMINDER, "at": "10.00"}, seen=seen(colleague, path))
    told = desk.post(path, **REMINDER, seen=mine)
    assert told.status_code == 409
    assert "วิชัย ตัวอย่าง เปลี่ยนแผนการเตือนเมื่อ" in told.text
    assert 'value="บ่ายโมงครึ่ง"' in told.text
    assert entry(office, "due_day")["when"]["at"] == "10:00"
    assert desk.post(path, **REMINDER, seen=hidden_mark(told.text)).status_code == 303
    assert entry(office, "due_day")["when"]["at"] == "13:30"


def test_what_a_colleague_changed_is_told_even_when_the_first_attempt_was_refused(office: Office, staff: Phone) -> None:
    desk, path = office.signed_in(staff), f"{ROOM}/retention"
    mine = seen(desk, path)
    colleague = office.signed_in(office.town.person("วิชัย ตัวอย่าง", "staff", "42"))
    colleague.post(path, **{**KEPT, "photos": "120"}, seen=seen(colleague, path))
    wrong = desk.post(path, **{**KEPT, "chats": "นาน ๆ"}, seen=mine)
    refused(wrong, "เก็บข้อความในแชต")
    assert desk.post(path, **KEPT, seen=hidden_mark(wrong.text)).status_code == 409
    assert settings(office)["retention"]["photos"] == 120


def test_days_for_which_things_are_kept_and_the_notice_that_names_them(office: Office, staff: Phone) -> None:
    desk, path = office.signed_in(staff), f"{ROOM}/retention"
    assert desk.post(path, **{**KEPT, "notes": "๓๐", "good_requests": "yes"}).status_code == 303
    kept = settings(office)["retention"]
    assert kept == dict.fromkeys(KINDS, 90) | {"notes": 30, "requests": None, "audit": 1825}
    assert settings(office)["privacy_version"] == 1
    told = desk.post(path, **{**KEPT, "photos": "120"})
    assert settings(office)["privacy_version"] == 2
    assert "ประกาศฉบับใหม่" in desk.get(told.location).text
    wrong = desk.post(path, **{**KEPT, "photos": "นาน ๆ", "chats": "99999"})
    refused(wrong, "จำนวนวันที่เก็บรูปบ้าน ต้องเป็น 0 ถึง 36,500", "เก็บข้อความในแชต", 'value="นาน ๆ"')
    assert settings(office)["retention"]["photos"] == 120


def test_cases_of_households_are_changed_added_and_taken_out(office: Office, staff: Phone) -> None:
    desk, path = office.signed_in(staff), f"{ROOM}/checks"
    assert desk.post(f"{path}/new", **CASE, asks="reason", reasons_th="ไม่มีคนอยู่\nรื้อแล้ว").status_code == 303
    new = settings(office)["household_checks"]["cases"][-1]
    assert (new["key"], new["excuses"], new["reasons"]) == ("case1", ["photo"], {"th": ["ไม่มีคนอยู่", "รื้อแล้ว"]})
    page = desk.get(path).text
    assert "๓.๖ บ้านร้าง" in page
    refused(desk.post(f"{path}/new", **{**CASE, "symbol": "*"}), "๓.๖ ซ้ำกัน", "* ซ้ำกัน", 'value="บ้านร้าง"')
    refused(desk.post(f"{path}/e31", title_th="", symbol="*"), "กรุณากรอกชื่อกรณีภาษาไทย")
    many = "\n".join(f"เหตุผลที่ {n}" for n in range(13))
    refused(desk.post(f"{path}/case1", **CASE, reasons_th=many), "ไม่เกิน 12 คำตอบ", "เหตุผลที่ 12</textarea>")
    refused(desk.post(f"{path}/case1", **CASE, reasons_en="long " * 20), "ยาวเกิน 60 ตัวอักษร", "long " * 19)
    assert desk.post(f"{path}/case1/remove").status_code == 303
    assert [case["key"] for case in settings(office)["household_checks"]["cases"]] == [
        "e31",
        "e32",
        "e33",
        "e34",
        "e35",
    ]
    with office.town.runtime.sessions() as session, session.begin():
        person = session.scalars(select(Person.id)).first() or 0
        house = household_id(session, VILLAGE, "12")
        now = dt.datetime(2021, 6, 8, tzinfo=dt.UTC)
        session.add(HouseholdCase(household_id=house, case="e33", person_id=person, at=now))
    assert "มี 1 ครัวเรือนที่บันทึกกรณีนี้แล้ว" in desk.get(f"{path}/e33").text
    refused(desk.post(f"{path}/e33/remove"), "จึงตัดออกไม่ได้")
    assert desk.get(f"{path}/nothing").status_code == 404


def test_counts_fill_other_boxes(office: Office, staff: Phone) -> None:
    desk, path = office.signed_in(staff), f"{ROOM}/checks"
    given = {"figures_when": "any", "inspector_push": "yes", "box_checked": "t3_hh_complete"}
    assert desk.post(path, **given).status_code == 303
    checks = settings(office)["household_checks"]
    assert (checks["figures"], checks["figures_when"]) == ({"checked": "t3_hh_complete"}, "any")
    assert checks["inspector_push"] is True
    assert len(checks["cases"]) == 5
    refused(desk.post(path, figures_when="sometimes"), "ค่า figures_when เป็น sometimes ไม่ได้")


@pytest.mark.parametrize("page", ["retention", "checks", "checks/e31", "checks/new", "reminders/due_day"])
def test_only_provincial_staff_change_the_rules(office: Office, officer: Phone, page: str) -> None:
    assert office.signed_in(officer).get(f"{ROOM}/{page}").status_code == 403
