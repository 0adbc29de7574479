"""A report that the province has given back: answered in place, sent again with one tap."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from models.obligation import Obligation, Report
from services.calendar import BANGKOK
from tests.integration.services.towns import report, rows
from tests.support.chat import Phone, Town

PHU_RUEA = "4207"


@pytest.fixture
def officer(town: Town) -> Phone:
    return town.person("สมศรี ใจดี", "officer", PHU_RUEA)


@pytest.fixture
def staff(town: Town) -> Phone:
    return town.person("วิมล รักเลย", "staff", "42")


def give_back(staff: Phone, what: str = "ช่อง 9 มากกว่ายอดในทะเบียน") -> None:
    staff.say(f"ส่งคืน ภูเรือ {what}")
    staff.say("ยืนยัน")
    staff.town.work()


def state(town: Town) -> str:
    return rows(town, select(Obligation).where(Obligation.area_code == PHU_RUEA).order_by(Obligation.id))[0].state


def versions(town: Town) -> list[Report]:
    return rows(town, select(Report).order_by(Report.number))


def value(sent: Report, name: str = "t3_hh_complete") -> str:
    return str(sent.answers["answers"][name][0])


def test_two_turns_send_the_box_again_and_the_reviewer_learns_of_it_for_free(
    town: Town, officer: Phone, staff: Phone
) -> None:
    report(officer)
    give_back(staff)
    before = len(town.line.pushes)
    assert "เดิม 3,040 → ใหม่ 2,990" in officer.say("2990")
    assert "ฉบับแก้ไขที่ 1" in officer.tap("ยืนยันส่งอีกครั้ง")
    first, second = versions(town)
    assert (value(first), value(second)) == ("3040", "2990")
    assert second.answers["answers"].keys() == first.answers["answers"].keys()
    assert state(town) == "submitted"
    assert "อำเภอภูเรือ ส่งรายงานครั้งที่ 1 ที่ส่งคืนกลับมาแล้ว (เลขรับ 4207-1-02)" in staff.say("ใครยังไม่ส่ง")
    assert len(town.line.pushes) == before


def test_the_value_that_was_sent_can_be_said_again_and_is_sent_again(town: Town, officer: Phone, staff: Phone) -> None:
    report(officer)
    give_back(staff)
    assert "ยืนยันค่าเดิม 3,040" in officer.say("ยืนยันค่าเดิม")
    officer.say("ยืนยัน")
    assert [value(sent) for sent in versions(town)] == ["3040", "3040"]
    assert state(town) == "submitted"


def test_several_boxes_are_asked_one_after_the_other(town: Town, officer: Phone, staff: Phone) -> None:
    report(officer)
    give_back(staff, "ช่อง 9 มากไป ช่อง 10 ดูใหม่")
    asked = officer.say("3000")
    assert "จังหวัดขอให้ตรวจช่อง 10 อีกครั้ง" in asked
    assert "ดูใหม่" in asked
    card = officer.tap("ยืนยันค่าเดิม")
    assert "ช่อง 9" in card
    assert "ยืนยันค่าเดิม 40" in card
    officer.tap("ยืนยันส่งอีกครั้ง")
    assert value(versions(town)[1], "t3_e31") == "40"


def test_an_impossible_value_is_refused_and_the_box_stays_open(town: Town, officer: Phone, staff: Phone) -> None:
    report(officer)
    give_back(staff)
    assert "3,400" in officer.say("3400")
    assert len(versions(town)) == 1
    assert "เดิม 3,040 → ใหม่ 2,990" in officer.say("2990")


def test_a_return_of_the_whole_report_is_mended_or_confirmed_as_it_is(town: Town, officer: Phone, staff: Phone) -> None:
    report(officer)
    give_back(staff, "ดูใหม่ทั้งฉบับ")
    assert "จังหวัดขอให้ตรวจรายงานอีกครั้ง" in officer.say("รายงาน")
    officer.tap("ยืนยันตามเดิม")
    officer.tap("ยืนยันส่งอีกครั้ง")
    assert state(town) == "submitted"
    assert len(versions(town)) == 2


def test_a_return_that_comes_late_stays_late_by_the_first_report(town: Town, officer: Phone, staff: Phone) -> None:
    town.clock.civil = dt.datetime(2021, 6, 14, 10, tzinfo=BANGKOK)
    report(officer)
    assert state(town) == "late"
    give_back(staff)
    officer.say("2990")
    officer.tap("ยืนยันส่งอีกครั้ง")
    assert state(town) == "late"


def test_a_report_in_time_that_is_sent_again_after_the_due_day_is_not_late(
    town: Town, officer: Phone, staff: Phone
) -> None:
    report(officer)
    give_back(staff)
    town.clock.civil = dt.datetime(2021, 6, 14, 10, tzinfo=BANGKOK)
    officer.say("2990")
    officer.tap("ยืนยันส่งอีกครั้ง")
    assert state(town) == "submitted"


def test_with_two_rounds_open_the_returned_one_is_among_those_asked_about(
    town: Town, officer: Phone, staff: Phone
) -> None:
    report(officer)
    give_back(staff)
    town.clock.civil = dt.datetime(2021, 6, 15, 10, tzinfo=BANGKOK)
    asked = officer.say("รายงาน")
    assert "ครั้งที่ 1" in asked
    assert "ครั้งที่ 2" in asked
    assert "จังหวัดขอให้ตรวจช่อง 9 อีกครั้ง" in officer.say("ครั้งที่ 1")


def test_a_returned_report_is_shown_as_owed(officer: Phone, staff: Phone) -> None:
    report(officer)
    give_back(staff)
    assert "ส่งคืนให้แก้" in officer.say("ของฉันค้างอะไร")


def test_the_menu_offers_to_change_what_came_back(officer: Phone, staff: Phone) -> None:
    report(officer)
    give_back(staff)
    officer.say("เมนู")
    assert "แก้ที่ส่งแล้ว" in officer.labels()
    assert "เดิม 3,040 → ใหม่ 3,000" in officer.say("แก้ 9=3000")


def test_a_second_return_of_the_same_box_is_asked_again(town: Town, officer: Phone, staff: Phone) -> None:
    report(officer)
    for number in ("2990", "2980"):
        give_back(staff)
        officer.say(number)
        officer.tap("ยืนยันส่งอีกครั้ง")
    assert [value(sent) for sent in versions(town)] == ["3040", "2990", "2980"]


def test_what_answers_nothing_brings_the_returned_box_back(officer: Phone, staff: Phone) -> None:
    report(officer)
    give_back(staff)
    assert "จังหวัดขอให้ตรวจช่อง 9 อีกครั้ง" in officer.say("อะไรหรือ ไม่เห็นเข้าใจเลยว่าผิดตรงไหน")
