"""Provincial staff remind those who owe: three messages, the cost before, whoever reports in between gets nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import func, select, update

from models.broadcast import Broadcast
from models.campaign import Round
from models.chat import OutboxRequest
from models.obligation import Obligation, Reminder
from models.people import LineAccount
from services.calendar import BANGKOK
from services.ports import Quota
from tests.integration.conversation.reports import REVIEW, go_to, send
from tests.support.chat import Phone, Town
from tests.support.screen import screen

DUE_DAY = dt.datetime(2021, 6, 11, 13, 30, tzinfo=BANGKOK)
OTHERS = ("4203", "4204", "4206", "4208", "4209", "4210", "4211", "4212", "4213", "4214")


@pytest.fixture
def dan_sai(town: Town) -> Phone:
    return town.person("ด่าน ตัวอย่าง", "officer", "4205")


@pytest.fixture(autouse=True)
def _due_day(town: Town) -> None:
    town.clock.civil = DUE_DAY
    town.runtime.quota.refresh(1)


def settle(town: Town, *areas: str) -> None:
    with town.runtime.sessions() as session, session.begin():
        session.execute(update(Obligation).where(Obligation.area_code.in_(areas)).values(state="submitted"))


def heard(town: Town) -> list[str]:
    """Who has been written to, in the order of their ids."""
    town.work()
    bodies = [body for body, _key in town.line.pushes]
    return sorted(user for body in bodies for user in (body["to"] if isinstance(body["to"], list) else [body["to"]]))


def words_to(town: Town, phone: Phone) -> str:
    return "\n".join(screen(body["messages"]) for body, _key in town.line.pushes if phone.user_id in body["to"])


def test_three_messages_remind_everybody_who_owes(town: Town, staff: Phone, officer: Phone, dan_sai: Phone) -> None:
    settle(town, *OTHERS)
    shown = staff.say("ใครยังไม่ส่ง")
    assert "[เตือนทั้ง 4 อำเภอ]" in shown
    shown = staff.say("เตือน")
    assert "จะส่งถึง 2 คน ใน 2 อำเภอ ใช้ 2 ข้อความ" in shown
    assert "เดือนนี้เหลือ 300 จาก 300 ข้อความ" in shown
    assert "ผู้ที่ส่งรายงานก่อนเวลาส่งจริงจะไม่ได้รับ" in shown
    assert staff.labels() == ["ยืนยันส่ง", "ดูข้อความ", "ยกเลิก"]
    assert "กำลังส่งถึง 2 คน" in staff.say("ยืนยัน")
    assert staff.turns == 3
    assert heard(town) == sorted([officer.user_id, dan_sai.user_id])
    assert "รายงานครั้งที่ 1 อำเภอภูเรือ ยังไม่ได้ส่ง" in words_to(town, officer)
    assert "อำเภอภูเรือ" not in words_to(town, dan_sai)


def test_three_taps_do_the_same(town: Town, staff: Phone, officer: Phone) -> None:
    staff.say("ใครยังไม่ส่ง")
    staff.tap("เตือนทั้ง")
    staff.press("ยืนยันส่ง")
    assert heard(town) == [officer.user_id]


def test_a_half_finished_report_is_spoken_of_as_that(town: Town, staff: Phone, officer: Phone) -> None:
    go_to(officer, REVIEW)
    staff.say("เตือน")
    staff.say("ยืนยัน")
    heard(town)
    assert "กรอกค้างไว้" in words_to(town, officer)
    assert "[ทำต่อ]" in words_to(town, officer)


def test_who_reports_in_between_gets_nothing_and_the_result_says_so(
    town: Town, staff: Phone, officer: Phone, dan_sai: Phone
) -> None:
    go_to(officer, REVIEW)
    staff.say("เตือน")
    staff.say("ยืนยัน")
    (job,) = [item for item in town.queue.rung if item[0] == "send_broadcast"]
    town.runtime.work[job[0]](job[1])
    town.clock.civil += dt.timedelta(minutes=1)
    officer.press("ยืนยันส่ง")
    assert heard(town) == [dan_sai.user_id]
    result = staff.say("ผลการส่ง")
    assert "ส่งแล้ว 1 คน" in result
    assert "ไม่ส่ง 1 คน (อำเภอภูเรือเพิ่งรายงานเมื่อ 13.31 น.)" in result


def test_who_reports_before_the_worker_wrote_it_is_named_too(
    town: Town, staff: Phone, officer: Phone, dan_sai: Phone
) -> None:
    go_to(officer, REVIEW)
    staff.say("เตือน")
    staff.say("ยืนยัน")
    officer.press("ยืนยันส่ง")
    assert heard(town) == [dan_sai.user_id]
    assert "ไม่ต้องส่งถึงอำเภอภูเรือ (เพิ่งรายงานเมื่อ 13.30 น.)" in staff.say("ผลการส่ง")


def test_a_yes_said_twice_or_after_small_talk_sends_once(town: Town, staff: Phone, officer: Phone) -> None:
    staff.say("เตือน")
    staff.say("ขอบคุณ")
    staff.other("sticker")
    staff.say("ใครยังไม่ส่ง")
    staff.say("ยืนยัน")
    assert "ไม่ส่งซ้ำ" in staff.say("ยืนยัน")
    assert heard(town) == [officer.user_id]


def test_a_double_tap_sends_once(town: Town, staff: Phone, officer: Phone) -> None:
    staff.say("เตือน")
    button = next(action for action in staff.buttons() if action["label"] == "ยืนยันส่ง")
    staff.touch(button)
    assert "ไม่ส่งซ้ำ" in staff.touch(button)
    assert heard(town) == [officer.user_id]


def test_the_job_done_twice_writes_once(town: Town, staff: Phone, officer: Phone) -> None:
    staff.say("เตือน")
    staff.say("ยืนยัน")
    with town.runtime.sessions() as session:
        row = session.scalars(select(Broadcast)).one()
    assert town.runtime.broadcasts.carry_out(row.id)
    assert not town.runtime.broadcasts.carry_out(row.id)
    with town.runtime.sessions() as session:
        assert session.scalar(select(func.count(Reminder.id)).where(Reminder.entry == f"asked:{row.id}")) == 1
        purposes = session.scalars(select(OutboxRequest.purpose).where(OutboxRequest.broadcast_id == row.id)).all()
    assert purposes == ["reminder:asked"]


def test_only_the_districts_that_were_named_are_reminded(
    town: Town, staff: Phone, officer: Phone, dan_sai: Phone
) -> None:
    town.person("นา ตัวอย่าง", "officer", "4206")
    assert "2 คน ใน 2 อำเภอ" in staff.say("เตือน ภูเรือ ด่านซ้าย")
    staff.say("ยืนยัน")
    assert heard(town) == sorted([officer.user_id, dan_sai.user_id])


def test_who_was_reminded_within_the_hour_is_left_alone(
    town: Town, staff: Phone, officer: Phone, dan_sai: Phone
) -> None:
    staff.say("เตือน ภูเรือ")
    staff.say("ยืนยัน")
    assert heard(town) == [officer.user_id]
    shown = staff.say("เตือน")
    assert "จะส่งถึง 1 คน" in shown
    assert "เว้น 1 คนที่ได้รับคำเตือนภายใน 1 ชั่วโมงที่ผ่านมา" in shown
    assert "จึงไม่เตือนซ้ำ" in staff.say("เตือน ภูเรือ")


def test_a_district_that_has_reported_is_said_so(town: Town, staff: Phone, officer: Phone, dan_sai: Phone) -> None:
    send(officer)
    assert "ไม่ต้องเตือน: ภูเรือ" in staff.say("เตือน ภูเรือ")
    shown = staff.say("เตือน ภูเรือ ด่านซ้าย")
    assert "ไม่ต้องเตือน: ภูเรือ" in shown
    assert "1 คน ใน 1 อำเภอ" in shown


def test_an_unknown_district_is_asked_for_with_an_example(staff: Phone, officer: Phone) -> None:
    assert 'ไม่พบอำเภอ "ขอนแก่น"' in staff.say("เตือน ขอนแก่น")


def test_the_words_can_be_seen_before(staff: Phone, officer: Phone) -> None:
    staff.say("เตือน")
    shown = staff.say("ดูข้อความ")
    assert "วันนี้เป็นวันครบกำหนดรายงานครั้งที่ 1 อำเภอภูเรือ ยังไม่ได้ส่ง" in shown
    assert "เริ่มรายงาน" not in staff.labels()
    assert "กำลังส่ง" in staff.say("ยืนยัน")


def test_what_was_cancelled_is_not_sent(town: Town, staff: Phone, officer: Phone) -> None:
    staff.say("เตือน")
    button = next(action for action in staff.buttons() if action["label"] == "ยืนยันส่ง")
    assert "ไม่มีข้อความใดถูกส่ง" in staff.say("ยกเลิก")
    assert "ยกเลิกไปแล้ว" in staff.touch(button)
    assert heard(town) == []


def test_an_hour_later_the_cost_is_shown_anew(town: Town, staff: Phone, officer: Phone) -> None:
    staff.say("เตือน")
    town.clock.civil += dt.timedelta(minutes=61)
    shown = staff.say("ยืนยัน")
    assert "ข้อมูลเปลี่ยนไป" in shown
    assert "จะส่งถึง 1 คน" in shown
    assert "กำลังส่ง" in staff.say("ยืนยัน")
    assert heard(town) == [officer.user_id]


def test_at_night_it_is_asked_about_once(town: Town, staff: Phone, officer: Phone) -> None:
    town.clock.civil = DUE_DAY.replace(hour=21)
    staff.say("เตือน")
    assert "เป็นเวลาพักผ่อนของผู้รับ" in staff.say("ยืนยัน")
    assert "กำลังส่ง" in staff.say("ยืนยัน")
    assert heard(town) == [officer.user_id]


def test_without_quota_the_words_for_the_group_are_given(town: Town, staff: Phone, officer: Phone) -> None:
    settle(town, *OTHERS)
    town.line.quota_left = Quota(300, 300)
    town.clock.pass_seconds(120)
    town.runtime.quota.refresh(1)
    shown = staff.say("เตือน")
    assert "โควตาข้อความเดือนนี้หมดแล้ว" in shown
    assert "(กดค้างที่ข้อความถัดไปเพื่อคัดลอก)" in shown
    assert staff.heard[-1]["type"] == "text"
    assert "ภูเรือ" in staff.heard[-1]["text"]
    assert "ภายในวันนี้" in staff.heard[-1]["text"]
    assert "กำลังส่ง" not in staff.say("ยืนยัน")
    assert heard(town) == []


def test_the_result_is_told_at_the_next_contact_once(town: Town, staff: Phone, officer: Phone) -> None:
    staff.say("เตือน")
    staff.say("ยืนยัน")
    heard(town)
    town.runtime.broadcasts.tick()
    town.runtime.broadcasts.tick()
    assert "ผลการเตือน: ส่งแล้ว 1 คน" in staff.say("เมนู")
    assert "ผลการเตือน" not in staff.say("เมนู")


def test_a_result_that_was_asked_for_is_not_told_again(town: Town, staff: Phone, officer: Phone) -> None:
    staff.say("เตือน")
    staff.say("ยืนยัน")
    heard(town)
    staff.say("ผลการส่ง")
    town.runtime.broadcasts.tick()
    assert "ผลการเตือน" not in staff.say("เมนู")


def test_who_has_blocked_the_account_is_counted(town: Town, staff: Phone, officer: Phone, dan_sai: Phone) -> None:
    staff.say("เตือน")
    staff.say("ยืนยัน")
    (job,) = [item for item in town.queue.rung if item[0] == "send_broadcast"]
    town.runtime.work[job[0]](job[1])
    with town.runtime.sessions() as session, session.begin():
        session.execute(update(LineAccount).where(LineAccount.line_user_id == officer.user_id).values(following=False))
    assert heard(town) == [dan_sai.user_id]
    assert "ไม่ส่ง 1 คน (ผู้รับบล็อกหรือเลิกเป็นเพื่อน)" in staff.say("ผลการส่ง")


def test_an_officer_may_not(town: Town, officer: Phone) -> None:
    for words in ("เตือน", "ประกาศ", "โควตา", "ผลการส่ง", "ประกาศที่ตั้งเวลา", "ข้อความสำหรับกลุ่ม", "เตือน ภูเรือ"):
        assert "เป็นหน้าที่ของเจ้าหน้าที่จังหวัด" in officer.say(words)
    assert heard(town) == []


def test_only_the_latest_round_is_reminded(staff: Phone, officer: Phone) -> None:
    assert "จะส่งถึง 1 คน" in staff.say("เตือนครั้งที่ 1")
    assert "เตือนได้เฉพาะครั้งล่าสุด คือครั้งที่ 1" in staff.say("เตือนครั้งที่ 2")
    assert "เป็นหน้าที่ของเจ้าหน้าที่จังหวัด" in officer.say("เตือนครั้งที่ 1")


def test_nobody_is_reminded_of_a_round_that_is_closed(town: Town, staff: Phone, officer: Phone) -> None:
    staff.say("เตือน")
    with town.runtime.sessions() as session, session.begin():
        session.execute(update(Round).where(Round.number == 1, Round.duty == "").values(closes_at=town.clock.now()))
    staff.say("ยืนยันส่ง")
    assert officer.user_id not in heard(town)
    assert "เปิดรับครั้งที่ 1" in staff.say("เตือน")
