"""The clock process: sweeps up what was left behind and plans the reminders that are due, every few seconds.

One leads and the others stand by until its lease runs out. Even two that lead at once do no harm: every reminder is
decided by a unique row, every piece of work by its own. Nothing here is a cron: what is due is asked of the tables,
in Bangkok's time whatever the machine's zone is, so a tick that was missed or late loses nothing.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import signal
import sys
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from sqlalchemy.exc import SQLAlchemyError

from bot.runtime import Runtime, build
from bot.settings import SettingsError, from_env
from services import clock_lease
from services.traces import without_words

log = logging.getLogger(__name__)


LEADS, STANDS_BY = "this clock leads", "this clock stands by"
LEASE_TICKS = 4
SHORTEST_LEASE = dt.timedelta(seconds=2)


@dataclass
class Lead:
    """A process's claim to be the one clock that works. The log says whenever it is gained or lost."""

    runtime: Runtime
    owner: str = field(default_factory=lambda: uuid.uuid4().hex)
    _held: bool | None = None

    def holds(self) -> bool:
        """Take or renew it. False: another process leads, or the database does not answer."""
        held = self._take()
        if held is not self._held:
            log.info(LEADS if held else STANDS_BY)
            self._held = held
        return held

    def _take(self) -> bool:
        now = self.runtime.clock.real()
        try:
            with self.runtime.sessions() as session, session.begin():
                return clock_lease.lead(session, self.owner, now, now + self._length)
        except SQLAlchemyError as error:
            log.warning("the database is away: %s", type(error).__name__)
            return False

    def release(self) -> None:
        """Let a standby take over at once."""
        with suppress(SQLAlchemyError), self.runtime.sessions() as session, session.begin():
            clock_lease.step_down(session, self.owner, self.runtime.clock.real())

    @property
    def _length(self) -> dt.timedelta:
        """A few ticks: one that was late loses nothing, and a standby does not wait long for a dead leader."""
        return max(LEASE_TICKS * dt.timedelta(seconds=self.runtime.settings.sweep_seconds), SHORTEST_LEASE)


def tick(runtime: Runtime, leads: Callable[[], bool] = lambda: True) -> None:
    """One round of the clock. A database that is away is waited for; one part that fails leaves the others.

    `leads` is asked before each part, which may take long: whoever does not lead any more stops.
    """
    for part in (_begin, _remind, _broadcast, _leave_groups, _purge, _sweep):
        if not leads():
            return
        try:
            part(runtime)
        except SQLAlchemyError as error:
            log.warning("the database is away: %s", type(error).__name__)
        except Exception as error:
            log.exception("the clock goes on", exc_info=without_words(error))


def _begin(runtime: Runtime) -> None:
    """Before the reminders of its opening speak of a campaign, the commands do."""
    runtime.campaigns.begin()


def _remind(runtime: Runtime) -> None:
    if runtime.reminders.plan():
        for channel_id in runtime.channels():
            runtime.queue.ring("dispatch", channel_id)  # when the queue is down, the sweep does the work


def _leave_groups(runtime: Runtime) -> None:
    """Promised only: the sweep rings for it."""
    runtime.group_leaving.plan()


def _purge(runtime: Runtime) -> None:
    """Promised only, like the groups' leaving."""
    runtime.nightly.plan()


def _broadcast(runtime: Runtime) -> None:
    for row in runtime.broadcasts.tick():
        if not runtime.queue.ring("send_broadcast", row):
            break  # it is owed: the sweep finds it


def _sweep(runtime: Runtime) -> None:
    runtime.sweep.run()


def run(runtime: Runtime, stopping: threading.Event) -> None:
    lead = Lead(runtime)
    every = runtime.settings.sweep_seconds
    while not stopping.is_set():
        began = time.monotonic()
        tick(runtime, lead.holds)
        # counted from the beginning, so that long ticks do not add up to a drift
        stopping.wait(max(began + every - time.monotonic(), every / 10))
    lead.release()
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
