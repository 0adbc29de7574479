"""A district telephones: staff write its report down on one page, read as the chat reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from models.obligation import Draft, Obligation, Report
from tests.integration.handlers.desk.conftest import Desk, Office
from tests.support.chat import Phone

ANSWERS: Mapping[str, str | list[str]] = {
    "t3_status": "reporting",
    "t3_steps": "both",
    "t3_villages_checked": "ยี่สิบ",
    "t3_certificates": "๕",
    "t3_hh_checked": "๓,๑๕๐ ครัวเรือน",
    "t3_hh_complete": "3,150",
    **dict.fromkeys(("t3_e31", "t3_e32", "t3_e33", "t3_e34", "t3_e35"), "0"),
    "t3_finished_on": "30 มิ.ย. 64",
    "t4_fix_status": "not_started",
    "t4_fix_prev_year_records": "0",
    "t4_known_ok": "no_data",
    "problem_kinds": ["none"],
}


@dataclass
class Form(HTMLParser):
    """The fields of the page's form, with what stands in them."""

    html: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    ticks: dict[str, list[str]] = field(default_factory=dict)
    select: str = ""
    area: str = ""
    inside: bool = False

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.inside = self.inside or (tag == "form" and found.get("class") == "whole-form")
        if not self.inside:
            return
        name = found.get("name", "")
        if tag == "input" and found.get("type") == "checkbox":
            self.ticks.setdefault(name, []).append(found["value"])
            if "checked" in found:
                self.fields.setdefault(name, []).append(found["value"])
        elif tag == "input":
            self.fields.setdefault(name, []).append(found.get("value", ""))
        elif tag == "select":
            self.select = name
            self.fields[name] = [""]
        elif tag == "option" and "selected" in found:
            self.fields[self.select] = [found["value"]]
        elif tag == "textarea":
            self.area = name
            self.fields[name] = [""]

    def handle_data(self, data: str) -> None:
        if self.area:
            self.fields[self.area] = [data]

    def handle_endtag(self, tag: str) -> None:
        self.area = "" if tag == "textarea" else self.area
        self.inside = self.inside and tag != "form"


@dataclass
class Call:
    """A page that is filled in while somebody tells it on the telephone."""

    desk: Desk
    path: str
    page: TestResponse

    @staticmethod
    def at(desk: Desk, obligation_id: int) -> Call:
        path = f"/desk/reports/{obligation_id}/behalf"
        return Call(desk, path, desk.get(path))

    @property
    def form(self) -> Form:
        return Form(self.page.text)

    def press(self, do: str, answers: Mapping[str, str | list[str]] | None = None, **others: str) -> str:
        """Press a button with the page as it stands, its `answers` filled in; what the page says then."""
        fields = dict(self.form.fields)
        for name, value in (answers or {}).items():
            if f"was:{name}" in fields:
                fields[f"box:{name}"] = value if isinstance(value, list) else [value]
        data = {**fields, **{name.replace("__", ":"): [value] for name, value in others.items()}, "do": [do]}
        self.page = self.desk.client.post(self.path, data=data)
        if self.page.status_code == 303:
            self.page = self.desk.get(self.path)
        return self.said

    @property
    def said(self) -> str:
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", self.page.text))

    def until_it_stands(self, answers: Mapping[str, str | list[str]], **others: str) -> str:
        """Answers decide what else is asked: as often as boxes come up."""
        said = self.press("check", answers, **others)
        for _ in range(4):
            if "ส่งรายงานแทนอำเภอ" in said:
                break
            said = self.press("check", answers)
        return said


@pytest.fixture
def desk(office: Office, staff: Phone) -> Desk:
    return office.signed_in(staff)


def obligation(office: Office, area: str = "4207") -> int:
    with office.town.runtime.sessions() as session:
        owed = select(Obligation.id).where(Obligation.area_code == area).order_by(Obligation.round_id).limit(1)
        return session.scalars(owed).one()


def reports(office: Office) -> list[Report]:
    with office.town.runtime.sessions() as session:
        return list(session.scalars(select(Report).order_by(Report.number)))


