from __future__ import annotations

import datetime as dt
import os
import signal
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from models.base import make_engine
from models.work import ClockLease
from services.calendar import BANGKOK
from services.reminders.reminders import Reminders
from services.sweep import Sweep
from tests.integration.services.conftest import either_town, town, town_url
from tests.integration.services.towns import rows
from tests.support.chat import Town
from tests.support.processes import Child, wait_until
from tests.support.settings import environment
from workers import clock

__all__ = ["either_town", "town", "town_url"]

OPENING = dt.datetime(2021, 6, 8, 9, 0, tzinfo=BANGKOK)


def test_a_tick_plans_reminders_and_rings_for_them(town: Town) -> None:
    officer = town.person("สมศรี", "officer", "4207")
    town.clock.civil = OPENING
    clock.tick(town.runtime)
    assert ("dispatch", 1) in town.queue.rung
    town.work()
    assert [body["to"] for body, _key in town.line.pushes] == [officer.user_id]


def test_with_the_queue_down_the_tick_sends_them_itself(town: Town) -> None:
    for area in ("4207", "4201"):
        town.person("สมศรี", "officer", area)
    town.clock.civil = OPENING
    town.queue.down = True
    clock.tick(town.runtime)
    assert len(town.line.pushes) == 2


@pytest.mark.parametrize("error", [OperationalError("", {}, Exception()), ValueError("words of a person")])
def test_reminders_that_fail_do_not_keep_the_sweep_from_its_work(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    def fail(_self: object) -> list[int]:
        raise error

    swept: list[int] = []
    monkeypatch.setattr(Reminders, "plan", fail)
    monkeypatch.setattr(Sweep, "run", lambda _self: swept.append(1))
    clock.tick(town.runtime)
    assert swept == [1]
    assert "words of a person" not in caplog.text
    assert type(error).__name__ in caplog.text


def test_it_ticks_until_it_is_told_to_stop(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    stopping, ticks = threading.Event(), []

    def tick(_runtime: object, _leads: object) -> None:
        ticks.append(1)
        if len(ticks) == 3:
            stopping.set()

    monkeypatch.setattr(clock, "tick", tick)
    object.__setattr__(town.runtime.settings, "sweep_seconds", 0.01)
    clock.run(town.runtime, stopping)
    assert len(ticks) == 3


def test_of_two_clocks_one_works_and_the_other_takes_over_when_it_stops(either_town: Town) -> None:
    town = either_town
    first, second = clock.Lead(town.runtime), clock.Lead(town.runtime)
    assert first.holds()
    assert not second.holds()
    assert first.holds(), "renewed"
    first.release()
    assert second.holds()
    assert not first.holds()


def test_the_log_says_once_that_a_clock_leads_and_once_that_it_stands_by(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = clock.Lead(town.runtime), clock.Lead(town.runtime)
    with caplog.at_level("INFO", logger="workers.clock"):
        heard = [lead.holds() for lead in (first, first, second, second)]
        first.release()
        heard += [second.holds(), first.holds()]
    assert heard == [True, True, False, False, True, False]
    assert caplog.messages == [clock.LEADS, clock.STANDS_BY, clock.LEADS, clock.STANDS_BY]


def test_a_clock_that_is_told_to_stop_leaves_the_lead_to_another_at_once(town: Town) -> None:
    stopping = threading.Event()
    object.__setattr__(town.runtime.settings, "sweep_seconds", 0.01)
    running = threading.Thread(target=clock.run, args=(town.runtime, stopping))
    running.start()
    try:
        wait_until(lambda: bool(rows(town, select(ClockLease))), what="a leading clock")
    finally:
        stopping.set()
        running.join(timeout=60)
    assert clock.Lead(town.runtime).holds()


def test_a_standby_takes_over_when_the_leader_dies(town: Town) -> None:
    dead, standby = clock.Lead(town.runtime), clock.Lead(town.runtime)
    assert dead.holds()
    town.clock.pass_seconds(town.runtime.settings.sweep_seconds * clock.LEASE_TICKS - 1)
    assert not standby.holds()
    town.clock.pass_seconds(2)
    assert standby.holds()


def test_a_jump_of_the_simulated_clock_changes_nobodys_lead(town: Town) -> None:
    leader, standby = clock.Lead(town.runtime), clock.Lead(town.runtime)
    assert leader.holds()
    town.clock.civil += dt.timedelta(days=30)
    assert not standby.holds()
    assert leader.holds()


def test_who_does_not_lead_does_nothing(town: Town) -> None:
    town.person("สมศรี", "officer", "4207")
    town.clock.civil = OPENING
    clock.Lead(town.runtime).holds()
    clock.tick(town.runtime, clock.Lead(town.runtime).holds)
    assert town.queue.rung == []


def test_whoever_loses_the_lead_within_a_tick_leaves_the_rest_to_the_other(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    swept: list[int] = []
    monkeypatch.setattr(Sweep, "run", lambda _self: swept.append(1))
    answers = iter([True, False])
    clock.tick(town.runtime, lambda: next(answers))
    assert swept == []


def test_a_database_that_is_away_gives_nobody_the_lead(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> bool:
        raise OperationalError("", {}, Exception())

    monkeypatch.setattr("services.clock_lease.lead", away)
    assert not clock.Lead(town.runtime).holds()


def test_settings_that_are_wrong_end_it_with_a_sentence_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert clock.main({}) == 2
    assert "DATABASE_URL is missing\n" in capsys.readouterr().err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_process_ends_at_a_signal(sqlite_url: str, tmp_path: Path, number: signal.Signals) -> None:
    env = environment(tmp_path, DATABASE_URL=sqlite_url, SWEEP_SECONDS="0.1")
    child = Child([sys.executable, "-m", "workers.clock"], env, tmp_path / "clock.log")
    try:
        child.wait_for(lambda: _leads(sqlite_url), what="a leading clock")
        os.kill(child.pid, number)
        assert child.process.wait(timeout=60) == 0
    finally:
        child.stop()


def _leads(url: str) -> bool:
    """Whether a clock has begun: it listens to signals before that."""
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            return connection.scalar(select(ClockLease.id)) is not None
    finally:
        engine.dispose()
