"""Coming back after a stop: what is still true is said once, at an allowed time; the rest is not made up for."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from models.obligation import Reminder
from tests.integration.services.reminders.test_reminders import (
    DAY_BEFORE,
    DUE_DAY,
    OPENING,
    OVERDUE,
    PHU_RUEA,
    at,
    heard,
    move,
    who,
)
from tests.integration.services.towns import UNCLEAR, rows
from tests.support.chat import Phone, Town


@pytest.fixture
def officer(town: Town) -> Phone:
    return town.person("สมศรี ใจดี", "officer", PHU_RUEA)


def test_an_opening_missed_for_a_day_is_sent_the_next_morning_once(town: Town, officer: Phone) -> None:
    for instant in (at(8, 21), at(9, 6, 30)):
        move(town, instant)
    assert heard(town) == [], "in quiet hours nobody is written to"
    for instant in (at(9, 7, 1), at(9, 7, 2), at(9, 12)):
        move(town, instant)
    ((user, words),) = heard(town)
    assert user == officer.user_id
    assert "กำหนดส่งภายใน ศุกร์ที่ 11 มิ.ย. 64" in words
    (row,) = rows(town, select(Reminder))
    assert row.planned_for == OPENING


@pytest.mark.parametrize("planned", [OPENING, DAY_BEFORE, DUE_DAY, OVERDUE])
def test_an_hour_of_downtime_costs_an_hour(town: Town, officer: Phone, planned: dt.datetime) -> None:
    move(town, planned + dt.timedelta(hours=1))
    assert who(town) == [officer.user_id]


def test_the_word_to_the_late_waits_over_the_weekend_and_says_what_is_true_then(town: Town, officer: Phone) -> None:
    move(town, at(15, 8))
    ((_user, words),) = heard(town)
    assert "ยังไม่ได้รับรายงานครั้งที่ 1" in words
    assert "12.00" not in words, "the hour of compiling has gone by"
    assert "ส่งโดยเร็ว" in words


def test_after_noon_the_word_to_the_late_promises_no_compiling_at_noon(town: Town, officer: Phone) -> None:
    move(town, at(14, 13))
    ((_user, words),) = heard(town)
    assert "12.00" not in words


def test_on_a_saturday_nobody_is_written_to(town: Town, officer: Phone) -> None:
    for hour in (9, 13, 16):
        move(town, at(12, hour))
    assert heard(town) == []


def test_who_was_told_on_the_day_is_not_told_again_through_a_colleague(town: Town, officer: Phone) -> None:
    move(town, OPENING)
    officer.unfollow()
    town.person("สมชาย", "deputy", PHU_RUEA)
    move(town, at(9, 10))
    assert who(town) == [officer.user_id]


def test_a_clock_that_jumps_over_weeks_says_one_thing_a_round(town: Town, officer: Phone) -> None:
    move(town, at(22, 10))
    words = [said for _user, said in heard(town)]
    assert len(words) == 3
    assert "ยังไม่ได้รับรายงานครั้งที่ 1" in words[0]
    assert "ยังไม่ได้รับรายงานครั้งที่ 2" in words[1]
    assert "รายงานครั้งที่ 3" in words[2]


def test_a_word_made_up_for_is_sent_on_the_day_it_is_written(town: Town, officer: Phone) -> None:
    town.clock.civil = at(9, 10)
    (row,) = town.runtime.reminders.plan()
    town.runtime.send_outbox(row)
    assert who(town) == [officer.user_id]


def test_when_line_could_not_be_reached_for_a_day_the_opening_is_made_up_for_once(
    either_town: Town,
) -> None:
    town = either_town
    officer = town.person("สมศรี ใจดี", "officer", PHU_RUEA)
    town.clock.civil = OPENING
    (never_sent,) = town.runtime.reminders.plan()
    town.clock.civil = at(9, 0, 1)
    town.runtime.send_outbox(never_sent)
    assert heard(town) == [], "its day is over"
    for minute in (0, 1):
        move(town, at(9, 8, minute))
    assert who(town) == [officer.user_id]
    (row,) = rows(town, select(Reminder))
    assert (row.planned_for, row.created_at) == (OPENING, at(9, 8))


def test_due_tomorrow_is_not_made_up_for_when_line_could_not_be_reached(town: Town, officer: Phone) -> None:
    town.clock.civil = DAY_BEFORE
    (never_sent,) = town.runtime.reminders.plan()
    town.clock.civil = at(11, 8)
    town.runtime.send_outbox(never_sent)
    move(town, at(11, 9))
    assert heard(town) == []


def test_a_word_whose_try_may_have_arrived_is_not_said_again_on_another_day(town: Town, officer: Phone) -> None:
    town.clock.civil = OPENING
    (unclear,) = town.runtime.reminders.plan()
    town.line.results.append(UNCLEAR)
    town.runtime.send_outbox(unclear)
    assert len(heard(town)) == 1
    town.clock.pass_seconds(3600)
    town.clock.civil = at(9, 0, 1)
    town.runtime.send_outbox(unclear)
    move(town, at(9, 8))
    assert len(heard(town)) == 1


def test_what_line_could_not_be_given_before_the_quiet_hours_waits_for_the_morning(town: Town, officer: Phone) -> None:
    town.clock.civil = at(8, 19, 59)
    (late,) = town.runtime.reminders.plan()
    town.clock.civil = at(8, 20)
    town.runtime.send_outbox(late)
    assert heard(town) == []
    town.clock.pass_seconds(3600)
    move(town, at(9, 6, 59))
    town.runtime.send_outbox(late)
    assert heard(town) == []
    move(town, at(9, 7))
    assert who(town) == [officer.user_id]
