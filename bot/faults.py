"""Named points at which a fault run kills this process, to prove that nothing is lost there.

In production no point is set and `reach` does nothing. The points are part of the flow of one event: see
docs/architecture.md, "One event".
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field

AFTER_INBOX_COMMIT = "after_inbox_commit"
AFTER_TURN_COMMIT = "after_turn_commit"
AFTER_REPLY_SENT = "after_reply_sent"
"""The request is out; its answer has not been looked at."""
BEFORE_REPLY_MARKED = "before_reply_marked"
"""LINE has said yes; our row does not know it yet."""
IN_A_BATCH = "in_a_batch"
"""One request of a batch is out, others are or are not, and none of it is marked."""
IN_A_PURGE = "in_a_purge"
"""Rows have let go of what they held; the bytes are still there."""

POINTS = (AFTER_INBOX_COMMIT, AFTER_TURN_COMMIT, AFTER_REPLY_SENT, BEFORE_REPLY_MARKED)
"""Of a chat's turn."""
SENDING_POINTS = (IN_A_BATCH,)
"""Of what is sent to many."""
KEEPING_POINTS = (IN_A_PURGE,)
"""Of what is removed when it has been kept long enough."""


def _kill_this_process() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class Faults:
    """Dies at `point`, at the visit whose number is `visit` (1 = the first)."""

    point: str = ""
    visit: int = 1
    die: Callable[[], None] = _kill_this_process
    _visits: int = field(default=0, init=False)

    @staticmethod
    def parse(text: str) -> Faults:
        """`after_turn_commit:3` dies at the third visit; the empty text never dies. Raises ValueError."""
        point, _, visit = text.partition(":")
        if point and point not in POINTS + SENDING_POINTS + KEEPING_POINTS:
            raise ValueError(f"no such fault point: {point}")
        return Faults(point, int(visit or 1))

    def reach(self, point: str) -> None:
        if point != self.point:
            return
        self._visits += 1
        if self._visits == self.visit:
            self.die()
