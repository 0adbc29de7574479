from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from models.obligation import Answer, Obligation, ObligationState, Report
from services.calendar import BANGKOK
from tests.faults.conftest import Chats, difference
from tests.faults.morning import acts
from tests.support.people import DEPUTY, HEAD, SOMJAI, Someone, officer_of
from tests.support.processes import wait_until
from tests.support.stage import Stage

DAY_BEFORE = dt.datetime(2021, 6, 10, 9, 0, tzinfo=BANGKOK)
DUE_DAY = dt.datetime(2021, 6, 11, 13, 30, tzinfo=BANGKOK)
RECEIPT_TURN = 12

pytestmark = pytest.mark.xdist_group("valkey")


def state_of(stage: Stage, area: str) -> str:
    with stage.sessions() as session:
        first = select(Obligation.state).where(Obligation.area_code == area).order_by(Obligation.id).limit(1)
        return session.scalars(first).one()


def derived_answers(stage: Stage) -> int:
    with stage.sessions() as session:
        found = select(Answer.id).join(Report).join(Obligation).where(Obligation.area_code == "4207")
        return len(session.scalars(found).all())


def test_nobody_notices_that_valkey_was_killed_in_a_report_and_came_back(undisturbed: Chats, stage: Stage) -> None:
    script = acts(stage)
    for number, act in enumerate(script):
        if number == 5:
            stage.valkey.kill()
        if number == 15:
            stage.valkey.start()
        act()
    stage.settle()
    assert difference(stage.transcript().seen(), undisturbed) == ""
    assert derived_answers(stage) > 0


def test_without_valkey_a_report_is_confirmed_and_only_the_others_are_reminded(stage: Stage) -> None:
    script = acts(stage)
    for act in script[:5]:
        act()
    stage.valkey.kill()
    for act in script[5:RECEIPT_TURN]:
        act()
    assert state_of(stage, "4207") == ObligationState.SUBMITTED
    for moment, words in ((DAY_BEFORE, "พรุ่งนี้"), (DUE_DAY, "วันนี้เป็นวันครบกำหนด")):
        stage.move_clock(moment)
        for district in ("4206", "4211", "4213"):
            stage.someone(officer_of(district)).waits_for(words)
    stage.settle()
    assert [pushed for user_id in (SOMJAI, DEPUTY, HEAD) for pushed in stage.someone(user_id).pushed()] == []
    stage.valkey.start()
    stage.settle()
    assert stage.transcript().duplicates == 0


def test_what_was_owed_while_valkey_was_away_is_done_when_it_is_back(stage: Stage) -> None:
    stage.system.stop("clock")  # which would do the work itself
    stage.valkey.kill()
    script = acts(stage)
    for act in script[:16]:
        act()
    wait_until(lambda: stage.undone().keys() == {"jobs"}, what="the last answer")
    stage.valkey.start()
    stage.system.start("clock")
    stage.settle(seconds=120)
    assert derived_answers(stage) > 0
    assert len(stage.stored_files()) == 2


def test_a_valkey_that_was_emptied_in_the_middle_of_everything_is_filled_again(stage: Stage) -> None:
    script = acts(stage)
    for act in script:
        act()
        stage.valkey.clear()
    stage.settle(seconds=120)
    assert derived_answers(stage) > 0
    assert len(stage.stored_files()) == 2


def test_a_report_that_comes_in_while_its_reminder_waits_for_line_withdraws_it(stage: Stage) -> None:
    stage.simulator.fault("server_error", path="/push", times=1_000_000)
    stage.move_clock(DAY_BEFORE)
    wait_until(lambda: stage.undone().keys() == {"outbox"}, what="reminders that wait")
    officer = Someone(stage.simulator, SOMJAI)
    for act in acts(stage)[:RECEIPT_TURN]:
        act()
    stage.simulator.heal()
    stage.simulator.wait_for(officer_of("4206"), 0, timeout=120)
    stage.settle(seconds=120)
    assert officer.pushed() == []
