from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import event, select, update
from sqlalchemy.exc import OperationalError

from models.campaign import Campaign, Form, Round
from models.obligation import Draft, Obligation, Reminder
from models.people import Membership
from services.calendar import BANGKOK
from tests.integration.services.sending.test_sender import later
from tests.integration.services.towns import answer_all, one, report, rows, states
from tests.support.chat import Phone, Town
from tests.support.screen import screen

PHU_RUEA, MUEANG = "4207", "4201"


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2021, 6, day, hour, minute, tzinfo=BANGKOK)


OPENING, DAY_BEFORE, DUE_DAY, OVERDUE = at(8, 9), at(10, 9), at(11, 13, 30), at(14, 9)


@pytest.fixture
def officer(town: Town) -> Phone:
    return town.person("สมศรี ใจดี", "officer", PHU_RUEA)


@pytest.fixture
def deputy(town: Town) -> Phone:
    return town.person("สมชาย ใจงาม", "deputy", PHU_RUEA)


def move(town: Town, instant: dt.datetime) -> None:
    """The clock goes on to `instant`; its process ticks there, and the workers do what it rings for."""
    town.clock.civil = instant
    for row in town.runtime.reminders.plan():
        town.queue.ring("send_outbox", row)
    town.work()


def heard(town: Town) -> list[tuple[str, str]]:
    """(who, what) of all pushes, in order."""
    return [
        (user, screen(body["messages"]))
        for body, _key in town.line.pushes
        for user in (body["to"] if isinstance(body["to"], list) else [body["to"]])
    ]


def who(town: Town) -> list[str]:
    return [user for user, _words in heard(town)]


def test_the_officer_is_told_when_a_round_opens_and_can_begin_from_there(town: Town, officer: Phone) -> None:
    move(town, OPENING - dt.timedelta(seconds=1))
    assert heard(town) == []
    move(town, OPENING)
    ((user, words),) = heard(town)
    assert user == officer.user_id
    assert "ครั้งที่ 1" in words
    assert "[เริ่มรายงาน]" in words
    officer.heard = town.line.pushes[0][0]["messages"]
    assert "รายงานครั้งที่ 1 · อำเภอภูเรือ" in officer.tap("เริ่มรายงาน")


def test_nobody_hears_the_same_reminder_twice(town: Town, officer: Phone) -> None:
    for minute in (0, 1, 59):
        move(town, OPENING + dt.timedelta(minutes=minute))
    assert len(heard(town)) == 1


def test_two_clocks_at_once_remind_once(either_town: Town) -> None:
    town = either_town
    people = [town.person("ก", "officer", f"42{number:02d}") for number in range(1, 6)]
    town.clock.civil = OPENING
    barrier = threading.Barrier(3)

    def tick() -> list[int]:
        barrier.wait(timeout=60)
        return town.runtime.reminders.plan()

    with ThreadPoolExecutor(3) as pool:
        planned = [done.result(timeout=60) for done in [pool.submit(tick) for _ in range(3)]]
    assert sorted(row for each in planned for row in each) == sorted(
        row.outbox_id or 0 for row in rows(town, select(Reminder))
    )
    later(town, 1)
    assert sorted(who(town)) == sorted(phone.user_id for phone in people)


def test_who_has_reported_hears_nothing(town: Town, officer: Phone) -> None:
    report(officer)
    for instant in (OPENING, DAY_BEFORE, DUE_DAY, OVERDUE):
        move(town, instant)
    assert heard(town) == []


def test_who_reports_between_planning_and_sending_hears_nothing(town: Town, officer: Phone) -> None:
    answer_all(officer)
    town.clock.civil = DUE_DAY
    (row,) = town.runtime.reminders.plan()
    officer.tap("ยืนยันส่ง")
    town.runtime.send_outbox(row)
    assert heard(town) == []
    assert ("push", "withdrawn") in states(town)


def test_after_a_jump_only_the_newest_reminder_of_the_day_is_sent(town: Town, officer: Phone) -> None:
    move(town, at(11, 19, 59))
    ((_user, words),) = heard(town)
    assert "วันนี้เป็นวันครบกำหนด" in words


def test_a_jump_over_everything_says_nothing_about_days_gone_by(town: Town, officer: Phone) -> None:
    move(town, at(12, 10))
    assert heard(town) == []
    assert rows(town, select(Reminder)) == []


def test_a_service_that_was_away_in_the_morning_catches_up_in_the_afternoon(town: Town, officer: Phone) -> None:
    move(town, DAY_BEFORE + dt.timedelta(hours=6))
    assert len(heard(town)) == 1


def test_deputies_and_heads_hear_only_when_it_gets_late(town: Town, officer: Phone, deputy: Phone) -> None:
    head = town.person("หัวหน้า", "head", PHU_RUEA)
    for instant in (OPENING, DAY_BEFORE):
        move(town, instant)
    assert set(who(town)) == {officer.user_id}
    move(town, DUE_DAY)
    assert set(who(town)[2:]) == {officer.user_id, deputy.user_id}
    move(town, OVERDUE)
    assert set(who(town)[4:]) == {officer.user_id, head.user_id}


def test_one_person_with_two_roles_hears_once(town: Town, officer: Phone) -> None:
    with town.runtime.sessions() as session, session.begin():
        held = session.scalars(select(Membership)).one()
        session.add(Membership(person_id=held.person_id, role="head", area_code=PHU_RUEA, since=town.clock.now()))
    move(town, OVERDUE)
    assert len(heard(town)) == 1


def test_a_half_finished_report_is_reminded_of_with_what_is_left(town: Town, officer: Phone) -> None:
    officer.say("รายงาน")
    officer.tap("อยู่ระหว่างการจัดทำรายงาน")
    move(town, DAY_BEFORE)
    ((_user, words),) = heard(town)
    assert "9" in words
    assert "[ทำต่อ]" in words


