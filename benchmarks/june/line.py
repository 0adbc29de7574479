"""LINE as a recorder that bills as LINE does: a recipient a message, a retry key once, nothing beyond the quota.

Whoever wants LINE's own HTTP plays against the simulator (simulated.py).
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from services.ports import Quota, SendOutcome, SendResult
from tests.support.fake_line import FakeLine

RATE_LIMITED = SendResult(SendOutcome.RATE_LIMITED, 429, "rate", (), "The API rate limit has been exceeded.")
QUOTA_GONE = SendResult(SendOutcome.QUOTA_GONE, 429, "quota", (), "You have reached your monthly limit.")


class Killed(BaseException):
    """The process has died; nothing that follows it is done."""


@dataclass(frozen=True, slots=True)
class Heard:
    user_id: str
    at: dt.datetime
    """Civil time."""


@dataclass(kw_only=True)
class BillingLine(FakeLine):
    """What is sent, and what it costs; the tests' fake does the rest."""

    now: Callable[[], dt.datetime]
    limit: int | None = 300
    silent_about_quota: bool = False
    """LINE does not say how much is left: only its refusals do."""
    heard: list[Heard] = field(default_factory=list)
    refuse_next: int = 0
    """So many sending calls are told that they come too fast."""
    die_after: int | None = None
    """After so many sending calls more the process dies: LINE has taken the last one, nobody knows of it."""
    repeated: int = 0
    """Calls with a retry key that had been taken before: 409, not billed."""
    refusals: dict[str, int] = field(default_factory=lambda: {"rate": 0, "quota": 0})
    _keys: set[str] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def billed(self) -> int:
        return len(self.heard)

    def push(self, body: Mapping[str, Any], retry_key: str) -> SendResult:
        return self._take([body["to"]], retry_key)

    def multicast(self, body: Mapping[str, Any], retry_key: str) -> SendResult:
        return self._take(body["to"], retry_key)

    def _take(self, recipients: list[str], retry_key: str) -> SendResult:
        with self._lock:
            if self.refuse_next:
                self.refuse_next -= 1
                self.refusals["rate"] += 1
                return RATE_LIMITED
            if retry_key in self._keys:
                self.repeated += 1
                return SendResult(SendOutcome.SENT, 409, "accepted before")
            if self.limit is not None and self.billed + len(recipients) > self.limit:
                self.refusals["quota"] += 1
                return QUOTA_GONE
            self._keys.add(retry_key)
            self.heard += [Heard(user_id, self.now()) for user_id in recipients]
            self._maybe_die()
            return SendResult(SendOutcome.SENT, 200, "taken", (f"bubble{len(self._keys)}",))

    def _maybe_die(self) -> None:
        if self.die_after is None:
            return
        self.die_after -= 1
        if self.die_after <= 0:
            self.die_after = None
            raise Killed

    def quota(self) -> Quota | None:
        return None if self.silent_about_quota else Quota(self.limit, self.billed)
