"""Exceptional cases in the tables: once each, words never lost by an empty one, gone with their message, audited."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from bot.conversation.household_effects import DropCase, MarkCase, NoteCase
from models.area import Household
from models.household_case import HouseholdCase
from models.people import Person
from models.work import Audit
from services.evidence.cases import Cases, forget_words, marked_at
from services.evidence.checks import household_id
from tests.integration.services.evidence.test_figures import district
from tests.support.runtime import MONDAY, StoppedClock

VILLAGE = "42070101"


@pytest.fixture
def session(sessions: sessionmaker[Session]) -> Iterator[Session]:
    with sessions() as session, session.begin():
        district(session, "4207", 1)
        session.add(Person(id=2, name="คำ ตัวอย่าง", created_at=MONDAY))
        session.flush()
        yield session


def held(session: Session) -> list[tuple[str, str, str]]:
    rows = session.execute(
        select(HouseholdCase.case, HouseholdCase.note, HouseholdCase.confirmed_by).order_by(HouseholdCase.case)
    )
    return [(row.case, row.note, row.confirmed_by) for row in rows]


def test_a_case_said_twice_by_two_leaders_is_one_and_an_empty_note_leaves_the_earlier(session: Session) -> None:
    one, other = Cases(session, 1, StoppedClock()), Cases(session, 2, StoppedClock())
    one.mark(MarkCase(VILLAGE, "14", "e31", "ไม่ไว้ใจ", "m1"))
    other.mark(MarkCase(VILLAGE, "14", "e31"))
    assert held(session) == [("e31", "ไม่ไว้ใจ", "")]
    other.mark(MarkCase(VILLAGE, "14", "e31", "ไม่สะดวก", "m2"))
    assert held(session) == [("e31", "ไม่สะดวก", "")]
    assert list(session.scalars(select(Audit.action).order_by(Audit.id))) == ["case_marked", "case_noted"]


def test_several_cases_hold_of_one_household(session: Session) -> None:
    cases = Cases(session, 1, StoppedClock())
    for case in ("e31", "e32", "e35"):
        cases.mark(MarkCase(VILLAGE, "14 (2)", case))
    assert [case for case, _, _ in held(session)] == ["e31", "e32", "e35"]
    assert list(session.scalars(select(Household.ordinal))) == [2]
    assert set(marked_at(session, VILLAGE)) == {household_id(session, VILLAGE, "14 (2)")}


def test_a_note_of_a_case_that_was_taken_back_meanwhile_is_not_stored(session: Session) -> None:
    cases = Cases(session, 1, StoppedClock())
    cases.mark(MarkCase(VILLAGE, "14", "e31"))
    Cases(session, 2, StoppedClock()).drop(DropCase(VILLAGE, "14", "e31"))
    cases.note(NoteCase(VILLAGE, "14", "e31", "ไม่ไว้ใจ", message_id="m1"))
    cases.note(NoteCase(VILLAGE, "15", "e31", "ไม่ไว้ใจ", message_id="m1"))
    assert held(session) == []


def test_dropping_what_does_not_stand_changes_and_writes_nothing(session: Session) -> None:
    cases = Cases(session, 1, StoppedClock())
    cases.drop(DropCase(VILLAGE, "14", "e31"))
    cases.mark(MarkCase(VILLAGE, "14", "e31"))
    cases.drop(DropCase(VILLAGE, "14", "e32"))
    assert [case for case, _, _ in held(session)] == ["e31"]
    assert list(session.scalars(select(Audit.action))) == ["case_marked"]


def test_words_go_with_the_message_that_said_them_and_no_further(session: Session) -> None:
    cases = Cases(session, 1, StoppedClock())
    cases.mark(MarkCase(VILLAGE, "14", "e35", "แก้ไขอายุ", "m1"))
    cases.note(NoteCase(VILLAGE, "14", "e35", confirmed_by="นางสี ตัวอย่าง", message_id="m2"))
    cases.mark(MarkCase(VILLAGE, "15", "e31", "ไม่ไว้ใจ", "m3"))
    forget_words(session, "m2")
    assert held(session) == [("e31", "ไม่ไว้ใจ", ""), ("e35", "แก้ไขอายุ", "")]
    forget_words(session, "m1")
    assert held(session) == [("e31", "ไม่ไว้ใจ", ""), ("e35", "", "")]


def test_the_audit_trail_has_ids_and_codes_and_no_words(session: Session) -> None:
    cases = Cases(session, 1, StoppedClock())
    cases.mark(MarkCase(VILLAGE, "14", "e35", "แก้ไขอายุ", "m1"))
    cases.note(NoteCase(VILLAGE, "14", "e35", confirmed_by="นางสี ตัวอย่าง", message_id="m2"))
    cases.drop(DropCase(VILLAGE, "14", "e35"))
    rows = session.scalars(select(Audit).order_by(Audit.id)).all()
    assert [row.action for row in rows] == ["case_marked", "case_confirmed", "case_dropped"]
    subject = f"household {household_id(session, VILLAGE, '14')}"
    assert {(row.person_id, row.subject, row.detail["case"]) for row in rows} == {(1, subject, "e35")}
