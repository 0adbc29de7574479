"""Deadline reminders: who still owes hears it at the planned time, once; who has reported hears nothing.

Planning writes one row for each (entry, obligation, person), and its unique key is why nobody hears twice, however
many clocks run. Sending looks at the obligation again in its own transaction. Only the newest entry of each role is
sent: a service that comes back after days says what is true now, not everything that it missed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.base import Sessions
from models.broadcast import Broadcast
from services.ports import Clock
from services.quota.book import QuotaBook
from services.quota.forecast import Expected, expected
from services.reminders.asked import AskedResult, AskedWriter
from services.reminders.decision import Decision
from services.reminders.letters import Letter, LetterWriter
from services.reminders.plan import Due, Wanted, read_plan, silence_of
from services.reminders.province import Province
from services.reports.forms import FormCache
from services.texts import Texts

BATCH = 100
"""Words of one transaction: other writers wait no longer than for these, and no more of them are in memory."""


@dataclass(frozen=True)
class Reminders:
    sessions: Sessions
    clock: Clock
    texts: Texts
    forms: FormCache
    quota: QuotaBook

    def plan(self) -> list[int]:
        """Write what is due now into the outbox. Returns the new rows' ids, to be rung for."""
        now = self.clock.now()
        with self.sessions() as session:
            plan = read_plan(session, now)
            coming = expected(session, now) if plan.wanted else []
        rows = [row for some in _batches(plan.wanted) for row in self._write(some, coming, now)]
        if plan.unreachable:
            self._tell(plan.unreachable, now)
        return rows

    def write_asked(self, session: Session, broadcast: Broadcast, *, force: bool = False) -> AskedResult:
        """Write the reminder that a broadcast asks for into the outbox, in the caller's transaction."""
        writer = AskedWriter(LetterWriter(self.texts, self.forms), self.clock.now())
        return writer.write(session, broadcast, self.clock.real(), force=force)

    def _write(self, wanted: Sequence[Wanted], coming: Sequence[Expected], now: dt.datetime) -> list[int]:
        with self.sessions() as session:
            letters = LetterWriter(self.texts, self.forms).write(session, wanted, now)
        self._read_quota(letters)
        return self._decide(letters, coming, now)

    def _read_quota(self, letters: Iterable[Letter]) -> None:
        """LINE is asked before the first transaction, not within one."""
        for channel_id in sorted({letter.channel_id for letter in letters}):
            self.quota.refresh(channel_id)

    def _decide(self, letters: Sequence[Letter], coming: Sequence[Expected], now: dt.datetime) -> list[int]:
        with self.sessions() as session, session.begin():
            return Decision(session, self.texts, now, self.clock.real(), coming=coming).of(letters)

    def _tell(self, silent: Iterable[tuple[Due, tuple[str, ...]]], now: dt.datetime) -> None:
        """The province hears which districts nobody can be reached in: the last step of every escalation."""
        with self.sessions() as session, session.begin():
            for due, areas in silent:
                province = Province(session, self.texts, now)
                province.learns("notice.unreachable", due.campaign, due.round, silence_of(due), areas)


def _batches(wanted: Sequence[Wanted]) -> Iterator[Sequence[Wanted]]:
    yield from (wanted[start : start + BATCH] for start in range(0, len(wanted), BATCH))
