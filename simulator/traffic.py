"""The raw traffic between platform and bot, for the event log of the page: the latest 2,000 exchanges."""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Any, Literal

from simulator.clock import iso

if TYPE_CHECKING:
    from simulator.clock import CivilClock

KEPT = 2000
LONGEST = 20_000
"""Characters of a body that are kept: a 2 MB body has no place in a log that a browser polls."""


class Traffic:
    """A ring of log entries. Sequence numbers begin at the real time in ms, so they grow over restarts too."""

    def __init__(self, clock: CivilClock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._seq = int(time.time() * 1000)
        self._entries: deque[dict[str, Any]] = deque(maxlen=KEPT)

    def note(
        self, direction: Literal["in", "out"], request: tuple[str, str], status: int | None, body: bytes, note: str = ""
    ) -> None:
        """Log one exchange. `request` is method and path; "out" is platform to bot; status None means no answer."""
        text = body[:LONGEST].decode("utf-8", "replace")
        entry = {
            "at": iso(self._clock.now()),
            "direction": direction,
            "method": request[0],
            "path": request[1],
            "status": status,
            "body": text,
            "note": note,
        }
        with self._lock:
            self._seq += 1
            self._entries.append({"seq": self._seq, **entry})

    def after(self, seq: int) -> tuple[list[dict[str, Any]], int]:
        """Entries later than `seq`, newest last, and the sequence number to ask from next."""
        with self._lock:
            return [entry for entry in self._entries if entry["seq"] > seq], self._seq

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
