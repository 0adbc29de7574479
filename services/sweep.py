"""Finding what was left behind: by a process that died, a bell that nobody heard, a pause that is over.

Every few seconds the clock rings again for whatever the tables say is undone. When the queue is down too, the
clock does the work itself, slowly but surely.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from models.base import Sessions
from models.chat import OutboxRequest, OutboxState
from services import owed
from services.chat.waiting import waiting_conversations
from services.ports import Clock, JobQueue
from services.traces import without_words
from services.webhooks import telling

log = logging.getLogger(__name__)

LEFT_BEHIND = dt.timedelta(seconds=2)
"""Younger work is most likely being done right now by the process that took it in."""

PATIENT = frozenset({telling.JOB})
"""Calls to other people's systems, as slow as they like to be: rung for after all else, and never done by the clock."""


@dataclass(frozen=True)
class Sweep:
    sessions: Sessions
    clock: Clock
    queue: JobQueue
    work: Mapping[str, Callable[[int], None]]
    """What each job does, for when the queue is down."""
    grace: dt.timedelta = LEFT_BEHIND

    def run(self) -> int:
        """Ring for everything undone; returns how many jobs that were."""
        found = self.find()
        for job, subject_id in found:
            if not self.queue.ring(job, subject_id) and job not in PATIENT:
                self._do_it_here(job, subject_id)
        return len(found)

    def find(self) -> list[tuple[str, int]]:
        """(job, subject id) of all that is undone and due."""
        now = self.clock.real()
        with self.sessions() as session:
            chats = waiting_conversations(session, now, self.grace)
            channels = session.scalars(
                select(OutboxRequest.channel_id)
                .where(
                    OutboxRequest.state == OutboxState.PENDING.value,
                    OutboxRequest.conversation_id.is_(None),
                    OutboxRequest.next_try_at <= now,
                )
                .distinct()
                .order_by(OutboxRequest.channel_id)
            )
            jobs = [("drain", chat) for chat in chats] + [("dispatch", channel) for channel in channels]
            return jobs + owed.due(session, now, PATIENT)

    def _do_it_here(self, job: str, subject_id: int) -> None:
        try:
            self.work[job](subject_id)
        except Exception as error:
            log.exception("%s %s failed; it stays owed", job, subject_id, exc_info=without_words(error))
