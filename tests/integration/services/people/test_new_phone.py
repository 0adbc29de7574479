"""A code made for somebody who holds the duty already is for their new phone: nobody becomes two."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from models.people import LineAccount, Membership, Person, Role
from services.people import invitations
from services.people.duties import Duties
from tests.integration.services.towns import account_of, rows
from tests.support.chat import Phone, Town


def test_a_code_for_a_name_with_the_same_duty_moves_the_person_to_the_new_phone(town: Town) -> None:
    old = town.person("สมใจ ตัวอย่าง", "officer", "4207")
    with town.runtime.sessions() as session, session.begin():
        code = invitations.invite(session, Role.OFFICER, "4207", town.clock.now(), name="สมใจ ตัวอย่าง")
    new = town.stranger()
    new.say(code)
    new.tap("ใช่ และรับทราบ")
    with town.runtime.sessions() as session:
        assert session.scalar(select(func.count(Person.id))) == 1
        assert session.scalar(select(func.count(Membership.id))) == 1
        accounts = {item.line_user_id: item.person_id for item in session.scalars(select(LineAccount))}
    assert accounts[old.user_id] is None
    assert accounts[new.user_id] is not None


def test_a_code_for_another_name_makes_another_person(town: Town) -> None:
    town.person("สมใจ ตัวอย่าง", "officer", "4207")
    with town.runtime.sessions() as session, session.begin():
        code = invitations.invite(session, Role.OFFICER, "4207", town.clock.now(), name="วิชัย ตัวอย่าง")
    new = town.stranger()
    new.say(code)
    new.tap("ใช่ และรับทราบ")
    with town.runtime.sessions() as session:
        assert session.scalar(select(func.count(Person.id))) == 2


@pytest.mark.parametrize("change", ["ended", "moved", "staff as well"])
def test_a_code_for_a_new_phone_is_good_for_what_the_person_was_when_it_was_made(town: Town, change: str) -> None:
    old = town.person("สมใจ ตัวอย่าง", "officer", "4207")
    person = account_of(town, old).person_id
    by = account_of(town, town.person("มาลี ตัวอย่าง", "staff", "42")).person_id
    assert person is not None
    assert by is not None
    with town.runtime.sessions() as session, session.begin():
        duty = session.scalars(select(Membership).where(Membership.person_id == person)).one()
        duties = Duties(session, town.clock, town.runtime.texts, by)
        code = duties.new_phone(duty)
        if change == "ended":
            duties.end(duty)
        elif change == "moved":
            duties.move(duty, "4206")
        else:
            duties.give(person, Role.STAFF, "42")
    held = {(row.role, row.area_code) for row in rows(town, select(Membership)) if row.ended_at is None}
    new = town.stranger()
    assert "หมดอายุ" in new.say(code)
    assert account_of(town, new).person_id is None
    assert {(row.role, row.area_code) for row in rows(town, select(Membership)) if row.ended_at is None} == held


def test_a_request_that_still_waits_goes_with_the_person_to_the_new_phone(town: Town) -> None:
    old = town.person("สมใจ ตัวอย่าง", "officer", "4207")
    old.say("42070605")
    old.tap("ใช่ และรับทราบ")
    new = town.stranger()
    new.say(code_for(town, old))
    new.tap("ใช่ และรับทราบ")
    staff = town.person("มาลี ตัวอย่าง", "staff", "42")
    staff.say("คำขอเข้าร่วม")
    staff.tap("ยืนยันให้เข้าร่วม")
    assert account_of(town, old).person_id is None
    person = account_of(town, new).person_id
    assert {row.role for row in rows(town, select(Membership).where(Membership.person_id == person))} == {
        "officer",
        "leader",
    }


def code_for(town: Town, phone: Phone) -> str:
    """Of a new telephone."""
    person = account_of(town, phone).person_id
    with town.runtime.sessions() as session, session.begin():
        return invitations.invite(session, Role.OFFICER, "4207", town.clock.now(), person_id=person)
