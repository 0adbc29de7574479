"""How long a file of the register that was handed in on the desk is kept: until it is imported, a week at most."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.orm import Session

from models.register import ImportRun
from services.retention.discarding import discard

KEPT = dt.timedelta(days=7)


def over(now: dt.datetime) -> ColumnElement[bool]:
    """Whether nobody will import a run's file any more at `now` (civil)."""
    return and_(ImportRun.upload_key != "", ImportRun.started_at <= now - KEPT)


def let_go(session: Session, now: dt.datetime, real: dt.datetime, limit: int) -> int:
    """Let go of some; returns of how many. `now` is civil, `real` mechanical."""
    keys = session.scalars(select(ImportRun.upload_key).where(over(now)).limit(limit)).all()
    forget(session, keys, real)
    return len(keys)


def forget(session: Session, keys: Sequence[str], real: dt.datetime) -> None:
    """Nobody needs these files; `real` is mechanical."""
    discard(session, keys, real)
    session.execute(update(ImportRun).where(ImportRun.upload_key.in_(keys)).values(upload_key=""))
