"""The clock process: sweeps up what was left behind and plans the reminders that are due, every few seconds.

Two clocks at once do no harm: every reminder is decided by a unique row, every piece of work by its own.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Mapping

from sqlalchemy.exc import SQLAlchemyError

from bot.runtime import Runtime, build
from bot.settings import SettingsError, from_env
from services.traces import without_words

log = logging.getLogger(__name__)


def tick(runtime: Runtime) -> None:
    """One round of the clock. A database that is away is waited for; one half that fails leaves the other."""
    for part in (_remind, _sweep):
        try:
            part(runtime)
        except SQLAlchemyError as error:
            log.warning("the database is away: %s", type(error).__name__)
        except Exception as error:
            log.exception("the clock goes on", exc_info=without_words(error))


def _remind(runtime: Runtime) -> None:
    if runtime.reminders.plan():
        for channel_id in runtime.channels():
            runtime.queue.ring("dispatch", channel_id)  # when the queue is down, the sweep does the work


def _sweep(runtime: Runtime) -> None:
    runtime.sweep.run()


def run(runtime: Runtime, stopping: threading.Event) -> None:
    while not stopping.is_set():
        tick(runtime)
        stopping.wait(runtime.settings.sweep_seconds)
    runtime.close()


def main(env: Mapping[str, str]) -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        settings = from_env(env)
    except SettingsError as error:
        sys.stderr.write("\n".join(error.faults) + "\n")
        return 2
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    run(build(settings), stopping)
    return 0


if __name__ == "__main__":
    sys.exit(main(os.environ))
