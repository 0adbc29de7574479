"""Provincial staff announce something: to whom, the words, a look, now or at a time; asked before a double."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from models.broadcast import Broadcast
from models.chat import OutboxRequest
from services.calendar import BANGKOK
from services.ports import Quota
from tests.integration.conversation.reports import send
from tests.support.chat import Phone, Town

TUESDAY = dt.datetime(2021, 6, 8, 9, 5, tzinfo=BANGKOK)
WORDS = "ประชุมวันจันทร์ 9 โมง ห้องประชุมใหญ่"


@pytest.fixture(autouse=True)
def _tuesday(town: Town) -> None:
    town.clock.civil = TUESDAY


@pytest.fixture
def dan_sai(town: Town) -> Phone:
    return town.person("ด่าน ตัวอย่าง", "officer", "4205")


def heard(town: Town) -> list[str]:
    town.work()
    bodies = [body for body, _key in town.line.pushes]
    return sorted(user for body in bodies for user in (body["to"] if isinstance(body["to"], list) else [body["to"]]))


def written(staff: Phone, to: str = "ทุกอำเภอ", words: str = WORDS) -> str:
    staff.say("ประกาศ")
    staff.say(to)
    return staff.say(words)


def test_the_words_are_shown_as_people_get_them_and_sent_to_all_at_once(
    town: Town, staff: Phone, officer: Phone, deputy: Phone, dan_sai: Phone
) -> None:
    town.person("บุญมี ตัวอย่าง", "leader", "42070605")
    shown = written(staff)
    assert f"ประกาศจากพัฒนาชุมชนจังหวัดเลย\n{WORDS}" in shown
    assert "จะส่งถึง 3 คน ใช้ 3 ข้อความ" in shown
    assert staff.labels() == ["ยืนยันส่ง", "ตั้งเวลา", "แก้ข้อความ", "ยกเลิก"]
    staff.say("ยืนยันส่ง")
    assert heard(town) == sorted([officer.user_id, deputy.user_id, dan_sai.user_id])
    ((body, _key),) = town.line.pushes
    assert body["messages"] == [{"type": "text", "text": f"ประกาศจากพัฒนาชุมชนจังหวัดเลย\n{WORDS}"}]
    with town.runtime.sessions() as session:
        assert session.scalars(select(OutboxRequest.purpose).where(OutboxRequest.kind == "multicast")).all() == [
            "broadcast"
        ]
    assert "ส่งแล้ว 3 คน" in staff.say("ผลการส่ง")


def test_who_reads_english_gets_the_heading_in_english(town: Town, staff: Phone, english_officer: Phone) -> None:
    written(staff)
    staff.say("ยืนยัน")
    heard(town)
    (message,) = town.line.pushes[0][0]["messages"]
    assert message["text"].endswith(WORDS)
    assert message["text"].startswith("Announcement of ")


@pytest.mark.parametrize(
    ("to", "who"),
    [
        ("อำเภอที่ยังไม่ส่ง", {"dan_sai"}),
        ("อำเภอที่ส่งแล้ว", {"officer"}),
        ("ผู้นำชุมชน", {"leader", "far_leader"}),
        ("ผู้นำชุมชน ภูเรือ", {"leader"}),
        ("เจ้าหน้าที่จังหวัด", {"colleague"}),
        ("ด่านซ้าย", {"dan_sai"}),
        ("ภูเรือ และด่านซ้าย", {"officer", "dan_sai"}),
    ],
)
def test_an_audience_is_found_at_the_moment_of_sending(
    town: Town, staff: Phone, officer: Phone, dan_sai: Phone, to: str, who: set[str]
) -> None:
    people = {
        "officer": officer,
        "dan_sai": dan_sai,
        "leader": town.person("บุญมี ตัวอย่าง", "leader", "42070605"),
        "far_leader": town.person("บุญมา ตัวอย่าง", "leader", "42050101"),
        "colleague": town.person("มานี ตัวอย่าง", "staff", "42"),
    }
    send(officer)
    town.work()
    town.line.pushes.clear()
    assert f"จะส่งถึง {len(who)} คน" in written(staff, to)
    staff.say("ยืนยัน")
    assert heard(town) == sorted(people[name].user_id for name in who)


def test_to_whom_can_be_said_at_once(staff: Phone, officer: Phone) -> None:
    assert "ประกาศถึงอำเภอภูเรือ (1 คน)" in staff.say("ประกาศ ภูเรือ")
    assert "ประกาศจาก" in staff.say(WORDS)


def test_an_announcement_is_set_for_later_listed_and_sent_by_the_clock(
    town: Town, staff: Phone, officer: Phone
) -> None:
    written(staff)
    staff.press("ตั้งเวลา")
    assert "จะส่ง จันทร์ที่ 14 มิ.ย. 64 เวลา 14.30 น." in staff.say("จันทร์ 14.30")
    assert "ตั้งเวลาแล้ว จะส่ง จันทร์ที่ 14 มิ.ย. 64 เวลา 14.30 น." in staff.say("ยืนยัน")
    assert f'"{WORDS}"' in staff.say("ประกาศที่ตั้งเวลา")
    town.clock.civil = dt.datetime(2021, 6, 14, 14, 29, tzinfo=BANGKOK)
    assert town.runtime.broadcasts.tick() == []
    town.clock.civil += dt.timedelta(minutes=1)
    (row,) = town.runtime.broadcasts.tick()
    town.queue.ring("send_broadcast", row)
    assert heard(town) == [officer.user_id]
    assert town.runtime.broadcasts.tick() == []
    assert "ไม่มีประกาศที่ตั้งเวลาไว้" in staff.say("ประกาศที่ตั้งเวลา")


def test_a_scheduled_announcement_can_be_stopped(town: Town, staff: Phone, officer: Phone) -> None:
    written(staff)
    staff.say("ตั้งเวลา")
    staff.say("พรุ่งนี้ 09.00")
    staff.say("ยืนยัน")
    assert "ไม่มีข้อความใดถูกส่ง" in staff.say("ยกเลิกประกาศ")
    town.clock.civil += dt.timedelta(days=1)
    assert town.runtime.broadcasts.tick() == []
    assert heard(town) == []


def test_a_colleague_stops_it_by_its_button(town: Town, staff: Phone, officer: Phone) -> None:
    colleague = town.person("มานี ตัวอย่าง", "staff", "42")
    written(staff, "ภูเรือ")
    staff.say("ตั้งเวลา")
    staff.say("พรุ่งนี้ 09.00")
    staff.say("ยืนยัน")
    colleague.say("ประกาศที่ตั้งเวลา")
    assert "ไม่มีข้อความใดถูกส่ง" in colleague.press("ยกเลิกประกาศ")
    assert "ไม่มีประกาศที่ตั้งเวลาไว้" in staff.say("ประกาศที่ตั้งเวลา")


def test_a_time_that_cannot_be_is_asked_for_again(staff: Phone, officer: Phone) -> None:
    written(staff)
    staff.say("ตั้งเวลา")
    assert "ผ่านไปแล้ว" in staff.say("เมื่อวาน 9.00")
    assert "กรุณาพิมพ์วันและเวลาด้วยกัน" in staff.say("พรุ่งนี้")
    assert "ยังอ่านเป็นวันและเวลาไม่ได้" in staff.say("เมื่อไหร่ก็ได้นะจ๊ะ")
    assert "ไกลเกินไป" in staff.say("1 ธ.ค. 64 09.00")
    assert "จะส่ง อังคารที่ 8 มิ.ย. 64 เวลา 14.30 น." in staff.say("14.30")


def test_quiet_hours_are_asked_about_once(town: Town, staff: Phone, officer: Phone) -> None:
    written(staff)
    staff.say("ตั้งเวลา")
    staff.say("วันนี้ 21.30")
    assert "เวลา 21.30 น. เป็นเวลาพักผ่อนของผู้รับ" in staff.say("ยืนยัน")
    assert "ตั้งเวลาแล้ว" in staff.say("ยืนยัน")


def test_the_same_words_to_the_same_people_are_asked_about_with_the_former_time(
    town: Town, staff: Phone, officer: Phone
) -> None:
    written(staff)
    staff.say("ยืนยัน")
    heard(town)
    town.clock.civil += dt.timedelta(hours=3)
    written(staff)
    asked = staff.say("ยืนยัน")
    assert "นุช ตัวอย่าง ส่งข้อความเดียวกันนี้ถึงกลุ่มนี้แล้ว เมื่อ อังคารที่ 8 มิ.ย. 64 เวลา 09.05 น." in asked
    assert len(heard(town)) == 1
    assert "กำลังส่ง" in staff.say("ยืนยัน")
    assert len(heard(town)) == 2


def test_a_day_later_or_to_others_nothing_is_asked(town: Town, staff: Phone, officer: Phone, dan_sai: Phone) -> None:
    written(staff)
    staff.say("ยืนยัน")
    written(staff, "ภูเรือ")
    assert "กำลังส่ง" in staff.say("ยืนยัน")
    town.clock.civil += dt.timedelta(hours=25)
    written(staff)
    assert "กำลังส่ง" in staff.say("ยืนยัน")


def test_new_words_take_the_place_of_the_old(town: Town, staff: Phone, officer: Phone) -> None:
    written(staff, words="ผิด")
    assert "กรุณาพิมพ์ข้อความประกาศ" in staff.say("แก้ข้อความ")
    staff.say(WORDS)
    staff.say("ยืนยัน")
    heard(town)
    assert [body["messages"][0]["text"].split("\n")[1] for body, _key in town.line.pushes] == [WORDS]
    with town.runtime.sessions() as session:
        states = session.scalars(select(Broadcast.state).order_by(Broadcast.id)).all()
    assert states == ["cancelled", "sent"]


def test_words_that_begin_like_an_order_are_still_the_announcement(staff: Phone, officer: Phone) -> None:
    assert "ประกาศจากพัฒนาชุมชนจังหวัดเลย\nส่งคืน ภูเรือ ช่องที่ผิดภายในวันนี้" in written(staff, words="ส่งคืน ภูเรือ ช่องที่ผิดภายในวันนี้")


def test_a_national_id_is_refused_and_the_words_are_asked_for_again(town: Town, staff: Phone, officer: Phone) -> None:
    shown = written(staff, words="แจ้งนายสมชาย 1101700230708")
    assert "เลขประจำตัวประชาชน 13 หลัก" in shown
    assert "กรุณาพิมพ์ข้อความประกาศ" in shown
    with town.runtime.sessions() as session:
        assert session.scalars(select(Broadcast)).all() == []


def test_a_text_that_is_too_long_is_asked_for_shorter(staff: Phone, officer: Phone) -> None:
    assert "กรุณาพิมพ์ใหม่ไม่เกิน 1,000 ตัวอักษร" in written(staff, words="ก" * 1500)


def test_nobody_there_is_said_at_once(staff: Phone) -> None:
    staff.say("ประกาศ")
    assert "ยังไม่มีผู้รับใน LINE สำหรับผู้นำชุมชน" in staff.say("ผู้นำชุมชน")


def test_more_than_five_hundred_are_reached_in_several_requests(town: Town, staff: Phone) -> None:
    town.line.quota_left = Quota(None, 0)
    for number in range(503):
        town.person(f"ผู้นำ {number}", "leader", "42070605")
    assert "เดือนนี้ส่งได้ไม่จำกัด" in written(staff, "ผู้นำชุมชน")
    staff.say("ยืนยัน")
    heard(town)
    assert sorted(len(body["to"]) for body, _key in town.line.pushes) == [3, 500]


def test_without_quota_the_words_are_given_to_copy(town: Town, staff: Phone, officer: Phone) -> None:
    town.line.quota_left = Quota(300, 300)
    shown = written(staff)
    assert "โควตาข้อความเดือนนี้หมดแล้ว" in shown
    assert staff.heard[-1] == {"type": "text", "text": f"ประกาศจากพัฒนาชุมชนจังหวัดเลย\n{WORDS}"}
    staff.say("ยืนยัน")
    assert heard(town) == []


def test_a_district_that_is_none_leads_to_the_choice(staff: Phone, officer: Phone) -> None:
    assert "ส่งประกาศถึงใคร" in staff.say("ประกาศ ขอนแก่น")


def test_an_hour_later_the_words_are_shown_anew_and_go_out(town: Town, staff: Phone, officer: Phone) -> None:
    written(staff)
    town.clock.civil += dt.timedelta(minutes=61)
    assert "ข้อมูลเปลี่ยนไป" in staff.say("ยืนยัน")
    assert "กำลังส่งถึง 1 คน" in staff.say("ยืนยัน")
