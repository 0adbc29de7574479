from __future__ import annotations

from collections.abc import Iterator

import pytest
from rq.timeouts import JobTimeoutException

from services.traces import WordlessError
from tests.integration.services.chat.test_dialogue import text_event
from tests.integration.services.conftest import town
from tests.integration.services.towns import take_in
from tests.support.chat import Town
from workers import context, jobs
from workers.queues import JOBS

__all__ = ["town"]


@pytest.fixture
def at_work(town: Town) -> Iterator[Town]:
    context.use(town.runtime)
    yield town
    context.stop()


@pytest.mark.parametrize("job", sorted(JOBS))
def test_every_job_of_the_register_does_its_work_and_bears_a_subject_that_is_gone(at_work: Town, job: str) -> None:
    module, name = JOBS[job].path.rsplit(".", 1)
    assert module == jobs.__name__
    getattr(jobs, name)(424242)
    assert set(at_work.runtime.work) == set(JOBS)


def test_a_chat_is_answered_by_its_job(at_work: Town) -> None:
    stranger = at_work.stranger()
    (chat,) = take_in(at_work, text_event(stranger, "สวัสดี"))
    jobs.drain(chat)
    assert len(at_work.line.replies) == 1


def test_what_a_job_raises_names_its_kind_and_no_words(at_work: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_self: object, _subject: int) -> None:
        raise ValueError("words of a person")

    monkeypatch.setattr(type(at_work.runtime.photos), "fetch", fail)
    monkeypatch.setattr(type(at_work.runtime), "_owed", lambda self, _job, subject, _work: self.photos.fetch(subject))
    with pytest.raises(WordlessError, match=r"^ValueError$") as raised:
        jobs.fetch_media(1)
    assert raised.value.__suppress_context__


def test_a_job_that_took_too_long_says_so(at_work: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(_self: object, _subject: int) -> None:
        raise JobTimeoutException

    monkeypatch.setattr(type(at_work.runtime), "send_outbox", slow)
    with pytest.raises(JobTimeoutException):
        jobs.send_outbox(1)
