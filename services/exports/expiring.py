"""Letting go of files whose days are over: the row stays, its files are discarded (services.retention.discarding)."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from models.export import Export, ExportState
from services.exports.ordering import key_of
from services.retention.discarding import discard


def over(now: dt.datetime) -> ColumnElement[bool]:
    """Whether an export's days are over at `now` (civil)."""
    return (Export.expires_at <= now) & (Export.state != ExportState.GONE.value)


def let_go(session: Session, now: dt.datetime, real: dt.datetime, limit: int) -> int:
    """Let go of some; returns of how many. `now` is civil, `real` mechanical."""
    wanted = select(Export).where(over(now)).order_by(Export.id).limit(limit).with_for_update(skip_locked=True)
    rows = session.scalars(wanted).all()
    for row in rows:
        discard(session, _keys(row), real)
        row.state, row.parts = ExportState.GONE.value, []
    return len(rows)


def _keys(row: Export) -> list[str]:
    """Of all its files; of one that was never finished also the part that its last attempt may have left behind."""
    unnamed = [key_of(row, len(row.parts) + 1)] if row.state == ExportState.WANTED.value else []
    return [*(part["key"] for part in row.parts), *unnamed]
