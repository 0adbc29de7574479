"""Kills the web process at a named point and starts it again at once, as the supervisor of a host would."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.faults import AFTER_INBOX_COMMIT
from tests.faults.morning import TURNS
from tests.support.processes import wait_until
from tests.support.system import System

LOOKING = 0.02
"""Seconds between looks at the process."""


@dataclass
class Killer:
    """Arms the web process for one run after the other.

    A process starts in three seconds, so the one that takes over in the middle of a run is armed for the next run
    already: it is to die at the visits that this run has left, and then as many as the next one wants. A reply that it
    repeats for its predecessor is one more visit, so the next death may come a turn earlier; never in the same run.
    """

    system: System
    armed: tuple[str, int] = ("", 0)
    deaths: int = 0

    def arm(self, point: str, turn: int) -> None:
        """Let the web process die in the turn with this number (1 is the first) of the run that begins now."""
        if self.armed != (point, turn) or not self.system.is_running("web"):
            self.system.start("web", FAULT_POINT=f"{point}:{turn}")
        self.deaths = 0

    @contextmanager
    def watching(self, point: str, turn: int) -> Iterator[None]:
        """Start the web process again whenever it ends, armed for the next run."""
        done = threading.Event()
        watcher = threading.Thread(target=self._watch, args=(point, turn, done), daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()

    def wait_until_up(self) -> None:
        end = time.monotonic() + 120
        while not self.system.is_ready():
            assert time.monotonic() < end, "the web process did not come back"
            time.sleep(0.1)

    def wait_until_all_is_delivered(self) -> None:
        """LINE delivers again what the dead process did not confirm: that visit is this run's, and is counted here.

        People may have had their answer long before, from the process that took over.
        """

        def delivered() -> bool:
            count = self.system.simulator.state()["counters"]
            return bool(count["events"] == count["delivered"] + count["failed"])

        wait_until(delivered, seconds=120, what="the last redelivery")

    def _watch(self, point: str, turn: int, done: threading.Event) -> None:
        while not done.wait(LOOKING):
            if self.system.has_ended("web"):
                self.deaths += 1
                self.armed = (point, turn + 1) if turn < TURNS else ("", 0)
                left = TURNS - turn + (point == AFTER_INBOX_COMMIT)  # that event is delivered again
                again = f"{point}:{left + turn + 1}" if self.armed[0] else ""
                self.system.start_web_again(FAULT_POINT=again)
