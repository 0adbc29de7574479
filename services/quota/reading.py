"""LINE's figures of the month's quota, and what we have sent since they were read.

LINE is asked outside any transaction, at most once a minute. Its figure lags behind what it has taken, so for some
minutes after a sending our own count is believed where it is higher.
"""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.base import Sessions
from models.line_limits import QuotaReading
from models.upsert import insert_or_ignore
from services.ports import Clock, LineGateway, Quota
from services.quota.forecast import month_of

log = logging.getLogger(__name__)

MINUTE = dt.timedelta(minutes=1)
SETTLED_AFTER = dt.timedelta(minutes=10)
"""So long after the last sending LINE's own figure is taken as it is, also where it is lower than our count."""


@dataclass(frozen=True)
class QuotaReader:
    sessions: Sessions
    line: LineGateway
    clock: Clock

    def refresh(self, channel_id: int, *, older_than: dt.timedelta = MINUTE) -> None:
        """Ask LINE when the reading is older than that or of another month. No transaction may be open here.

        Where LINE gives no answer the old reading stays, and is asked for again after a minute.
        """
        now, month = self.clock.real(), month_of(self.clock.now())
        with self.sessions() as session:
            before = session.get(QuotaReading, channel_id)
        if before is not None and before.month == month and now - before.read_at < older_than:
            return
        figures = self.line.quota()
        with self.sessions() as session, session.begin():
            _store(session, channel_id, figures, month, now)


def _store(session: Session, channel_id: int, figures: Quota | None, month: str, now: dt.datetime) -> None:
    """Note what LINE said; `now` is mechanical."""
    row = session.get(QuotaReading, channel_id, with_for_update=True)
    if figures is None:
        log.warning("channel %s: LINE does not say how much of the quota is left", channel_id)
        if row is not None:
            row.read_at = now
        return
    if row is None:
        values = {"limit": figures.limit, "used": figures.used, "month": month, "read_at": now, "sent_since": 0}
        insert_or_ignore(session, QuotaReading, {"channel_id": channel_id, **values})
        return
    lagging = row.month == month and row.counted_at is not None and now - row.counted_at < SETTLED_AFTER
    known = row.used + row.sent_since if lagging else 0
    row.limit, row.used, row.month, row.read_at = figures.limit, figures.used, month, now
    row.sent_since = max(known - figures.used, 0)
    if figures.limit is None or figures.used + row.sent_since < figures.limit:
        row.gone_at = None


def count_sent(session: Session, channel_id: int, recipients: int, now: dt.datetime) -> None:
    """Add what LINE has just taken (`now` is mechanical); without a reading nothing is lost: LINE will say."""
    if recipients:
        session.execute(
            update(QuotaReading)
            .where(QuotaReading.channel_id == channel_id)
            .values(sent_since=QuotaReading.sent_since + recipients, counted_at=now)
            .execution_options(synchronize_session=False)
        )


def note_gone(session: Session, channel_id: int, now: dt.datetime) -> None:
    """LINE refused a single message for the quota: for a minute nothing else is tried."""
    session.execute(
        update(QuotaReading)
        .where(QuotaReading.channel_id == channel_id)
        .values(gone_at=now)
        .execution_options(synchronize_session=False)
    )


def is_gone(session: Session, channel_id: int, now: dt.datetime) -> bool:
    """Whether LINE has said so within the last minute (`now` is mechanical)."""
    row = session.get(QuotaReading, channel_id)
    return row is not None and row.gone_at is not None and now - row.gone_at < MINUTE
