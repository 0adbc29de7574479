"""To whom a reminder falls when nobody of its role can be reached, who hears the same words, and what the province is
told of it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, update

from models.chat import Notice, OutboxRequest
from models.people import LineAccount, Membership
from tests.integration.services.reminders.test_reminders import (
    DAY_BEFORE,
    DUE_DAY,
    OPENING,
    PHU_RUEA,
    at,
    heard,
    move,
    who,
)
from tests.integration.services.towns import report, rows
from tests.support.chat import Phone, Town

SUMMARY = at(11, 16)


@pytest.fixture
def officer(town: Town) -> Phone:
    return town.person("สมศรี ใจดี", "officer", PHU_RUEA)


@pytest.fixture
def deputy(town: Town) -> Phone:
    return town.person("สมชาย ใจงาม", "deputy", PHU_RUEA)


@pytest.fixture
def head(town: Town) -> Phone:
    return town.person("สมศักดิ์ ตัวอย่าง", "head", PHU_RUEA)


def leaves(town: Town, phone: Phone) -> None:
    """They hold no role any more."""
    with town.runtime.sessions() as session, session.begin():
        person = select(LineAccount.person_id).where(LineAccount.line_user_id == phone.user_id).scalar_subquery()
        session.execute(update(Membership).where(Membership.person_id == person).values(ended_at=town.clock.now()))


def requests(town: Town) -> list[Any]:
    """Recipients of each request, as LINE was asked."""
    return [body["to"] for body, _key in town.line.pushes]


def test_without_an_officer_the_deputy_is_told_without_both_the_head(town: Town, deputy: Phone, head: Phone) -> None:
    move(town, OPENING)
    assert who(town) == [deputy.user_id]
    leaves(town, deputy)
    move(town, DAY_BEFORE)
    assert who(town) == [deputy.user_id, head.user_id]


def test_an_officer_who_has_blocked_the_account_or_left_is_stood_in_for(
    town: Town, officer: Phone, deputy: Phone, head: Phone
) -> None:
    officer.unfollow()
    move(town, OPENING)
    assert who(town) == [deputy.user_id]
    officer.send({"type": "follow", "follow": {"isUnblocked": True}})
    leaves(town, officer)
    move(town, DAY_BEFORE)
    assert who(town) == [deputy.user_id, deputy.user_id]


def test_as_long_as_the_officer_can_be_reached_nobody_stands_in(town: Town, officer: Phone, deputy: Phone) -> None:
    move(town, OPENING)
    assert who(town) == [officer.user_id]


def test_the_province_learns_for_free_and_once_which_districts_nobody_can_be_reached_in(
    town: Town, officer: Phone
) -> None:
    staff = town.person("มาลี", "staff", "42")
    for instant in (OPENING, OPENING.replace(minute=1), DAY_BEFORE):
        move(town, instant)
    assert who(town) == [officer.user_id, officer.user_id]
    assert len(rows(town, select(Notice))) == 1
    words = staff.say("เมนู")
    assert "ไปไม่ถึง 13 อำเภอ" in words
    assert "เมืองเลย" in words
    assert "ภูเรือ" not in words.split("เมนู")[0]


def test_the_summary_of_the_due_day_names_them_too(town: Town, officer: Phone) -> None:
    staff = town.person("มาลี", "staff", "42")
    move(town, SUMMARY)
    words = dict(heard(town))[staff.user_id]
    assert "ยังไม่มีใครใน LINE ให้แจ้งได้ 13" in words


def test_people_of_one_district_get_the_same_words_in_one_request(town: Town, officer: Phone, deputy: Phone) -> None:
    move(town, DUE_DAY)
    assert requests(town) == [[officer.user_id, deputy.user_id]]
    (row,) = rows(town, select(OutboxRequest).where(OutboxRequest.kind == "multicast"))
    assert row.purpose == "reminder:due_day"


def test_people_of_different_languages_get_words_of_their_own(town: Town, officer: Phone) -> None:
    deputy = town.person("Anna", "deputy", PHU_RUEA, language="en")
    move(town, DUE_DAY)
    assert requests(town) == [officer.user_id, deputy.user_id]
    assert "[Start the report]" in dict(heard(town))[deputy.user_id]


def test_the_staffs_summary_is_one_request_for_each_language(town: Town) -> None:
    thai = [town.person(name, "staff", "42").user_id for name in ("ก", "ข", "ค")]
    english = town.person("Anna", "staff", "42", language="en").user_id
    move(town, SUMMARY)
    assert requests(town) == [thai, english]


def test_whoever_reports_in_the_last_moment_gets_no_word_and_nobody_else_of_the_district(
    town: Town, officer: Phone, deputy: Phone
) -> None:
    town.clock.civil = DUE_DAY
    planned = town.runtime.reminders.plan()
    report(officer)
    for row in planned:
        town.runtime.send_outbox(row)
    assert heard(town) == []
