"""Work that is promised in the same transaction as what it follows from, and done later by a worker.

RQ only rings the bell: the row says what is owed, until when to wait before trying again, and when it was done.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.base import Sessions
from models.upsert import insert_or_ignore
from models.work import OwedJob
from services.ports import Clock

MAX_PAUSE = dt.timedelta(minutes=10)
WORKING = dt.timedelta(minutes=2)
"""Longer than any job may run: by then it has ended, or its worker is dead."""
AT_ONCE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""For a promise made where no mechanical time is at hand: due from the beginning."""
Work = Callable[[int], None]


class LaterError(Exception):
    """A job cannot be done yet and wants to be tried again. The message is logged: ids only.

    `pause`: after so long; left out: the longer, the oftener it was tried.
    """

    def __init__(self, message: str, pause: dt.timedelta | None = None) -> None:
        super().__init__(message)
        self.pause = pause


class GoesOnError(LaterError):
    """A part of the work is done and kept: the rest is due at once, and none of it counts as a try that failed."""


def owe(session: Session, job: str, subject_id: int, now: dt.datetime) -> None:
    """Promise `job` for a row; a promise that was kept before is made anew. `now` is mechanical time."""
    promise(session, job, subject_id)
    fresh = {"job": job, "subject_id": subject_id, "next_try_at": now, "created_at": now, "attempts": 0, "problem": ""}
    if insert_or_ignore(session, OwedJob, fresh):
        return
    session.execute(
        update(OwedJob)
        .where(OwedJob.job == job, OwedJob.subject_id == subject_id, OwedJob.done_at.is_not(None))
        .values(done_at=None, next_try_at=now, attempts=0, problem="")
    )


def owes(session: Session, job: str, subject_id: int) -> bool:
    """Whether `job` is promised for a row and not done yet; it may be under way."""
    open_one = select(OwedJob.id).where(OwedJob.job == job, OwedJob.subject_id == subject_id, OwedJob.done_at.is_(None))
    return session.scalar(open_one) is not None


def promise(session: Session, job: str, subject_id: int) -> None:
    """Remember to ring for a job once this transaction is committed."""
    session.info.setdefault("promised", []).append((job, subject_id))


def promised(session: Session) -> tuple[tuple[str, int], ...]:
    """What this session's transactions have promised so far."""
    return tuple(session.info.get("promised", ()))


def due(session: Session, now: dt.datetime, last: Collection[str] = (), limit: int = 200) -> list[tuple[str, int]]:
    """(job, subject id) of what is owed and due, oldest first; jobs of `last` only where there is room for them."""
    found = session.execute(
        select(OwedJob.job, OwedJob.subject_id)
        .where(OwedJob.done_at.is_(None), OwedJob.next_try_at <= now)
        .order_by(OwedJob.job.in_(last), OwedJob.id)
        .limit(limit)
    )
    return [(job, subject_id) for job, subject_id in found]


def perform(sessions: Sessions, clock: Clock, job: str, subject_id: int, work: Work) -> bool:
    """Do `work` when it is still owed, and mark it done. Whatever it raises leaves it owed, after a pause.

    Claiming pushes `next_try_at` ahead, so that the sweep does not ring again while the work is being done;
    work must all the same bear being done twice. Who makes the promise anew while the work is under way gives
    it another `next_try_at`: what was begun before is then not taken for done.
    """
    claim = (OwedJob.job == job, OwedJob.subject_id == subject_id, OwedJob.done_at.is_(None))
    with sessions() as session, session.begin():
        row = session.scalar(select(OwedJob).where(*claim).with_for_update())
        if row is None:
            return False
        row.attempts += 1
        row.next_try_at = mine = clock.real() + WORKING
        pause = min(dt.timedelta(seconds=2 ** min(row.attempts, 16)), MAX_PAUSE)

    def note(**values: Any) -> None:
        with sessions() as session, session.begin():
            session.execute(update(OwedJob).where(*claim, OwedJob.next_try_at == mine).values(**values))

    try:
        work(subject_id)
    except GoesOnError:
        note(problem="", attempts=0, next_try_at=clock.real())
        return False
    except LaterError as later:
        wait = pause if later.pause is None else later.pause
        note(problem=str(later), next_try_at=clock.real() + wait)
        return False
    except Exception as error:
        note(problem=type(error).__name__, next_try_at=clock.real() + pause)
        raise
    note(problem="", done_at=clock.real())
    return True
