from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from handlers.executor import ChatExecutor


class Work:
    """Answers chats when it is let: `gate` holds it up, `done` says how often each was answered."""

    def __init__(self) -> None:
        self.gate, self.lock = threading.Event(), threading.Lock()
        self.begun, self.done = threading.Semaphore(0), {1: 0, 2: 0, 3: 0}
        self.at_it: list[int] = []
        self.twice_at_once = False

    def __call__(self, chat: int) -> None:
        with self.lock:
            self.twice_at_once |= chat in self.at_it
            self.at_it.append(chat)
        self.begun.release()
        assert self.gate.wait(timeout=60)
        with self.lock:
            self.at_it.remove(chat)
            self.done[chat] += 1


@pytest.fixture
def work() -> Work:
    return Work()


def begin(work: Work) -> None:
    assert work.begun.acquire(timeout=60)


def test_submitting_returns_at_once_and_the_chat_is_answered(work: Work) -> None:
    executor = ChatExecutor(work, 2)
    executor.submit(1)
    begin(work)
    assert work.done[1] == 0
    work.gate.set()
    executor.close()
    assert work.done[1] == 1


def test_a_chat_submitted_while_it_is_answered_is_answered_once_more_and_never_twice_at_once(work: Work) -> None:
    executor = ChatExecutor(work, 4)
    executor.submit(1)
    begin(work)
    for _ in range(5):
        executor.submit(1)
    work.gate.set()
    begin(work)
    executor.close()
    assert work.done[1] == 2
    assert not work.twice_at_once


def test_other_chats_do_not_wait_for_a_slow_one(work: Work) -> None:
    executor = ChatExecutor(work, 2)
    executor.submit(1)
    executor.submit(2)
    begin(work)
    begin(work)
    assert sorted(work.at_it) == [1, 2]
    work.gate.set()
    executor.close()


def test_more_chats_than_threads_wait_for_their_turn(work: Work) -> None:
    executor = ChatExecutor(work, 1)
    for chat in (1, 2, 3):
        executor.submit(chat)
    work.gate.set()
    for _ in range(3):
        begin(work)
    executor.close()
    assert work.done == {1: 1, 2: 1, 3: 1}


def test_no_thread_is_started_before_the_first_chat() -> None:
    before = threading.active_count()
    executor = ChatExecutor(lambda _chat: None, 8)
    assert threading.active_count() == before
    executor.close()


def test_a_failure_is_logged_without_its_words_and_the_chat_can_be_answered_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    calls: list[int] = []
    words = "words of a person"

    def fail(chat: int) -> None:
        calls.append(chat)
        if len(calls) == 1:
            raise ValueError(words)

    executor = ChatExecutor(fail, 1)
    executor.submit(1)
    executor.submit(2)
    executor.submit(1)
    while len(calls) < 3:
        threading.Event().wait(0.01)
    executor.close()
    assert sorted(calls) == [1, 1, 2]
    assert words not in caplog.text
    assert "ValueError" in caplog.text


def test_what_comes_in_after_closing_is_left_to_the_sweep(work: Work) -> None:
    executor = ChatExecutor(work, 1)
    work.gate.set()
    executor.submit(1)
    executor.close()
    executor.submit(2)
    executor.close()
    assert work.done[2] == 0


def test_closing_finishes_what_has_begun_and_leaves_what_waits(work: Work) -> None:
    executor = ChatExecutor(work, 1)
    for chat in (1, 1, 2):
        executor.submit(chat)
    begin(work)
    executor.submit(1)
    closing = threading.Thread(target=executor.close)
    closing.start()
    while not executor._closed:
        threading.Event().wait(0.01)
    work.gate.set()
    closing.join(timeout=60)
    assert work.done == {1: 1, 2: 0, 3: 0}


def test_what_a_thread_takes_between_closing_and_the_end_of_its_pool_is_left_as_well(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = ThreadPoolExecutor.shutdown

    def shutdown(pool: ThreadPoolExecutor, **given: Any) -> None:
        work.gate.set()
        pool.submit(lambda: None).result(timeout=60)  # behind all that waits
        real(pool, **given)

    monkeypatch.setattr(ThreadPoolExecutor, "shutdown", shutdown)
    executor = ChatExecutor(work, 1)
    for chat in (1, 2):
        executor.submit(chat)
    begin(work)
    executor.close()
    assert work.done == {1: 1, 2: 0, 3: 0}


def test_an_interpreter_on_its_way_out_takes_no_more_chats(monkeypatch: pytest.MonkeyPatch, work: Work) -> None:
    def refuse(*_: Any) -> None:
        raise RuntimeError("cannot schedule new futures after interpreter shutdown")

    executor = ChatExecutor(work, 1)
    with monkeypatch.context() as patch:
        patch.setattr(ThreadPoolExecutor, "submit", refuse)
        executor.submit(1)
    work.gate.set()
    executor.submit(1)
    begin(work)
    executor.close()
    assert work.done[1] == 1
