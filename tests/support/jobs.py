"""Jobs that real workers run in tests. They note what happened in the Redis they came from."""

from __future__ import annotations

import os
import time

import redis
from rq import get_current_job

RUNS = "test:runs"


def _client() -> redis.Redis:
    job = get_current_job()
    assert job is not None
    return job.connection


def note(subject_id: int) -> None:
    """Write down which process ran for which subject."""
    _client().rpush(RUNS, f"{subject_id}:{os.getpid()}")


def wait_for_leave(subject_id: int) -> None:
    """Note the start, then wait until the test lets go."""
    client = _client()
    client.rpush(RUNS, f"{subject_id}:{os.getpid()}")
    for _ in range(500):
        if client.exists("test:leave"):
            return
        time.sleep(0.02)


def fail(subject_id: int) -> None:
    client = _client()
    client.rpush(RUNS, f"{subject_id}:{os.getpid()}")
    if not client.exists("test:healed"):
        raise ValueError("as planned")
