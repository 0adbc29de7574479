from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select, update

from models.work import OwedJob
from services import owed
from services.desk.stuck import count_stuck
from services.owed import GoesOnError, LaterError
from tests.integration.services.towns import one
from tests.support.chat import Town


def promise(town: Town, job: str = "finish_report", subject: int = 7) -> None:
    with town.runtime.sessions() as session, session.begin():
        owed.owe(session, job, subject, town.clock.real())


def due(town: Town) -> list[tuple[str, int]]:
    with town.runtime.sessions() as session:
        return owed.due(session, town.clock.real())


def perform(town: Town, work: owed.Work) -> bool:
    return owed.perform(town.runtime.sessions, town.clock, "finish_report", 7, work)


def row(town: Town) -> OwedJob:
    return one(town, select(OwedJob))


def wait(_subject: int) -> None:
    raise LaterError("media 7: not_yet")


def test_work_is_done_once_and_then_no_longer_owed(either_town: Town) -> None:
    promise(either_town)
    done: list[int] = []
    assert due(either_town) == [("finish_report", 7)]
    assert perform(either_town, done.append)
    assert not perform(either_town, done.append)
    assert done == [7]
    assert due(either_town) == []


def test_nobody_rings_again_while_it_is_being_done(town: Town) -> None:
    promise(town)
    seen: list[object] = []

    def work(_subject: int) -> None:
        town.clock.pass_seconds(30)
        seen.append(due(town))

    perform(town, work)
    assert seen == [[]]


def test_what_a_dead_worker_left_is_owed_again_after_a_while(town: Town) -> None:
    promise(town)

    def die(_subject: int) -> None:
        raise SystemExit

    with pytest.raises(SystemExit):
        perform(town, die)
    assert due(town) == []
    town.clock.pass_seconds(121)
    assert due(town) == [("finish_report", 7)]


def test_what_has_to_wait_is_tried_again_after_pauses_that_grow_to_ten_minutes(town: Town) -> None:
    promise(town)
    pauses = []
    for _ in range(13):
        assert not perform(town, wait)
        pauses.append((row(town).next_try_at - town.clock.real()).total_seconds())
    assert pauses == [2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600, 600, 600]
    assert row(town).problem == "media 7: not_yet"


def test_what_fails_stays_owed_names_its_problem_and_is_tried_again(town: Town) -> None:
    promise(town)

    def fail(_subject: int) -> None:
        raise ValueError("words of a person")

    with pytest.raises(ValueError, match="words"):
        perform(town, fail)
    assert row(town).problem == "ValueError"
    assert row(town).next_try_at - town.clock.real() == dt.timedelta(seconds=2)
    town.clock.pass_seconds(2)
    assert perform(town, lambda _subject: None)
    assert row(town).problem == ""


def test_a_job_that_failed_a_hundred_times_can_still_be_tried(town: Town) -> None:
    promise(town)
    with town.runtime.sessions() as session, session.begin():
        session.execute(update(OwedJob).values(attempts=100))
    assert perform(town, lambda _subject: None)


def test_a_promise_made_twice_is_kept_once(either_town: Town) -> None:
    promise(either_town)
    promise(either_town)
    assert due(either_town) == [("finish_report", 7)]


def test_a_promise_that_was_kept_can_be_made_anew(either_town: Town) -> None:
    promise(either_town)
    perform(either_town, lambda _subject: None)
    promise(either_town)
    assert due(either_town) == [("finish_report", 7)]
    assert row(either_town).attempts == 0


def test_what_nobody_promised_is_not_done(town: Town) -> None:
    assert not perform(town, lambda _subject: pytest.fail("done"))


def test_work_that_is_done_bit_by_bit_goes_on_at_once_and_is_not_stuck(town: Town) -> None:
    promise(town)

    def a_part(_subject: int) -> None:
        raise GoesOnError("export 7: a part more")

    def stuck() -> int:
        with town.runtime.sessions() as session:
            return count_stuck(session)

    for _ in range(5):
        assert not perform(town, a_part)
        assert due(town) == [("finish_report", 7)]
    assert stuck() == 0
    for _ in range(3):
        perform(town, wait)
    assert stuck() == 1
