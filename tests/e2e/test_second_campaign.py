"""Another province's campaign, from files alone, beside Loei's in one service: joined, reminded, reported, accepted."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from services.calendar import BANGKOK
from tests.support.people import Someone
from tests.support.stage import Stage

NAN = Path(__file__).parents[1] / "campaigns" / "nan_2565"


def june(day: int, hour: int) -> dt.datetime:
    return dt.datetime(2021, 6, day, hour, tzinfo=BANGKOK)


@pytest.fixture
def nan(stage: Stage) -> Stage:
    """Both campaigns in one service; loading twice is as good as once."""
    for _ in range(2):
        stage.system.tidtam("campaign", "load", str(NAN))
    return stage


def joined(stage: Stage, role: str, area: str, name: str) -> Someone:
    """Somebody who joins by a printed code."""
    person = stage.someone(stage.simulator.add_phone(name).user_id)
    sent = stage.simulator.follow(person.user_id)
    person.heard = stage.simulator.wait_for(person.user_id, sent.seq)
    person.say(stage.system.tidtam("invite", "--role", role, "--area", area).strip())
    person.say(name)
    person.tap("ใช่ และรับทราบ")
    return person


def test_a_second_campaign_runs_from_its_files_alone(nan: Stage, officer: Someone) -> None:
    nan_officer = joined(nan, "officer", "5501", "วิมล ตัวอย่าง")
    nan_staff = joined(nan, "staff", "55", "ปราณี ตัวอย่าง")

    nan.move_clock(june(8, 9))
    nan_officer.waits_for("รายงานครั้งที่ 1 (สำรวจบ่อน้ำ) กำหนดส่งภายใน ศุกร์ที่ 11 มิ.ย. 64")
    nan_officer.tap("เริ่มรายงาน")
    nan_officer.say("12")
    nan_officer.say("2")
    assert "เลขรับ 5501-1-01" in nan_officer.tap("ยืนยันส่ง")
    assert "ครั้งที่ 1 (กำหนด ศุกร์ที่ 11 มิ.ย. 64) ส่งแล้ว 1 จาก 15" in nan_staff.say("ใครยังไม่ส่ง")

    assert "ส่งแล้ว → รับรองแล้ว" in nan_staff.say("รับรอง เมืองน่าน")
    nan_staff.tap("ยืนยันรับรอง")
    assert "สำนักงานตัวอย่างจังหวัดน่าน" in nan_officer.say("แก้ 1=13")
    assert "ไม่พบอำเภอชื่อ" in nan_staff.say("รับรอง ภูเรือ")

    nan.move_clock(june(14, 10))
    nan_officer.waits_for("วันนี้เป็นวันครบกำหนดรายงานประจำสัปดาห์ จันทร์ที่ 14 มิ.ย. 64 อำเภอเมืองน่าน ยังไม่ได้ส่ง")
    nan_officer.tap("เริ่มรายงาน")
    nan_officer.say("3")
    assert "เลขรับ weekly-5501-1-01" in nan_officer.tap("ยืนยันส่ง")

    owed = officer.say("ของฉันค้างอะไร")
    assert "งานของอำเภอภูเรือ" in owed
    assert "ประจำสัปดาห์" not in owed
    nan.settle()
