"""Duties in chat: named by their own date, apart from the campaign's rounds; the contractor's plan; summaries."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update

from models.obligation import Obligation, Report
from services.calendar import BANGKOK
from services.campaigns import files as campaign_files
from services.campaigns import loading as campaigns
from tests.integration.services.towns import report, rows
from tests.support.chat import Phone, Town

NAN = Path(__file__).parents[2] / "campaigns" / "nan_2565"


def june(day: int) -> dt.datetime:
    return dt.datetime(2021, 6, day, 10, 1, tzinfo=BANGKOK)


def load_nan(town: Town) -> None:
    with town.runtime.sessions() as session, session.begin():
        campaigns.load(session, campaign_files.read(NAN), town.clock.now())


@pytest.fixture
def nan(town: Town) -> Phone:
    """An officer of another province, on the day of the first weekly report."""
    load_nan(town)
    town.clock.civil = june(14)
    return town.person("วิมล ตัวอย่าง", "officer", "5501")


def test_a_duty_is_called_by_its_date_and_the_round_by_its_number(nan: Phone) -> None:
    nan.say("รายงาน")
    assert nan.labels() == ["รายงานประจำสัปดาห์ จันทร์ที่ 14 มิ.ย. 64", "ครั้งที่ 1 (บันทึกว่าส่งหลังกำหนด)"]
    begun = nan.tap("ประจำสัปดาห์")
    assert "รายงานประจำสัปดาห์ จันทร์ที่ 14 มิ.ย. 64 · อำเภอเมืองน่าน" in begun
    nan.say("3")
    receipt = nan.say("ยืนยันส่ง")
    assert "อำเภอเมืองน่าน รายงานประจำสัปดาห์ จันทร์ที่ 14 มิ.ย. 64 ฉบับที่ 1" in receipt
    assert "เลขรับ weekly-5501-1-01" in receipt
    assert "28 มิ.ย." not in receipt
    assert "อำเภอเมืองน่าน รายงานประจำสัปดาห์ จันทร์ที่ 14 มิ.ย. 64 ฉบับที่ 1" in nan.say("ใบรับ")


def test_a_number_means_the_round_and_never_a_duty(nan: Phone) -> None:
    assert "รายงานครั้งที่ 1 · อำเภอเมืองน่าน" in nan.say("รายงานครั้งที่ 1")


def test_what_is_owed_lists_duties_with_rounds(nan: Phone) -> None:
    owed = nan.say("ของฉันค้างอะไร")
    assert "รายงานประจำสัปดาห์ จันทร์ที่ 14 มิ.ย. 64 · ยังไม่รายงาน" in owed
    assert "ครั้งที่ 1 เลยกำหนด" in owed


def test_the_next_date_begins_from_the_last_one(nan: Phone) -> None:
    nan.say("รายงาน")
    nan.tap("ประจำสัปดาห์")
    nan.say("3")
    nan.say("ยืนยันส่ง")
    nan.town.clock.civil = june(18)
    nan.say("รายงาน")
    asked = nan.tap("ประจำสัปดาห์")
    assert "รายงานประจำสัปดาห์ จันทร์ที่ 14 มิ.ย. 64 ส่งแล้ว" in asked


def test_colleagues_read_the_name_of_the_duty_in_their_own_language(nan: Phone) -> None:
    town = nan.town
    anna = town.person("Anna", "deputy", "5501", language="en")
    nan.say("รายงาน")
    nan.tap("ประจำสัปดาห์")
    nan.say("3")
    nan.say("ยืนยันส่ง")
    town.work()
    assert "has sent Weekly report, Mon 14 Jun 2021" in anna.say("hello")


def test_the_overview_of_staff_counts_the_campaigns_rounds_alone(nan: Phone) -> None:
    staff = nan.town.person("ปราณี ตัวอย่าง", "staff", "55")
    assert "ครั้งที่ 1 (กำหนด ศุกร์ที่ 11 มิ.ย. 64) ส่งแล้ว 0 จาก 15" in staff.say("ใครยังไม่ส่ง")


def test_rounds_bear_the_name_of_the_work_where_a_province_has_two_campaigns_open(town: Town) -> None:
    files = campaign_files.read(NAN)
    other = replace(files, slug="wells_2565", province="42", forms=files.forms[:1], duties=[])
    with town.runtime.sessions() as session, session.begin():
        campaigns.load(session, other, town.clock.now() - dt.timedelta(days=2))
    officer = town.person("สมศรี ใจดี", "officer", "4207")
    officer.say("รายงาน")
    assert officer.labels() == ["ครั้งที่ 1 งาน จปฐ.", "ครั้งที่ 1 งานบ่อน้ำ"]
    assert "ครั้งที่ 1 งานบ่อน้ำ · อำเภอภูเรือ" in officer.tap("งานบ่อน้ำ")
    officer.say("12")
    officer.say("2")
    officer.say("ยืนยันส่ง")
    officer.say("รายงาน")
    report(officer)
    references = sorted(row.reference for row in rows(town, select(Report)))
    assert references == ["4207-1-01", "wells_2565-4207-1-01"]


def test_the_plan_stands_beside_what_the_province_has_reported(town: Town) -> None:
    officer = town.person("สมศรี ใจดี", "officer", "4207")
    staff = town.person("วิมล รักเลย", "staff", "42")
    assert "– ยังไม่มีตัวเลขจากจังหวัด" in officer.say("แผน")
    staff.say("ตัวเลขจากจังหวัด")
    for words in ("1", "23=1 24=7/6/64", "25=1 26=28/5/64", "ยืนยัน"):
        staff.say(words)
    town.clock.civil = june(22)
    shown = officer.say("แผน")
    assert "งวดที่ 4 รายงานประจำสัปดาห์" in shown
    assert "รายงานประจำสัปดาห์: ตามแผนถึงวันนี้ 3 จาก 4 ครั้ง ครั้งต่อไป 28 มิ.ย. 64" in shown
    assert "ทำแล้ว 1 ครั้ง ล่าสุด 7 มิ.ย. 64 ช้ากว่าแผน 2 ครั้ง" in shown
    assert "แก้ไขตามคณะกรรมการ: ครบกำหนดแล้วเมื่อ 16 มิ.ย. 64" in shown
    assert "ระบบไม่แจ้งเตือนผู้รับจ้าง" in staff.say("แผน")


def test_the_contractor_is_never_reminded(town: Town) -> None:
    """Whatever the hour: of a whole month's plan, every word is about a round that a district owes."""
    town.person("สมศรี ใจดี", "officer", "4207")
    for day in range(7, 31):
        town.clock.civil = dt.datetime(2021, 6, day, 16, 30, tzinfo=BANGKOK)
        for row in town.runtime.reminders.plan():
            town.queue.ring("send_outbox", row)
        town.work()
    words = str([body for body, _key in town.line.pushes])
    assert town.line.pushes
    assert not any(title in words for title in ("รายงานประจำสัปดาห์", "ประชุมประจำเดือน", "ใบสรุปหมู่บ้าน"))