def test_a_report_told_on_the_telephone_is_read_checked_and_sent_like_one_from_the_chat(
    office: Office, desk: Desk, officer: Phone
) -> None:
    number = obligation(office)
    call = Call.at(desk, number)
    assert "กรุณากรอกชื่อผู้แจ้งทางโทรศัพท์" in call.press("check", {"t3_status": "reporting"})
    assert "ต้องตอบช่องนี้" in call.said
    # what cannot be is refused at its box in the chat's words; what is in doubt waits for a yes
    wrong = {**ANSWERS, "t3_villages_checked": "99", "t3_hh_checked": "เยอะมาก"}
    said = call.press("check", wrong, caller="สมศรี ใจดี")
    assert "47" in said
    assert {f"box:{name}" for name in ("t3_villages_checked", "t3_hh_checked")} <= call.form.fields.keys()
    assert call.form.fields["box:t3_hh_checked"] == ["เยอะมาก"]
    assert "ส่งรายงานแทนอำเภอ" not in call.press("send", wrong)
    assert reports(office) == []
    # 6,240 to check, 3,150 done and yet no case: the form's own doubt is told before it is sent
    call.until_it_stands(ANSWERS)
    assert "สมศรี ใจดี" in call.page.text
    assert "ข้อมูล ณ วันที่" in call.said
    said = call.press("send")
    assert "ส่งแล้ว เลขรับ 4207-1-01 ตามที่สมศรี ใจดีแจ้งทางโทรศัพท์" in said
    (report,) = reports(office)
    answers = {name: stored[0] for name, stored in report.answers["answers"].items()}
    assert (answers["t3_hh_checked"], answers["t3_finished_on"]) == ("3150", "2021-06-30")
    assert (report.phoned_by, report.late) == ("สมศรี ใจดี", False)
    office.town.work()
    assert "ตามที่สมศรี ใจดีแจ้งทางโทรศัพท์แล้ว (เลขรับ 4207-1-01)" in officer.say("เมนู")
    assert "มาลี ตัวอย่าง รับแจ้งทางโทรศัพท์จากสมศรี ใจดี" in officer.say("ใบรับ")
    # a correction afterwards: only what changed, before and after, the reason kept, and nothing twice
    call = Call.at(desk, number)
    assert "จึงไม่มีอะไรต้องส่ง" in call.press("check", caller="สมศรี ใจดี")
    said = call.press("check", {"t3_certificates": "๖"})
    assert "เดิม 5 → ใหม่ 6" in said
    assert "เลขรับ 4207-1-02" in call.press("send")
    assert [row.number for row in reports(office)] == [1, 2]


def test_nothing_that_the_district_does_meanwhile_is_overwritten_unseen(
    office: Office, desk: Desk, officer: Phone
) -> None:
    number = obligation(office)
    call = Call.at(desk, number)
    call.until_it_stands(ANSWERS, caller="สมศรี ใจดี")
    officer.say("รายงาน")
    officer.say("แล้วเสร็จ")
    said = call.press("send")
    assert "อำเภอเพิ่งบันทึกหรือส่งรายงานนี้" in said
    assert "เดิม แล้วเสร็จ" in said
    assert reports(office) == []
    # looked at again, it is sent, and the officer's own draft has become part of it
    call.until_it_stands(ANSWERS)
    assert "เลขรับ 4207-1-01" in call.press("send")
    with office.town.runtime.sessions() as session:
        assert session.scalars(select(Draft)).all() == []
    assert "4207-1-01" in officer.say("ใบรับ")


def test_a_report_that_nobody_may_write_here_says_why(office: Office, desk: Desk, officer: Phone) -> None:
    number = obligation(office)
    with office.town.runtime.sessions() as session, session.begin():
        last = select(Obligation.id).where(Obligation.area_code == "4207").order_by(Obligation.round_id.desc()).limit(1)
        later = session.scalars(last).one()
        session.get_one(Obligation, number).state = "accepted"
    assert "รับรองหรือยกเว้นแล้ว" in desk.get(f"/desk/reports/{number}/behalf").text
    assert "ยังไม่เปิดให้ส่ง" in desk.get(f"/desk/reports/{later}/behalf").text
    assert office.signed_in(officer).get(f"/desk/reports/{number}/behalf").status_code == 403
    assert desk.get("/desk/reports/99999/behalf").status_code == 404
