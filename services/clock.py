"""Two clocks in one object: civil time, which a demo may run ahead, and mechanical time, which it may not."""

from __future__ import annotations

import datetime as dt
import math
import threading
import time

from models.base import Sessions
from models.upsert import insert_or_ignore
from models.work import CivilClock


class ClockMovesBackError(Exception):
    """Civil time only moves forward: reminders sent cannot be unsent."""


class SystemClock:
    """The clock of a real installation: civil time is real time."""

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC)

    def real(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC)


class SimulatedClock:
    """Civil time at an offset kept in one database row, so that every process agrees. It ticks."""

    FRESH_SECONDS = 0.2
    """How long a process goes by what it has read: a move is known everywhere after as long."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._known = threading.Lock()
        self._offset = dt.timedelta()
        self._asked_at = float("-inf")

    def now(self) -> dt.datetime:
        with self._known:
            offset, asked_at = self._offset, self._asked_at
        if time.monotonic() - asked_at > self.FRESH_SECONDS:
            offset = self._ask()
        return self.real() + offset

    def _ask(self) -> dt.timedelta:
        """What the database says now; kept, unless another thread has asked later and knows it already.

        An answer is as old as its question, however long it was under way: a move may have overtaken it.
        """
        asked_at = time.monotonic()
        with self._sessions() as session:
            row = session.get(CivilClock, 1)
            offset = dt.timedelta(seconds=row.offset_seconds if row else 0)
        with self._known:
            if asked_at >= self._asked_at:
                self._offset, self._asked_at = offset, asked_at
        return offset

    def real(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC)

    def move_to(self, instant: dt.datetime) -> dt.datetime:
        """Set civil time to `instant` for every process. Raises ClockMovesBackError when that has gone by."""
        with self._sessions() as session, session.begin():
            insert_or_ignore(session, CivilClock, {"id": 1, "offset_seconds": 0})
            row = session.get_one(CivilClock, 1, with_for_update=True)
            if instant < self.real() + dt.timedelta(seconds=row.offset_seconds):
                raise ClockMovesBackError
            row.offset_seconds = self._offset_to(instant)
        return self.real() + self._ask()

    def start_at(self, instant: dt.datetime) -> None:
        """Where a new demo begins; does nothing when the clock was set before."""
        with self._sessions() as session, session.begin():
            insert_or_ignore(session, CivilClock, {"id": 1, "offset_seconds": self._offset_to(instant)})
        self._ask()

    def _offset_to(self, instant: dt.datetime) -> int:
        return math.ceil((instant - self.real()).total_seconds())
