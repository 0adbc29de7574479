"""A code made for somebody who holds the duty already is for their new phone: nobody becomes two."""

from __future__ import annotations

from sqlalchemy import func, select

from models.people import LineAccount, Membership, Person, Role
from services.people import joining
from tests.support.chat import Town


def test_a_code_for_a_name_with_the_same_duty_moves_the_person_to_the_new_phone(town: Town) -> None:
    old = town.person("สมใจ ตัวอย่าง", "officer", "4207")
    with town.runtime.sessions() as session, session.begin():
        code = joining.invite(session, Role.OFFICER, "4207", town.clock.now(), name="สมใจ ตัวอย่าง")
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
        code = joining.invite(session, Role.OFFICER, "4207", town.clock.now(), name="วิชัย ตัวอย่าง")
    new = town.stranger()
    new.say(code)
    new.tap("ใช่ และรับทราบ")
    with town.runtime.sessions() as session:
        assert session.scalar(select(func.count(Person.id))) == 2
