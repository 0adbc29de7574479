"""Handing a round over to a colleague: by button, by name, undone; and what the reminders make of it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from models.obligation import Obligation
from models.people import LineAccount, Membership
from services.calendar import BANGKOK
from tests.integration.conversation.reports import send
from tests.integration.services.towns import one, rows
from tests.support.chat import Phone, Town
from tests.support.screen import screen


def reminded(town: Town, day: int, hour: int, minute: int = 0) -> list[str]:
    """Who is reminded when the clock comes there."""
    town.work()
    before = len(town.line.pushes)
    town.clock.civil = dt.datetime(2021, 6, day, hour, minute, tzinfo=BANGKOK)
    for row in town.runtime.reminders.plan():
        town.queue.ring("send_outbox", row)
    town.work()
    return [str(body["to"]) for body, _key in town.line.pushes[before:]]


def pushed(town: Town, phone: Phone) -> str:
    """The last that the phone was pushed."""
    town.work()
    bodies = [body for body, _key in town.line.pushes if body["to"] == phone.user_id]
    return screen(bodies[-1]["messages"]) if bodies else ""


def test_the_menu_offers_it_and_a_tap_on_a_name_hands_over(town: Town, officer: Phone, deputy: Phone) -> None:
    deputy.say("เมนู")
    officer.say("เมนู")
    shown = officer.press("มอบหมายผู้แทน")
    assert "มอบหมายรายงานครั้งที่ 1 ของอำเภอภูเรือ ให้ใคร" in shown
    assert officer.labels() == ["วิชัย ตัวอย่าง (ผู้แทนรายงาน)"]
    told = officer.press("วิชัย ตัวอย่าง (ผู้แทนรายงาน)")
    assert "มอบหมายรายงานครั้งที่ 1 ให้ วิชัย ตัวอย่าง แล้ว" in told
    assert "สมใจ ตัวอย่าง มอบหมายรายงานครั้งที่ 1 ของอำเภอภูเรือ ให้ท่าน" in pushed(town, deputy)
    assert "ครั้งที่ 1 มอบหมายให้ วิชัย ตัวอย่าง" in officer.say("ของฉันค้างอะไร")


def test_reminders_of_the_round_go_to_the_new_owner_alone(town: Town, officer: Phone, deputy: Phone) -> None:
    officer.say("มอบหมายผู้แทน")
    officer.say("วิชัย")
    assert reminded(town, 10, 9) == [deputy.user_id]
    assert reminded(town, 11, 13, 30) == [deputy.user_id]
    assert reminded(town, 14, 9) == [deputy.user_id]
    assert reminded(town, 15, 9) == [officer.user_id], "round 2 is the officer's again"


def test_handing_over_is_undone(town: Town, officer: Phone, deputy: Phone) -> None:
    officer.say("มอบหมาย")
    officer.tap("วิชัย")
    undo = officer.buttons()
    assert "ยกเลิกการมอบหมายแล้ว" in officer.press("ยกเลิกการมอบหมาย")
    assert "สมใจ ตัวอย่าง เปลี่ยนการมอบหมายรายงานครั้งที่ 1" in pushed(town, deputy)
    assert "ไม่ได้มอบหมายให้ใครไว้" in officer.touch(undo[0])
    assert reminded(town, 10, 9) == [officer.user_id]


def test_the_new_owner_may_give_it_back_and_the_officer_hears_of_it(town: Town, officer: Phone, deputy: Phone) -> None:
    officer.say("มอบหมาย")
    officer.tap("วิชัย")
    shown = deputy.say("มอบหมาย")
    assert "ขณะนี้มอบหมายไว้ให้ วิชัย ตัวอย่าง" in shown
    deputy.press("ยกเลิกการมอบหมาย")
    assert "วิชัย ตัวอย่าง เปลี่ยนการมอบหมายรายงานครั้งที่ 1" in pushed(town, officer)


def test_a_round_goes_on_to_a_third_person(town: Town, officer: Phone, deputy: Phone) -> None:
    third = town.person("อรุณ ตัวอย่าง", "deputy", "4207")
    officer.say("มอบหมาย")
    officer.tap("วิชัย")
    officer.say("มอบหมาย")
    assert officer.labels() == ["อรุณ ตัวอย่าง (ผู้แทนรายงาน)", "ยกเลิกการมอบหมาย"]
    officer.say("อรุณ")
    assert "ให้ท่าน" in pushed(town, third)
    assert "เปลี่ยนการมอบหมาย" in pushed(town, deputy)
    assert reminded(town, 10, 9) == [third.user_id]


def test_whoever_left_or_cannot_be_reached_gets_no_reminder_in_the_officers_place(
    town: Town, officer: Phone, deputy: Phone
) -> None:
    officer.say("มอบหมาย")
    officer.tap("วิชัย")
    with town.runtime.sessions() as session, session.begin():
        row = session.scalars(select(Membership).where(Membership.role == "deputy")).one()
        row.ended_at = town.clock.now()
    assert reminded(town, 10, 9) == [officer.user_id]
    with town.runtime.sessions() as session, session.begin():
        session.scalars(select(Membership).where(Membership.role == "deputy")).one().ended_at = None
        session.scalars(select(LineAccount).where(LineAccount.line_user_id == deputy.user_id)).one().following = False
    assert reminded(town, 11, 13, 30) == [officer.user_id]


def test_of_several_rounds_it_is_asked_which(town: Town, officer: Phone, deputy: Phone) -> None:
    town.clock.civil = dt.datetime(2021, 6, 15, 9, 5, tzinfo=BANGKOK)
    assert "ต้องการมอบหมายรายงานครั้งใด" in officer.say("มอบหมายผู้แทน")
    assert officer.labels() == ["ครั้งที่ 1", "ครั้งที่ 2"]
    assert "มอบหมายรายงานครั้งที่ 2" in officer.say("ครั้งที่ 2")
    officer.say("วิชัย ตัวอย่าง")
    assert [row.round_id for row in rows(town, select(Obligation).where(Obligation.assigned_to.is_not(None)))] == [2]
    officer.say("มอบหมายผู้แทน")
    assert "มอบหมายรายงานครั้งที่ 1" in officer.press("ครั้งที่ 1")


def test_alone_in_the_district_it_says_how_a_colleague_joins(officer: Phone) -> None:
    assert "ยังไม่มีผู้อื่นที่เข้าร่วมระบบ" in officer.say("มอบหมายผู้แทน")


def test_what_has_been_sent_is_not_handed_over(town: Town, officer: Phone, deputy: Phone) -> None:
    officer.say("มอบหมาย")
    old = officer.buttons()
    send(officer)
    assert "ไม่มีรายงานที่มอบหมายได้" in officer.touch(old[0])
    assert "ไม่มีรายงานที่มอบหมายได้" in officer.say("มอบหมาย")
    assert one(town, select(Obligation.id).where(Obligation.state == "submitted"))


def test_what_is_no_name_is_not_taken_for_one(officer: Phone, deputy: Phone) -> None:
    officer.say("มอบหมาย")
    assert "มอบหมายรายงานครั้งที่ 1 ให้" not in officer.say("ใครก็ได้")
    assert "รายงานครั้งที่ 1" in officer.say("รายงาน")
