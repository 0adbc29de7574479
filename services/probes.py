"""Checks that leave the process, for a page that cannot wait: each has until a moment, and goes on behind it.

A check that hangs is begun once, however often somebody looks; what it finds in the end is shown to whoever looks next.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from services.doctor import Finding
from services.traces import without_words

log = logging.getLogger("tidtam.probes")

FRESH = 5.0
"""Seconds in which a check is not made again: several people may look at one time."""
KEPT = 60.0
"""Seconds for which an answer that came too late for one page stands in the next."""
NEVER = float("-inf")


@dataclass
class _Probe:
    look: Callable[[], Finding]
    found: Finding | None = None
    at: float = NEVER
    """When it was found, by the monotonic clock."""
    thread: threading.Thread | None = None

    def run(self) -> None:
        try:
            self.found = self.look()
        except Exception as error:
            log.exception("a check of the system failed", exc_info=without_words(error))
            self.found = None
        self.at = time.monotonic()


@dataclass
class Probes:
    """Shared by the threads of a process. The checks have time-outs of their own."""

    looks: Mapping[str, Callable[[], Finding]]
    _probes: dict[str, _Probe] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, seconds: float) -> dict[str, Finding | None]:
        """What each check finds, by its name; None for one that has not answered after so long."""
        end = time.monotonic() + seconds
        for probe in self._begin():
            if probe.thread is not None:
                probe.thread.join(max(end - time.monotonic(), 0))
        now = time.monotonic()
        return {name: probe.found if now - probe.at < KEPT else None for name, probe in self._probes.items()}

    def _begin(self) -> list[_Probe]:
        with self._lock:
            for name, look in self.looks.items():
                probe = self._probes.setdefault(name, _Probe(look))
                busy = probe.thread is not None and probe.thread.is_alive()
                if not busy and time.monotonic() - probe.at >= FRESH:
                    # a daemon: a check that hangs keeps no process from ending
                    probe.thread = threading.Thread(target=probe.run, name=f"probe-{name}", daemon=True)
                    probe.thread.start()
            return list(self._probes.values())
