"""How many messages went out by each kind of call on each day, as LINE counts them for its delivery figures."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulator.clock import CivilClock
    from simulator.store import Store

JAPAN = dt.timezone(dt.timedelta(hours=9))
"""The days of these figures are Japan's (Messaging API reference, "Get number of sent ... messages")."""
FIRST_DAY = dt.date(2018, 3, 31)
"""Before it LINE did not count."""


class Statistics:
    """Counts by Japan's civil day. A message is one recipient reached, however many bubbles: LINE tells no unit."""

    def __init__(self, store: Store, clock: CivilClock) -> None:
        self._store = store
        self._clock = clock

    def count(self, kind: str, messages: int) -> None:
        sql = "INSERT INTO deliveries VALUES (?, ?, ?) ON CONFLICT (day, kind) DO UPDATE SET n = n + excluded.n"
        self._store.run(sql, (self._today().isoformat(), kind, messages))

    def delivered(self, kind: str, day: dt.date) -> dict[str, Any]:
        """LINE's answer for one day: `success` only once the day is over, since it is counted on the day after."""
        if day < FIRST_DAY:
            return {"status": "out_of_service"}
        if day >= self._today():
            return {"status": "unready"}
        row = self._store.row("SELECT n FROM deliveries WHERE day = ? AND kind = ?", (day.isoformat(), kind))
        return {"status": "ready", "success": int(row["n"]) if row else 0}

    def _today(self) -> dt.date:
        return self._clock.now().astimezone(JAPAN).date()
