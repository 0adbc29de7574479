from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from models.work import OwedJob
from services import owed
from services.sweep import Sweep
from tests.integration.services.chat.test_dialogue import text_event
from tests.integration.services.sending.test_sender import push_to
from tests.integration.services.towns import RATE_LIMITED, one, rows, take_in, unhandled
from tests.support.chat import Phone, Town


@pytest.fixture
def officer(either_town: Town) -> Phone:
    return either_town.person("สมศรี ใจดี", "officer", "4207")


def found(town: Town) -> list[tuple[str, int]]:
    return town.runtime.sweep.find()


def test_fresh_work_is_left_to_whoever_took_it_in(either_town: Town, officer: Phone) -> None:
    (chat,) = take_in(either_town, text_event(officer, "เมนู"))
    assert found(either_town) == []
    either_town.clock.pass_seconds(2.1)
    assert found(either_town) == [("drain", chat)]


def test_a_chat_that_somebody_holds_is_left_alone(either_town: Town, officer: Phone) -> None:
    officer.say("เมนู")
    either_town.line.results.append(RATE_LIMITED)
    seen: list[object] = []
    either_town.line.before_send = lambda: seen.append(found(either_town))
    officer.say("เมนู")
    assert seen == [[]]
    assert found(either_town) == []


def test_everything_undone_is_rung_for_and_the_workers_do_it(either_town: Town, officer: Phone) -> None:
    take_in(either_town, text_event(officer, "เมนู"))
    push_to(either_town, officer)
    either_town.clock.pass_seconds(3)
    assert either_town.runtime.sweep.run() == 2
    either_town.work()
    assert len(either_town.line.replies) == len(either_town.line.pushes) == 1
    assert found(either_town) == []


def test_with_the_queue_down_the_clock_does_the_work_itself(either_town: Town, officer: Phone) -> None:
    either_town.queue.down = True
    take_in(either_town, text_event(officer, "เมนู"))
    push_to(either_town, officer)
    either_town.clock.pass_seconds(3)
    either_town.runtime.sweep.run()
    assert len(either_town.line.replies) == len(either_town.line.pushes) == 1
    assert unhandled(either_town) == []


def test_one_piece_of_work_that_fails_does_not_stop_the_others(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    done: list[int] = []
    words = "words of a person"

    def work(subject: int) -> None:
        if subject == 1:
            raise ValueError(words)
        done.append(subject)

    with town.runtime.sessions() as session, session.begin():
        for subject in (1, 2):
            owed.owe(session, "finish_report", subject, town.clock.real())
    town.queue.down = True
    Sweep(town.runtime.sessions, town.clock, town.queue, {"finish_report": work}, dt.timedelta()).run()
    assert done == [2]
    assert words not in caplog.text
    assert "ValueError" in caplog.text


def test_receivers_of_webhooks_hold_nothing_else_up_and_are_never_called_by_the_clock(either_town: Town) -> None:
    town, done = either_town, list[tuple[str, int]]()
    work = {job: lambda row, job=job: done.append((job, row)) for job in ("deliver_webhook", "fetch_media")}
    with town.runtime.sessions() as session, session.begin():
        for subject in range(1, 202):
            owed.owe(session, "deliver_webhook", subject, town.clock.real())
        owed.owe(session, "fetch_media", 1, town.clock.real())
    assert found(town)[:2] == [("fetch_media", 1), ("deliver_webhook", 1)]
    town.queue.down = True
    Sweep(town.runtime.sessions, town.clock, town.queue, work, dt.timedelta()).run()
    assert done == [("fetch_media", 1)]
    assert len(rows(town, select(OwedJob).where(OwedJob.done_at.is_(None)))) == 202


def test_work_of_a_newer_version_is_left_for_it(town: Town) -> None:
    """A job that this process does not know: the next release, or one before, is still running beside it."""
    with town.runtime.sessions() as session, session.begin():
        owed.owe(session, "finish_report", 1, town.clock.real())
    town.queue.down = True
    Sweep(town.runtime.sessions, town.clock, town.queue, {}).run()
    assert one(town, select(OwedJob)).done_at is None