def test_staff_get_one_summary_on_the_due_day(town: Town, officer: Phone) -> None:
    staff = town.person("มาลี", "staff", "42")
    report(officer)
    move(town, at(11, 16))
    move(town, at(11, 16, 1))
    ((user, words),) = heard(town)
    assert user == staff.user_id
    assert "1" in words
    assert "[ใครยังไม่ส่ง]" in words


def test_what_the_province_owes_is_never_chased(town: Town) -> None:
    town.person("มาลี", "staff", "42")
    for instant in (OPENING, DAY_BEFORE, DUE_DAY, OVERDUE):
        move(town, instant)
    assert heard(town) == []


def test_the_contractors_duties_are_never_reminded_of(town: Town, officer: Phone) -> None:
    settings = one(town, select(Campaign)).settings
    assert settings["duties"]
    assert "duties" not in str(settings["reminders"])
    move(town, at(7, 12))
    assert heard(town) == []


def test_who_blocked_the_account_is_not_reminded_until_they_return(town: Town, officer: Phone) -> None:
    officer.send({"type": "unfollow"})
    move(town, OPENING)
    assert heard(town) == []
    officer.send({"type": "follow", "follow": {"isUnblocked": True}})
    move(town, OPENING + dt.timedelta(hours=1))
    assert len(heard(town)) == 1


def test_a_closed_round_is_over(town: Town, officer: Phone) -> None:
    with town.runtime.sessions() as session, session.begin():
        session.execute(update(Round).values(closes_at=DUE_DAY))
    move(town, DUE_DAY)
    assert heard(town) == []


def test_a_reminder_that_could_not_be_sent_on_its_day_is_not_sent_on_another(town: Town, officer: Phone) -> None:
    """It speaks of today and tomorrow."""
    town.clock.civil = DUE_DAY
    (row,) = town.runtime.reminders.plan()
    town.clock.civil = at(12, 0, 1)
    town.runtime.send_outbox(row)
    assert heard(town) == []
    assert states(town) == [("push", "withdrawn")]


def test_two_entries_for_different_people_at_the_same_time_are_both_sent(
    town: Town, officer: Phone, deputy: Phone
) -> None:
    change_plan(town, {"key": "deputies", "to": ["deputy"], "when": {"working_days": -3, "at": "09:00"}})
    move(town, OPENING)
    assert set(who(town)) == {officer.user_id, deputy.user_id}


def test_an_entry_for_others_later_in_the_day_does_not_hide_the_morning(
    town: Town, officer: Phone, deputy: Phone
) -> None:
    change_plan(town, {"key": "deputies", "to": ["deputy"], "when": {"working_days": -3, "at": "15:00"}})
    move(town, at(8, 16))
    assert set(who(town)) == {officer.user_id, deputy.user_id}


def change_plan(town: Town, more: dict[str, Any]) -> None:
    """One entry more, worded like the opening."""
    with town.runtime.sessions() as session, session.begin():
        campaign = session.scalars(select(Campaign)).one()
        opening = campaign.settings["reminders"][0]
        campaign.settings = {**campaign.settings, "reminders": [*campaign.settings["reminders"], {**opening, **more}]}


def test_one_district_whose_draft_cannot_be_read_does_not_silence_the_others(town: Town, officer: Phone) -> None:
    other = town.person("เมือง", "officer", MUEANG)
    other.say("รายงาน")
    with town.runtime.sessions() as session, session.begin():
        session.execute(update(Draft).values(answers={"broken": True}))
    move(town, DAY_BEFORE)
    assert who(town) == [officer.user_id]


def test_once_everybody_has_heard_the_plan_only_reads(town: Town, officer: Phone) -> None:
    move(town, OPENING)
    statements: list[str] = []
    event.listen(town.runtime.engine, "before_cursor_execute", lambda *arguments: statements.append(arguments[2]))
    assert town.runtime.reminders.plan() == []
    assert statements
    assert {statement.split()[0] for statement in statements} <= {"SELECT", "BEGIN"}
    assert "BEGIN IMMEDIATE" not in statements


def test_later_rounds_open_in_fewer_words(town: Town, officer: Phone) -> None:
    report(officer)
    move(town, at(15, 9))
    ((_user, words),) = heard(town)
    assert "ครั้งที่ 2" in words


def test_an_entry_for_everybody_also_goes_to_who_has_reported(town: Town, officer: Phone) -> None:
    change_plan(town, {"key": "all", "only_if_owed": False, "when": {"working_days": -2, "at": "09:00"}})
    report(officer)
    move(town, at(9, 9))
    assert who(town) == [officer.user_id]


def test_a_database_that_is_away_is_not_taken_for_a_broken_draft(
    town: Town, officer: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OperationalError("", {}, Exception())

    monkeypatch.setattr("services.reminders.decision.insert_or_ignore", away)
    town.clock.civil = OPENING
    with pytest.raises(OperationalError):
        town.runtime.reminders.plan()
    monkeypatch.undo()
    move(town, OPENING)
    assert who(town) == [officer.user_id]


def test_the_language_is_the_persons_own(town: Town) -> None:
    town.person("Anna", "officer", MUEANG, language="en")
    move(town, OPENING)
    ((_user, words),) = heard(town)
    assert "[Start the report]" in words


def test_every_obligation_of_a_round_exists_before_anybody_reports(town: Town) -> None:
    of_the_rounds = select(Obligation).join(Round).join(Form).where(Round.duty == "", Form.unit != "village")
    assert len(rows(town, of_the_rounds)) == 14 * 3 + 3
