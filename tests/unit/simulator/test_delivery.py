"""Order of delivery: in turn within a phone, whatever is retried, held or slow elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from simulator import delivery as module
from simulator.delivery import Delivery, Job

PATIENCE = 60.0


class Bot:
    """Keeps the order of attempts; `waits[name]` is the back-off of its next attempts."""

    def __init__(self) -> None:
        self.attempts: list[str] = []
        self.waits: dict[str, list[float]] = {}
        self.gates: dict[str, threading.Event] = {}

    def attempt(self, job: Job) -> float | None:
        name = str(job.event["name"])
        if name in self.gates:
            assert self.gates[name].wait(PATIENCE)
        self.attempts.append(name)
        waits = self.waits.get(name)
        if waits:
            return waits.pop(0)
        job.result = True
        return None


@pytest.fixture
def bot() -> Bot:
    return Bot()


@pytest.fixture
def delivery(bot: Bot) -> Iterator[Delivery]:
    delivery = Delivery(bot.attempt, threads=3)
    yield delivery
    delivery.close()


def put(delivery: Delivery, phone: str, *names: str, held: bool = False) -> list[Job]:
    jobs = [Job(phone, {"name": name}, held=held) for name in names]
    for job in jobs:
        delivery.put(job)
    return jobs


def over(*jobs: Job) -> bool:
    return all(job.done.wait(PATIENCE) for job in jobs)


def test_one_phones_events_arrive_in_order(bot: Bot, delivery: Delivery) -> None:
    names = [str(number) for number in range(50)]
    assert over(*put(delivery, "a", *names))
    assert bot.attempts == names


def test_a_retry_keeps_its_place(bot: Bot, delivery: Delivery) -> None:
    bot.waits["1"] = [0.01, 0.01]
    assert over(*put(delivery, "a", "1", "2", "3"))
    assert bot.attempts == ["1", "1", "1", "2", "3"]


def test_phones_do_not_wait_for_each_other(bot: Bot, delivery: Delivery) -> None:
    bot.gates["slow"] = threading.Event()
    slow = put(delivery, "a", "slow", "after")
    assert over(*put(delivery, "b", "quick"))
    assert bot.attempts == ["quick"]
    bot.gates["slow"].set()
    assert over(*slow)
    assert bot.attempts == ["quick", "slow", "after"]


def test_a_held_event_is_overtaken_by_the_next(bot: Bot, delivery: Delivery, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HOLD_SECONDS", 2 * PATIENCE)
    first = put(delivery, "a", "1", held=True)
    assert over(*put(delivery, "a", "2", "3"), *first)
    assert bot.attempts == ["2", "1", "3"]


def test_a_held_event_with_nothing_behind_it_goes_after_all(
    bot: Bot, delivery: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "HOLD_SECONDS", 0.01)
    assert over(*put(delivery, "a", "1", held=True))
    assert bot.attempts == ["1"]


def test_cleared_events_never_arrive_and_nobody_waits_for_them(bot: Bot, delivery: Delivery) -> None:
    bot.gates["1"] = threading.Event()
    jobs = put(delivery, "a", "1", "2")
    delivery.clear()
    assert over(*jobs)
    bot.gates["1"].set()
    assert over(*put(delivery, "a", "3"))
    assert "2" not in bot.attempts
    assert jobs[1].result is None


def test_a_closed_delivery_takes_nothing_more(bot: Bot, delivery: Delivery) -> None:
    delivery.close()
    put(delivery, "a", "1")
    assert bot.attempts == []
