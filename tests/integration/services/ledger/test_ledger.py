from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from models.obligation import OWED, SETTLED, Draft, Obligation, ObligationChange, ObligationState
from services.ledger import ledger
from services.reports import reports
from tests.integration.services.towns import one, report, rows
from tests.support.chat import Phone, Town

PHU_RUEA = "4207"


@pytest.fixture
def officer(town: Town) -> Phone:
    return town.person("สมศรี ใจดี", "officer", PHU_RUEA)


def obligation(town: Town) -> Obligation:
    """Round 1 of อำเภอภูเรือ."""
    return rows(town, select(Obligation).where(Obligation.area_code == PHU_RUEA).order_by(Obligation.id))[0]


def steps(town: Town) -> list[tuple[str, str]]:
    changes = rows(town, select(ObligationChange).order_by(ObligationChange.id))
    return [(change.from_state, change.to_state) for change in changes]


def move(town: Town, to: ObligationState, *among: ObligationState) -> bool:
    found = obligation(town).id
    with town.runtime.sessions() as session, session.begin():
        return ledger.move(session, found, to, now=town.clock.now(), reason="น้ำท่วม", among=among or None)


def test_every_state_is_either_owed_or_settled() -> None:
    assert sorted([*OWED, *SETTLED]) == sorted(ObligationState)


def test_a_step_is_taken_once_and_stays_in_the_history_with_its_reason(town: Town) -> None:
    assert move(town, ObligationState.WAIVED)
    assert not move(town, ObligationState.WAIVED)
    change = one(town, select(ObligationChange))
    assert (change.from_state, change.to_state, change.reason) == ("open", "waived", "น้ำท่วม")
    assert change.at == town.clock.now()
    assert obligation(town).settled


def test_a_step_from_another_state_than_was_meant_changes_nothing(town: Town) -> None:
    assert not move(town, ObligationState.ACCEPTED, ObligationState.SUBMITTED, ObligationState.LATE)
    assert obligation(town).state == "open"
    assert steps(town) == []


def test_an_obligation_that_does_not_exist_is_said_so(town: Town) -> None:
    with pytest.raises(LookupError), town.runtime.sessions() as session, session.begin():
        ledger.move(session, 0, ObligationState.WAIVED, now=town.clock.now())


def test_of_two_who_decide_at_once_one_is_told_that_the_other_was_faster(either_town: Town) -> None:
    ready = threading.Barrier(2)

    def decide(to: ObligationState) -> bool:
        ready.wait(timeout=60)
        return move(either_town, to, ObligationState.OPEN)

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(decide, [ObligationState.WAIVED, ObligationState.PARTLY]))
    assert sorted(done) == [False, True]
    assert len(steps(either_town)) == 1


def test_a_report_that_is_begun_is_partly_answered_and_the_history_says_by_whom(town: Town, officer: Phone) -> None:
    officer.say("รายงาน")
    officer.tap("อยู่ระหว่าง")
    assert obligation(town).state == "partly"
    with town.runtime.sessions() as session:
        (step,) = ledger.history(session, obligation(town).id)
    assert step.who == "สมศรี ใจดี"


def test_a_report_goes_from_open_over_partly_to_submitted(town: Town, officer: Phone) -> None:
    report(officer)
    assert steps(town) == [("open", "partly"), ("partly", "submitted")]
    last = rows(town, select(ObligationChange).order_by(ObligationChange.id.desc()))[0]
    assert last.detail == {"report": 1}


def test_a_change_of_a_sent_report_is_noted_and_changes_no_state(town: Town, officer: Phone) -> None:
    report(officer)
    officer.say("แก้ 8=3200")
    officer.tap("ยืนยันการแก้ไข")
    assert steps(town)[-1] == ("submitted", "submitted")
    assert obligation(town).state == "submitted"


def test_a_first_draft_that_is_dropped_leaves_the_report_open_again(town: Town, officer: Phone) -> None:
    officer.say("รายงาน")
    officer.tap("อยู่ระหว่าง")
    draft = one(town, select(Draft))
    with town.runtime.sessions() as session, session.begin():
        who = draft.updated_by or 0
        reports.drop_draft(session, draft.obligation_id, draft.row_version, who, town.clock.now())
    assert steps(town) == [("open", "partly"), ("partly", "open")]
