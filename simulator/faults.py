"""Misbehaviour on demand: the next few calls of a kind go wrong, as LINE and the network do now and then."""

from __future__ import annotations

import threading
from dataclasses import dataclass

KINDS = (
    "rate_limit",
    "quota_gone",
    "stale_consumption",
    "server_error",
    "timeout",
    "drop_after_send",
    "content_not_ready",
    "content_gone",
    "duplicate_event",
    "hold_events",
)


@dataclass(slots=True)
class Fault:
    kind: str
    path: str
    """Part of the request's path, or of the event's type for duplicate_event and hold_events; empty means every."""
    times: int


class Faults:
    """The faults still to come. Kept in memory only: a restart heals."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []

    def add(self, kind: str, path: str = "", times: int = 1) -> None:
        """Raises ValueError for an unknown kind or a count under 1."""
        if kind not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(KINDS)}")
        if times < 1:
            raise ValueError("times must be at least 1")
        with self._lock:
            self._faults.append(Fault(kind, path, times))

    def take(self, kind: str, path: str = "") -> bool:
        """Whether this call is to misbehave; counts it when so."""
        if not self._faults:
            return False
        with self._lock:
            for fault in self._faults:
                if fault.kind == kind and fault.path in path:
                    fault.times -= 1
                    self._faults = [each for each in self._faults if each.times > 0]
                    return True
        return False

    def clear(self) -> None:
        with self._lock:
            self._faults = []
