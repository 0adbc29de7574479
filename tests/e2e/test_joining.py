from __future__ import annotations

import datetime as dt

from tests.support import pictures
from tests.support.people import Someone
from tests.support.stage import MONDAY, Stage

APPROVE = "ยืนยันให้เข้าร่วม"


def newcomer(stage: Stage) -> Someone:
    """Somebody who has just added the account."""
    person = stage.someone(stage.simulator.add_phone("ใหม่ ตัวอย่าง").user_id)
    sent = stage.simulator.follow(person.user_id)
    person.heard = stage.simulator.wait_for(person.user_id, sent.seq)
    return person


def invite(stage: Stage, role: str, area: str) -> str:
    return stage.system.tidtam("invite", "--role", role, "--area", area).strip()


def test_a_printed_code_makes_an_officer_who_can_report_at_once(stage: Stage) -> None:
    code = invite(stage, "officer", "4206")
    person = newcomer(stage)
    assert "ยินดีต้อนรับ" in person.screen()
    person.say(code.lower().replace("-", " "))
    assert "อำเภอนาแห้ว ใช่หรือไม่" in person.say("วิมล ตัวอย่าง")
    assert "เข้าร่วมเรียบร้อยแล้ว" in person.tap("ใช่ และรับทราบ")
    assert "รายงานครั้งที่ 1 · อำเภอนาแห้ว" in person.say("รายงาน")


def test_a_code_is_good_for_one_person_only(stage: Stage) -> None:
    code = invite(stage, "staff", "42")
    first, second = newcomer(stage), newcomer(stage)
    first.say(code)
    first.say("วิมล ตัวอย่าง")
    first.tap("ใช่ และรับทราบ")
    assert "มีผู้ใช้ไปแล้ว" in second.say(code)
    assert "ยังไม่ได้เข้าร่วม" in second.say("ใครยังไม่ส่ง")


def test_a_request_is_approved_by_staff_in_the_chat(stage: Stage, staff: Someone) -> None:
    person = newcomer(stage)
    person.tap("ขอเข้าร่วม")
    person.say("วิมล ตัวอย่าง นักวิชาการพัฒนาชุมชน")
    person.tap("ภูหลวง")
    assert "ส่งคำขอเข้าร่วมแล้ว" in person.tap("ส่งคำขอ และรับทราบ")
    assert "ยังรอ" in person.say("รายงาน")
    assert "วิมล ตัวอย่าง" in staff.say("คำขอเข้าร่วม")
    seq = person.last_seq()
    assert "แล้ว" in staff.tap(APPROVE)
    person.waits_for("คำขอเข้าร่วมได้รับการยืนยันแล้ว", seq)
    assert "อำเภอภูหลวง" in person.say("รายงาน")
    assert "ไม่มีคำขอ" in staff.say("คำขอเข้าร่วม")


def test_a_leader_sends_photos_while_the_district_has_yet_to_approve(stage: Stage, officer: Someone) -> None:
    leader = newcomer(stage)
    assert "หมู่ 6" in leader.say("เข้าร่วม 42070606")
    assert "ระหว่างนี้ส่งรูปได้เลย" in leader.tap("ใช่ และรับทราบ")
    assert "เก็บแล้ว 1 รูป" in leader.photo(pictures.jpeg(1))
    assert "เก็บแล้ว 2 รูป" in leader.photo(pictures.jpeg(2))
    officer.say("คำขอ")
    officer.tap(APPROVE)
    assert "คำขอเข้าร่วมได้รับการยืนยันแล้ว" in leader.say("12/3")
    assert "บันทึกบ้านเลขที่ 12/3 แล้ว" in leader.screen()
    assert "บันทึกบ้านเลขที่ 14 แล้ว" in leader.say("14")
    stage.settle()
    assert len(stage.stored_files()) == 4


def test_a_guessed_code_helps_nobody_and_guessing_ends(stage: Stage) -> None:
    person = newcomer(stage)
    for left in (4, 3, 2, 1):
        assert f"เหลืออีก {left} ครั้ง" in person.say("4206-AAAA")
    person.say("4206-AAAA")
    code = invite(stage, "officer", "4206")
    assert "พักการรับรหัสไว้ชั่วคราว" in person.say(code)


def test_an_expired_code_says_so(stage: Stage) -> None:
    code = invite(stage, "officer", "4206")
    stage.move_clock(MONDAY + dt.timedelta(days=31))
    person = newcomer(stage)
    assert f"รหัส {code} หมดอายุแล้ว" in person.say(code)
