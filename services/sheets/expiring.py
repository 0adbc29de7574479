"""How long the drawn paper of a large area stays in the media store: it names heads of households, and is soon old."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from models.work import OwedJob
from services.retention.discarding import discard
from services.sheets.opening import JOB, code_of, files_of

KEPT = dt.timedelta(days=1)


def over(real: dt.datetime) -> ColumnElement[bool]:
    """Whether a file was drawn so long ago that whoever asked for it has it; `real` is mechanical."""
    return and_(OwedJob.job == JOB, OwedJob.done_at <= real - KEPT)


def let_go(session: Session, real: dt.datetime, limit: int) -> int:
    """Let go of some; returns of how many. Whoever asks again has it drawn anew."""
    rows = session.scalars(select(OwedJob).where(over(real)).limit(limit).with_for_update(skip_locked=True)).all()
    for row in rows:
        discard(session, files_of(code_of(row.subject_id)), real)
        session.delete(row)
    return len(rows)
