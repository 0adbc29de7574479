"""The purge once a day, at night: promised by the clock, done by a worker."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.base import Sessions
from models.discarded import Discarded
from models.export import Export
from models.register import ImportRun
from models.work import OwedJob
from services import owed
from services.calendar import BANGKOK
from services.campaigns.retention import KINDS
from services.exports.expiring import over
from services.owed import GoesOnError, LaterError
from services.ports import Clock
from services.register import uploads
from services.retention.limits import limits
from services.retention.purge import Purge, spans_of
from services.sheets import expiring as drawn

PURGE = "purge"
FIRST_HOUR = 2
"""Local time from which a day's purge may run. A machine that is off at night does it when it is on again."""
AT_A_TIME = dt.timedelta(seconds=60)
"""Longest stretch of work in one job; a large purge takes several."""


@dataclass(frozen=True)
class Nightly:
    sessions: Sessions
    clock: Clock
    purge: Purge

    def plan(self) -> int | None:
        """Promise today's purge, once. Returns the day's number; None when there is nothing to promise."""
        local = self.clock.now().astimezone(BANGKOK)
        day = local.date().toordinal()
        if local.hour < FIRST_HOUR:
            return None
        with self.sessions() as session:
            promised = select(OwedJob.id).where(OwedJob.job == PURGE, OwedJob.subject_id == day)
            if session.scalar(promised) is not None or not self._anything(session):
                return None
        with self.sessions() as session, session.begin():
            owed.owe(session, PURGE, day, self.clock.real())
        return day

    def _anything(self, session: Session) -> bool:
        """Whether any campaign is over for long enough, bytes are left of a run that was cut off, or somebody's export
        is."""
        spans, now = spans_of(session), self.clock.now()
        if any(limits(spans, kind, now) for kind in KINDS):
            return True
        left = (
            select(Discarded.id),
            select(Export.id).where(over(now)),
            select(ImportRun.id).where(uploads.over(now)),
            select(OwedJob.id).where(drawn.over(self.clock.real())),
        )
        return any(session.scalar(each.limit(1)) is not None for each in left)

    def purge_job(self, day: int) -> None:
        """Raises GoesOnError when it is more than fits into one job, LaterError when the media store is away."""
        try:
            done = self.purge.run(longest=AT_A_TIME)
        except OSError as error:
            raise LaterError(f"purge {day}: {type(error).__name__}") from error
        if not done.all:
            raise GoesOnError(f"purge {day}: more to do")
