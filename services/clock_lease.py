"""Which clock process leads: one row, taken and renewed by a conditional UPDATE. The others stand by.

Leading only saves work: two clocks at once would send nothing twice, for every reminder is decided by a unique row.
Mechanical time counts, so that a simulated clock that jumps changes nobody's lead.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from sqlalchemy import CursorResult, or_, update
from sqlalchemy.orm import Session

from models.upsert import insert_or_ignore
from models.work import ClockLease

ROW = 1


def lead(session: Session, owner: str, now: dt.datetime, until: dt.datetime) -> bool:
    """Whether `owner` leads until `until` (mechanical time): it did already, or nobody does any more."""
    statement = (
        update(ClockLease)
        .where(ClockLease.id == ROW, or_(ClockLease.owner == owner, ClockLease.until <= now))
        .values(owner=owner, until=until)
        .execution_options(synchronize_session=False)
    )
    if cast("CursorResult[Any]", session.execute(statement)).rowcount == 1:
        return True
    return insert_or_ignore(session, ClockLease, {"id": ROW, "owner": owner, "until": until})


def step_down(session: Session, owner: str, now: dt.datetime) -> None:
    """Let another clock take over at once, if `owner` leads."""
    session.execute(
        update(ClockLease)
        .where(ClockLease.id == ROW, ClockLease.owner == owner)
        .values(until=now)
        .execution_options(synchronize_session=False)
    )
