"""A worker process: `python -m workers.run [default|media|hooks]`, one queue each.

The stock `rq worker` imports our code anew for every job, which costs seconds. Here everything is imported before
the first job. Chat, report and sending jobs run in the process itself, which is recycled after a while, and so do
calls to other systems; media jobs run in a forked child each, so that a photo decoder that crashes or leaks takes
nothing with it.
"""

from __future__ import annotations

import gc
import importlib
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import redis
from PIL import Image
from rq import SimpleWorker, Worker
from rq.exceptions import StopRequested
from rq.worker.base import BaseWorker
from sqlalchemy.orm import configure_mappers

from bot.settings import Settings, SettingsError, from_env
from workers import context
from workers.connections import connect
from workers.queues import DEFAULT, MEDIA, QUEUES, SERIALIZER

log = logging.getLogger("tidtam.worker")

JOBS_BEFORE_RENEWAL = 2000
"""After so many jobs the process ends with 0 and its supervisor starts a fresh one: leaks stay small."""
WORKER_TTL = 60
"""Seconds. Also bounds how long a silent Redis can hold us: it is asked again after 45."""
MAINTENANCE_INTERVAL = 60
"""Seconds between looks for jobs that a killed worker left."""
LONGEST_PAUSE = 5.0
"""Seconds between attempts to reach a Redis that is away."""


class StoppableWorker(BaseWorker):
    """Shares its wish to stop with the loop around it: `work()` returns for other reasons too, after which we go on."""

    max_connection_wait_time = LONGEST_PAUSE
    log_result_lifespan = False
    stopping: threading.Event

    def handle_warm_shutdown_request(self) -> None:
        super().handle_warm_shutdown_request()  # type: ignore[no-untyped-call]
        self.stopping.set()

    def check_for_suspension(self, burst: bool) -> None:  # noqa: FBT001 - RQ's signature
        """Look, before each job, for a TERM that came before RQ installed its own handlers."""
        if self.stopping.is_set():
            raise StopRequested
        super().check_for_suspension(burst)

    def teardown(self) -> None:
        try:
            super().teardown()  # type: ignore[no-untyped-call]
        finally:
            if self.pubsub_thread is not None:
                # with Redis away the lines above end early, and the thread would look for it for ever
                self.pubsub_thread.stop()


class InProcessWorker(StoppableWorker, SimpleWorker):
    """Runs its jobs in this very process: two milliseconds a job."""


class ForkingWorker(StoppableWorker, Worker):
    """Runs each job in a child of its own. This parent opens neither database nor LINE nor media store."""


def make_worker(queue: str, redis_url: str) -> StoppableWorker:
    """Build a worker on one queue. Raises redis.RedisError when Redis is away (RQ speaks to it at once)."""
    kind: type[StoppableWorker] = ForkingWorker if queue == MEDIA else InProcessWorker
    return kind(
        [queue],
        connection=connect(redis_url, socket_connect_timeout=2.0, socket_timeout=float(WORKER_TTL)),
        serializer=SERIALIZER,
        worker_ttl=WORKER_TTL,
        maintenance_interval=MAINTENANCE_INTERVAL,
        default_result_ttl=0,
        log_job_description=False,
    )


@dataclass
class WorkLoop:
    """Works until told to stop or due for renewal; a Redis that is away is waited for."""

    queue: str
    make: Callable[[], StoppableWorker]
    max_jobs: int | None = None
    longest_pause: float = LONGEST_PAUSE
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        # a TERM may fall into the moment in which RQ's handlers still stand though its own loop has ended
        with suppress(StopRequested):
            pause = self._first_pause()
            while not self.stopping.is_set():
                try:
                    worked = self._work()
                except redis.RedisError as error:
                    log.warning("the queue is away (%s); asking again in %.1f s", type(error).__name__, pause)
                else:
                    if worked and self.max_jobs is not None:
                        break
                    pause = self._first_pause()
                self._listen_for_signals()
                self.stopping.wait(pause)
                pause = min(pause * 2, self.longest_pause)

    def _work(self) -> bool:
        """Work until RQ's loop ends for whatever reason; True when anything was done. Raises redis.RedisError."""
        self._listen_for_signals()
        worker = self.make()
        worker.stopping = self.stopping
        log.info("listening on %s", self.queue)
        return worker.work(max_jobs=self.max_jobs, logging_level="WARNING")

    def _first_pause(self) -> float:
        return min(0.5, self.longest_pause)

    def _listen_for_signals(self) -> None:
        """Take TERM and INT while RQ does not: it installs its own handlers for the time that it works."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopping.set())


def start(queue: str, settings: Settings) -> WorkLoop:
    """Import what jobs need, Runtime and all, and return the loop, ready to run. Opens nothing."""
    importlib.import_module("workers.jobs")
    # what the first statement would do, and so each forked child anew: a third of a photo's time
    configure_mappers()
    if queue == DEFAULT:
        importlib.import_module("adapters.line").preload()
    if queue == MEDIA:
        # Pillow looks for its decoders at the first picture
        Image.init()
        # a child that looks through what it inherited to free it would copy every page of it
        gc.collect()
        gc.freeze()
    context.start(settings)
    max_jobs = None if queue == MEDIA else JOBS_BEFORE_RENEWAL
    return WorkLoop(queue, lambda: make_worker(queue, settings.redis_url), max_jobs)


def main(arguments: Sequence[str], env: Mapping[str, str]) -> int:
    """Run a worker; returns the process's exit code."""
    queue = arguments[0] if arguments else DEFAULT
    if queue not in QUEUES or len(arguments) > 1:
        sys.stderr.write(f"usage: python -m workers.run [{'|'.join(QUEUES)}]\n")
        return 2
    try:
        settings = from_env(env)
    except SettingsError as error:
        sys.stderr.write("".join(f"{fault}\n" for fault in error.faults))
        return 2
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    start(queue, settings).run()
    context.stop()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:], os.environ))
