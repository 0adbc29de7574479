"""Sending many requests in few transactions: decide on a batch, send it over a few threads, mark it, take the next.

A commit costs the disk's time, one call to LINE the network's: neither is spent once a recipient. A process that dies
in the middle loses nothing, for the rows are still there, and says nothing twice, for each has its retry key.
"""

from __future__ import annotations

import datetime as dt
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from sqlalchemy import select

from bot.faults import IN_A_BATCH, Faults
from models.base import Sessions
from models.chat import OutboxRequest, OutboxState
from services.ports import Clock
from services.quota.reading import QuotaReader
from services.sending import marking
from services.sending.deciding import Ready, decide
from services.sending.marking import Answered
from services.sending.sender import Sender

log = logging.getLogger(__name__)

BATCH = 100
THREADS = 8
"""At once on the wire: at a tenth of a second a call, a batch takes little more than a second."""
AT_MOST = dt.timedelta(seconds=20)
"""One run; what is left then is the next one's, so that a worker gets round to other jobs."""


@dataclass(frozen=True)
class Dispatch:
    sessions: Sessions
    sender: Sender
    quota: QuotaReader
    clock: Clock
    faults: Faults
    batch: int = BATCH
    threads: int = THREADS
    at_most: dt.timedelta = field(default=AT_MOST)

    def run(self, channel_id: int) -> int:
        """Send all that is due on the channel, batch by batch; returns how many requests LINE was asked to take.

        Answers are not among it: they are sent in their chat's order.
        """
        until, asked = self.clock.real() + self.at_most, 0
        with ThreadPoolExecutor(self.threads, thread_name_prefix="dispatch") as pool:
            while row_ids := self._due(channel_id):
                self.quota.refresh(channel_id)
                asked += self._send(pool, row_ids)
                if self.clock.real() >= until:
                    log.info("channel %s: more is due after %s requests", channel_id, asked)
                    break
        return asked

    def _due(self, channel_id: int) -> list[int]:
        with self.sessions() as session:
            found = session.scalars(
                select(OutboxRequest.id)
                .where(
                    OutboxRequest.state == OutboxState.PENDING.value,
                    OutboxRequest.next_try_at <= self.clock.real(),
                    OutboxRequest.conversation_id.is_(None),
                    OutboxRequest.channel_id == channel_id,
                )
                .order_by(OutboxRequest.next_try_at, OutboxRequest.id)
                .limit(self.batch)
            )
            return list(found)

    def _send(self, pool: ThreadPoolExecutor, row_ids: list[int]) -> int:
        with self.sessions() as session, session.begin():
            ready = decide(session, row_ids, self.clock)
        answered = list(pool.map(self._call, ready))
        if answered:
            with self.sessions() as session, session.begin():
                marking.mark(session, answered, self.clock)
        return sum(result is not None for _ready, result in answered)

    def _call(self, ready: Ready) -> Answered:
        result = self.sender.call(ready)
        self.faults.reach(IN_A_BATCH)
        return ready, result
