"""The Runtime of this process, for jobs: RQ calls them by dotted name and can hand them nothing else.

A worker process says once, before it works, with which settings it runs. What is built from them (database engine,
LINE's connections, media store) is built at the first job and anew in a forked child, because sockets that were
opened in a parent mix up the answers of two processes.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

import bot.runtime
from bot.runtime import Runtime
from bot.settings import Settings


class NotStartedError(RuntimeError):
    """A job ran in a process that never said with which settings it runs."""


@dataclass
class _Process:
    """What belongs to this process alone."""

    settings: Settings | None = None
    runtime: Runtime | None = None
    owner: int = 0


_process = _Process()


def start(settings: Settings) -> None:
    """Say with which settings the jobs of this process run. Opens nothing."""
    stop()
    _process.settings = settings


def use(ready: Runtime) -> None:
    """Run this process's jobs with a Runtime that stands already; whoever built it also closes it."""
    stop()
    _process.runtime = ready
    _process.owner = os.getpid()


def runtime() -> Runtime:
    """Return this process's Runtime, built at the first call. Raises NotStartedError before `start` or `use`."""
    if _process.runtime is not None and _process.owner == os.getpid():
        return _process.runtime
    if _process.settings is None:
        raise NotStartedError("workers.context.start(settings) comes before the first job")
    _process.runtime = bot.runtime.build(_process.settings)
    _process.owner = os.getpid()
    return _process.runtime


def stop() -> None:
    """Forget settings and Runtime, closing a Runtime that was built here."""
    if _process.runtime is not None and _process.settings is not None and _process.owner == os.getpid():
        _process.runtime.close()
    _process.settings = None
    _process.runtime = None
