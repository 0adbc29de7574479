"""Brings events to the webhook: in order within a phone, phones side by side, again where redelivery is on."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

HOLD_SECONDS = 3.0
"""How long a held event waits for another to overtake it."""


@dataclass(slots=True, eq=False)
class Job:
    """One event on its way. `result` is whether the bot answered 2xx, set before `done`."""

    user_id: str
    event: dict[str, Any]
    duplicate: bool = False
    held: bool = False
    attempts: int = 0
    not_before: float = 0.0
    result: bool | None = None
    done: threading.Event = field(default_factory=threading.Event)


class Delivery:
    """Threads that work through a queue per phone.

    `attempt(job)` posts the event once and returns how many seconds to wait before the next attempt, None when the
    job is over (it then has set `job.result`). While an event waits for its next attempt, later ones of that phone wait
    behind it: a retry never changes the order.
    """

    def __init__(self, attempt: Callable[[Job], float | None], threads: int) -> None:
        self._attempt = attempt
        self._wanted_threads = threads
        self._threads: list[threading.Thread] = []
        self._queues: dict[str, deque[Job]] = {}
        self._busy: set[str] = set()
        self._wakes: list[tuple[float, int, str]] = []
        self._order = itertools.count()
        self._changed = threading.Condition()
        self._closed = False

    def put(self, job: Job) -> None:
        with self._changed:
            queue = self._queues.setdefault(job.user_id, deque())
            if job.held:
                job.not_before = time.monotonic() + HOLD_SECONDS
            if queue and queue[-1].held:
                queue[-1].held, queue[-1].not_before = False, 0.0
                queue.insert(len(queue) - 1, job)
            else:
                queue.append(job)
            self._wake(job.user_id, time.monotonic())
            self._start_threads()

    def clear(self) -> None:
        """Forget what waits; what is being posted right now ends by itself."""
        with self._changed:
            for job in itertools.chain.from_iterable(self._queues.values()):
                job.done.set()
            self._queues.clear()

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(timeout=5)

    def _start_threads(self) -> None:
        if len(self._threads) < self._wanted_threads and not self._closed:
            name = f"delivery-{len(self._threads)}"
            thread = threading.Thread(target=self._run, name=name, daemon=True)
            self._threads.append(thread)
            thread.start()

    def _wake(self, user_id: str, at: float) -> None:
        heapq.heappush(self._wakes, (at, next(self._order), user_id))
        self._changed.notify()

    def _run(self) -> None:
        while (job := self._next()) is not None:
            delay: float | None = None
            try:
                delay = self._attempt(job)
            finally:
                self._settle(job, delay)

    def _next(self) -> Job | None:
        with self._changed:
            while not self._closed:
                now = time.monotonic()
                if not self._wakes or self._wakes[0][0] > now:
                    self._changed.wait(self._wakes[0][0] - now if self._wakes else None)
                    continue
                job = self._due(heapq.heappop(self._wakes)[2], now)
                if job is not None:
                    return job
        return None

    def _due(self, user_id: str, now: float) -> Job | None:
        queue = self._queues.get(user_id)
        if not queue or user_id in self._busy:
            return None
        job = queue[0]
        if job.not_before > now:
            self._wake(user_id, job.not_before)
            return None
        job.held = False
        self._busy.add(user_id)
        return job

    def _settle(self, job: Job, delay: float | None) -> None:
        with self._changed:
            self._busy.discard(job.user_id)
            queue = self._queues.get(job.user_id, deque())
            if delay is None:
                if job in queue:
                    queue.remove(job)
                job.done.set()
            else:
                job.not_before = time.monotonic() + delay
            if queue:
                self._wake(job.user_id, queue[0].not_before)
            else:
                self._queues.pop(job.user_id, None)
