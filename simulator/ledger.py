"""What LINE would count and bill: messages per recipient, the month's quota, and totals for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.clock import CivilClock
    from simulator.store import Store

COUNTERS = ("events", "delivered", "failed", "replies", "pushes", "billed")


class Ledger:
    """Counters and the monthly quota. A month is a civil month in Thailand (LINE does not say which it takes)."""

    def __init__(self, store: Store, clock: CivilClock, default_limit: int | None) -> None:
        self._store = store
        self._clock = clock
        self._default = "none" if default_limit is None else str(default_limit)

    def count(self, name: str, n: int = 1) -> None:
        self._store.run(
            "INSERT INTO counters VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET n = n + excluded.n", (name, n)
        )

    def bill(self, recipients: int) -> None:
        """One message for each recipient, however many bubbles (LINE's pricing rules)."""
        self.count("billed", recipients)
        sql = "INSERT INTO usage VALUES (?, ?) ON CONFLICT (month) DO UPDATE SET n = n + excluded.n"
        self._store.run(sql, (self._month(), recipients))

    def counters(self) -> dict[str, int]:
        found = {row["name"]: int(row["n"]) for row in self._store.rows("SELECT name, n FROM counters")}
        return {name: found.get(name, 0) for name in COUNTERS}

    @property
    def limit(self) -> int | None:
        """Messages a month; None means no limit."""
        value = self._store.meta("quota_limit", self._default)
        return None if value == "none" else int(value)

    def set_limit(self, limit: int | None) -> None:
        self._store.set_meta("quota_limit", "none" if limit is None else str(limit))

    def used(self) -> int:
        row = self._store.row("SELECT n FROM usage WHERE month = ?", (self._month(),))
        return int(row["n"]) if row else 0

    def set_used(self, messages: int) -> None:
        """Pretend that so many were sent this month, as from LINE's own manager."""
        sql = "INSERT INTO usage VALUES (?, ?) ON CONFLICT (month) DO UPDATE SET n = excluded.n"
        self._store.run(sql, (self._month(), messages))

    @property
    def reserved(self) -> int:
        """Messages held back for another send that is still under way: not yet used, no longer free."""
        return int(self._store.meta("quota_reserved", "0"))

    def set_reserved(self, messages: int) -> None:
        self._store.set_meta("quota_reserved", str(messages))

    def allows(self, planned: int) -> bool:
        """Whether so many can be reserved: LINE does so for all it is to send to, then bills whom it reached."""
        limit = self.limit
        return limit is None or self.used() + self.reserved + planned <= limit

    def consumption(self, *, stale: bool = False) -> int:
        """The figure LINE tells, which is approximate: a stale one is that of the reading before (0 without one)."""
        month, _, before = self._store.meta("consumption_told", "").partition(" ")
        if stale:
            return int(before) if month == self._month() else 0
        used = self.used()
        self._store.set_meta("consumption_told", f"{self._month()} {used}")
        return used

    def _month(self) -> str:
        return self._clock.now().strftime("%Y-%m")
