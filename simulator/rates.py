"""LINE's rate limits per channel and endpoint, counted in fixed windows of real time."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


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
    "issue_short_lived": Rate(370, 1),
    "endpoint": Rate(1000, 60),
    "set_endpoint": Rate(1000, 60),
    "rich_menu_create": Rate(100, 3600),
    "rich_menu_delete": Rate(100, 3600),
    "rich_menu_list": Rate(10, 1),
}
"""Messaging API reference, "Rate limits"; endpoints not named here have 2,000 a second each."""
ONE_USER = "user "
"""Begins the name of the window in which the pushes to one person are counted; no endpoint has a space."""


class RateLimiter:
    """Counts calls by endpoint name. Changed limits live in memory only: a restart brings LINE's own back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._windows: dict[str, tuple[int, int]] = {}
        self._changed: dict[str, Rate] = {}
        self.one_user_per_minute: int | None = None
        """Pushes to one person: LINE refuses too many but tells no number, so there is none at first."""

    @property
    def changed(self) -> dict[str, int]:
        """The limits that differ from LINE's, in calls a second."""
        return {name: rate.calls for name, rate in self._changed.items()}

    def change(self, limits: Mapping[str, int | None]) -> None:
        """Set calls a second by endpoint; None brings LINE's own limit back. Counting starts anew."""
        with self._lock:
            for name, calls in limits.items():
                self._windows.pop(name, None)
                self._changed.pop(name, None)
                if calls is not None:
                    self._changed[name] = Rate(calls, 1)

    def clear(self) -> None:
        with self._lock:
            self._windows.clear()
            self._changed.clear()
            self.one_user_per_minute = None

    def allows(self, endpoint: str, now: float | None = None) -> bool:
        """Count one call; False when it is over the endpoint's limit. `now` is in monotonic seconds."""
        return self._count(endpoint, self._changed.get(endpoint) or LIMITS.get(endpoint, OTHERS), now)

    def allows_user(self, user_id: str, now: float | None = None) -> bool:
        """Count one push to this person; False when it is one too many within the minute."""
        most = self.one_user_per_minute
        return most is None or self._count(ONE_USER + user_id, Rate(most, 60), now)

    def _count(self, name: str, rate: Rate, now: float | None) -> bool:
        window = int((time.monotonic() if now is None else now) // rate.seconds)
        with self._lock:
            start, calls = self._windows.get(name, (window, 0))
            calls = calls + 1 if start == window else 1
            self._windows[name] = (window, calls)
        return calls <= rate.calls