def test_officers_and_leaders_see_how_far_the_villages_summaries_are(town: Town) -> None:
    officer = town.person("สมศรี ใจดี", "officer", "4207")
    leader = town.person("บุญมี ตัวอย่าง", "leader", "42070605")
    assert "ใบสรุปหมู่บ้าน: รับรองแล้ว 0 จาก 47 หมู่บ้าน (กำหนด 30 มิ.ย. 64)" in officer.say("ของฉันค้างอะไร")
    assert "ใบสรุปหมู่บ้าน: ยังไม่ได้รับรอง" in leader.say("ของฉันค้างอะไร")
    certified = update(Obligation).where(Obligation.area_code == "42070605").values(state="submitted")
    with town.runtime.sessions() as session, session.begin():
        session.execute(certified)
    assert "รับรองแล้ว 1 จาก 47 หมู่บ้าน" in officer.say("ของฉันค้างอะไร")
    assert "ใบสรุปหมู่บ้าน: รับรองแล้ว" in leader.say("ของฉันค้างอะไร")


def test_the_plan_is_not_for_leaders_and_may_be_missing(town: Town) -> None:
    leader = town.person("บุญมี ตัวอย่าง", "leader", "42070605")
    assert "แสดงแก่เจ้าหน้าที่อำเภอและจังหวัด" in leader.say("แผน")
