"""Work that was tried again and again and is still owed: who looks after the server must know of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from models.work import OwedJob

STUCK = 3
"""Tries after which a job that is still owed is told of."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """The jobs of one kind."""

    job: str
    number: int
    tries: int
    """Of the one that was tried most."""
    since: dt.datetime
    """When the oldest was promised. Mechanical time."""
    problem: str
    """What the last try of one of them ended with: the kind of fault, or ids; never anybody's words."""


def stuck(session: Session) -> tuple[Stuck, ...]:
    """The kinds of which most is stuck first."""
    number = func.count(OwedJob.id)
    rows = session.execute(
        select(OwedJob.job, number, func.max(OwedJob.attempts), func.min(OwedJob.created_at), func.max(OwedJob.problem))
        .where(*_stuck())
        .group_by(OwedJob.job)
        .order_by(number.desc(), OwedJob.job)
    )
    return tuple(Stuck(*row) for row in rows)


def count_stuck(session: Session) -> int:
    return session.scalar(select(func.count(OwedJob.id)).where(*_stuck())) or 0


def _stuck() -> tuple[ColumnElement[bool], ...]:
    return OwedJob.done_at.is_(None), OwedJob.attempts >= STUCK, OwedJob.problem != ""
