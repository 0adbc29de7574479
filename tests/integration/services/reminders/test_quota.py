"""What is left out when the month's messages run short, in which order, and who learns of it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.campaign import Campaign
from models.obligation import Reminder
from services.ports import Quota
from services.reminders.dropped import dropped
from tests.integration.services.reminders.test_reminders import DAY_BEFORE, DUE_DAY, OPENING, at, heard, move, who
from tests.integration.services.towns import QUOTA_GONE, rows
from tests.support.chat import Phone, Town

DISTRICTS = [f"42{number:02d}" for number in range(1, 15)]


@pytest.fixture
def officers(town: Town) -> list[Phone]:
    return [town.person(f"officer {code}", "officer", code) for code in DISTRICTS]


def left(town: Town, messages: int) -> None:
    town.line.quota_left = Quota(300, 300 - messages)


def listed(town: Town, month: str = "2021-06") -> list[tuple[str, int, str]]:
    with town.runtime.sessions() as session:
        found = dropped(session, session.scalars(select(Campaign)).one(), month)
    return [(each.entry, each.round_number, each.area_code) for each in found]


def test_an_opening_gives_way_to_what_is_still_to_come(town: Town, officers: list[Phone]) -> None:
    """To come at worst: day before, due day and overdue of three rounds, 14 each: 126."""
    left(town, 126)
    move(town, OPENING)
    assert heard(town) == []
    assert listed(town) == [("opening", 1, code) for code in DISTRICTS]
    assert {row.dropped for row in rows(town, select(Reminder))} == {"quota"}


def test_as_many_as_there_is_room_for_are_sent(town: Town, officers: list[Phone]) -> None:
    left(town, 130)
    move(town, OPENING)
    assert who(town) == [phone.user_id for phone in officers[:4]]
    assert [code for _entry, _round, code in listed(town)] == DISTRICTS[4:]


def test_what_was_dropped_is_not_sent_later(town: Town, officers: list[Phone]) -> None:
    left(town, 0)
    move(town, OPENING)
    left(town, 300)
    town.clock.pass_seconds(3600)
    move(town, at(8, 10))
    assert heard(town) == []


def test_the_due_day_goes_out_to_the_last_message(town: Town, officers: list[Phone]) -> None:
    left(town, 14 * 3)
    move(town, DAY_BEFORE)
    assert heard(town) == []
    move(town, DUE_DAY)
    assert set(who(town)) == {phone.user_id for phone in officers}


def test_when_not_even_that_is_enough_officers_come_before_deputies(town: Town, officers: list[Phone]) -> None:
    deputy = town.person("สมชาย", "deputy", DISTRICTS[0])
    left(town, 14)
    move(town, DUE_DAY)
    assert who(town) == [phone.user_id for phone in officers]
    assert deputy.user_id not in who(town)


def test_staff_learn_at_their_next_contact_who_was_left_out(town: Town, officers: list[Phone]) -> None:
    staff = town.person("มาลี", "staff", "42")
    left(town, 0)
    move(town, OPENING)
    words = staff.say("เมนู")
    assert "คำเตือนครั้งที่ 1 ไม่ได้ส่งถึง 14 อำเภอ" in words
    assert "ภูเรือ" in words
    assert "คำเตือนครั้งที่ 1 ไม่ได้ส่ง" not in staff.say("เมนู"), "said once"


def test_the_summary_names_who_was_left_out(town: Town, officers: list[Phone]) -> None:
    staff = town.person("มาลี", "staff", "42")
    left(town, 0)
    move(town, DUE_DAY)
    left(town, 300)
    town.clock.pass_seconds(3600)
    move(town, at(11, 16))
    assert "ไม่ได้เตือนเพราะโควตาข้อความไม่พอ 14" in dict(heard(town))[staff.user_id]


def test_what_line_refuses_for_the_quota_is_listed_as_well(town: Town, officers: list[Phone]) -> None:
    town.line.quota_left = None
    town.line.results.extend([QUOTA_GONE] * 14)
    move(town, OPENING)
    assert listed(town) == [("opening", 1, code) for code in DISTRICTS]


def test_another_months_list_is_another(town: Town, officers: list[Phone]) -> None:
    left(town, 0)
    move(town, OPENING)
    assert listed(town, "2021-07") == []
