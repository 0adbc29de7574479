"""LINE's rate limits per channel and endpoint, counted in fixed windows of real time."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    calls: int
    seconds: int


OTHERS = Rate(2000, 1)
LIMITS = {
    "multicast": Rate(200, 1),
    "loading": Rate(100, 1),
    "broadcast": Rate(60, 3600),
    "narrowcast": Rate(60, 3600),
    "webhook_test": Rate(60, 3600),
}
"""Messaging API reference, "Rate limits"; endpoints not named here have 2,000 a second each."""


class RateLimiter:
    """Counts calls by endpoint name."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._windows: dict[str, tuple[int, int]] = {}

    def allows(self, endpoint: str, now: float | None = None) -> bool:
        """Count one call; False when it is over the endpoint's limit. `now` is in monotonic seconds."""
        rate = LIMITS.get(endpoint, OTHERS)
        window = int((time.monotonic() if now is None else now) // rate.seconds)
        with self._lock:
            start, calls = self._windows.get(endpoint, (window, 0))
            calls = calls + 1 if start == window else 1
            self._windows[endpoint] = (window, calls)
        return calls <= rate.calls
