from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.base import Sessions
from models.work import CivilClock
from services.calendar import BANGKOK
from services.clock import ClockMovesBackError, SimulatedClock, SystemClock

START = dt.datetime(2021, 6, 7, 8, 30, tzinfo=BANGKOK)


def test_a_real_installation_has_one_time() -> None:
    clock = SystemClock()
    assert clock.real() <= clock.now() <= clock.real()


def test_a_demo_starts_where_it_was_told_and_once_only(sessions: Sessions) -> None:
    clock = SimulatedClock(sessions)
    clock.start_at(START)
    clock.start_at(START + dt.timedelta(days=9))
    assert START <= SimulatedClock(sessions).now() < START + dt.timedelta(minutes=1)


def test_whoever_has_looked_before_a_demo_starts_knows_its_time_at_once(sessions: Sessions) -> None:
    clock = SimulatedClock(sessions)
    before = clock.now()
    clock.start_at(START)
    assert clock.now() < before
    assert clock.now() >= START


def test_without_a_setting_simulated_time_is_real_time(sessions: Sessions) -> None:
    clock = SimulatedClock(sessions)
    assert clock.real() <= clock.now() <= clock.real()


def test_it_ticks_and_every_process_agrees(sessions: Sessions) -> None:
    one, other = SimulatedClock(sessions), SimulatedClock(sessions)
    one.start_at(START)
    one.now()
    one.move_to(START + dt.timedelta(days=1))
    assert one.now() <= other.now() <= one.now()
    assert one.now() <= one.now()


def test_after_a_jump_the_wanted_instant_has_come(sessions: Sessions) -> None:
    """A reminder planned for that very second is due at once."""
    clock = SimulatedClock(sessions)
    clock.start_at(START)
    for hours in range(1, 6):
        wanted = START + dt.timedelta(hours=hours)
        assert clock.move_to(wanted) >= wanted


def test_an_answer_that_a_move_overtakes_is_not_gone_by(sessions: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    SimulatedClock(sessions).start_at(START)
    looked, moved = threading.Event(), threading.Event()

    @contextmanager
    def kept_waiting() -> Iterator[Session]:
        with sessions() as session:
            look = session.get

            def slowly(*row: Any, **how: Any) -> Any:
                found = look(*row, **how)
                if threading.current_thread() is looking:
                    looked.set()
                    moved.wait(30)
                return found

            monkeypatch.setattr(session, "get", slowly)
            yield session

    clock = SimulatedClock(kept_waiting)  # type: ignore[arg-type]
    monkeypatch.setattr(clock, "FRESH_SECONDS", 3600.0)
    looking = threading.Thread(target=clock.now)
    looking.start()
    assert looked.wait(30)
    clock.move_to(START + dt.timedelta(days=1))
    moved.set()
    looking.join(30)
    assert clock.now() >= START + dt.timedelta(days=1)


def test_it_moves_forward_only(sessions: Sessions) -> None:
    clock = SimulatedClock(sessions)
    clock.start_at(START)
    clock.move_to(START + dt.timedelta(days=1))
    with pytest.raises(ClockMovesBackError):
        clock.move_to(START)
    assert clock.now() >= START + dt.timedelta(days=1)


def test_of_many_moves_at_once_the_farthest_stands(sessions: Sessions) -> None:
    SimulatedClock(sessions).start_at(START)
    days = (5, 1, 4, 2, 3)
    barrier = threading.Barrier(len(days))

    def move(day: int) -> None:
        clock = SimulatedClock(sessions)
        clock.now()
        barrier.wait(timeout=60)
        with suppress(ClockMovesBackError):
            clock.move_to(START + dt.timedelta(days=day))

    with ThreadPoolExecutor(len(days)) as pool:
        for done in [pool.submit(move, day) for day in days]:
            done.result(timeout=60)
    assert SimulatedClock(sessions).now() >= START + dt.timedelta(days=5)


def test_two_processes_may_make_the_first_row_at_once(sessions: Sessions) -> None:
    barrier = threading.Barrier(4)

    def begin(number: int) -> None:
        clock = SimulatedClock(sessions)
        barrier.wait(timeout=60)
        if number % 2:
            clock.start_at(START)
        else:
            with suppress(ClockMovesBackError):
                clock.move_to(clock.real() + dt.timedelta(days=number + 1))

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(begin, number) for number in range(4)]:
            done.result(timeout=60)
    with sessions() as session:
        assert len(session.scalars(select(CivilClock)).all()) == 1
