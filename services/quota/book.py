"""The month's messages: how many are left, and what may still be sent when they run short.

Answers cost nothing and are never weighed. A word that is pushed may go out when, after it, enough is left for
everything the plan still needs this month that ranks higher (services.quota.order): low ranks give way first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.chat import Delivery, OutboxRequest, OutboxState
from models.line_limits import QuotaReading
from services.ports import Clock
from services.quota.forecast import Expected, expected, month_of, needed_after, plans
from services.quota.order import ANSWER, priority_of
from services.quota.reading import MINUTE, QuotaReader


@dataclass(frozen=True, slots=True)
class Budget:
    """Messages of one month; a request to ten people counts ten, however many bubbles it has."""

    limit: int | None
    """None: LINE sets no limit, or has not said any."""
    used: int
    """As LINE counts, and what has been sent since LINE said so."""
    reserved: int
    """Recipients of what stands unsent in the outbox."""

    @property
    def left(self) -> int | None:
        """What nothing else has a claim on yet, 0 at least; None without a limit."""
        return None if self.limit is None else max(self.limit - self.used - self.reserved, 0)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a sending would cost, for somebody to decide on (S-02)."""

    recipients: int
    messages: int
    """Of the quota."""
    left: int | None
    """Before it is sent; None without a limit."""
    limit: int | None
    dropped_first: tuple[str, ...]
    """Purposes of the plan that could not all be sent this month any more, the first to give way first."""
    allowed: bool
    """False: what ranks higher needs what is left."""


def budget(session: Session, channel_id: int, now: dt.datetime) -> Budget:
    """By the last reading of LINE's figures (QuotaBook.refresh); `now` is civil. Nothing leaves the process."""
    reading = session.get(QuotaReading, channel_id)
    if reading is None:
        return Budget(None, 0, _reserved(session, channel_id))
    used = reading.used + reading.sent_since if reading.month == month_of(now) else 0
    return Budget(reading.limit, used, _reserved(session, channel_id))


def _reserved(session: Session, channel_id: int) -> int:
    standing = (
        select(func.count(Delivery.id))
        .join(OutboxRequest, OutboxRequest.id == Delivery.outbox_id)
        .where(
            OutboxRequest.channel_id == channel_id,
            OutboxRequest.state == OutboxState.PENDING.value,
            Delivery.state == OutboxState.PENDING.value,
        )
    )
    return session.scalar(standing) or 0


def room(
    session: Session, channel_id: int, purpose: str, now: dt.datetime, coming: Sequence[Expected] | None = None
) -> int | None:
    """How many messages of this purpose may be queued now (`now` is civil); None: as many as one likes.

    `coming` is what `expected` says, for whoever asks several times at one moment.
    """
    rank = priority_of(purpose, plans(session))
    left = budget(session, channel_id, now).left
    if left is None or rank >= ANSWER:
        return None
    return max(left - needed_after(expected(session, now) if coming is None else coming, rank), 0)


def allows(session: Session, channel_id: int, purpose: str, cost: int, now: dt.datetime) -> bool:
    """Whether `cost` messages of this purpose may all be queued now (`now` is civil)."""
    may = room(session, channel_id, purpose, now)
    return may is None or cost <= may


def preview(
    session: Session,
    channel_id: int,
    purpose: str,
    recipients: int,
    now: dt.datetime,
    coming: Sequence[Expected] | None = None,
) -> Preview:
    """What a word to so many would cost and what would then be dropped first; `now` is civil, `coming` as of `room`."""
    standing = budget(session, channel_id, now)
    if standing.left is None:
        return Preview(recipients, recipients, None, None, (), allowed=True)
    coming = expected(session, now) if coming is None else coming
    rank = priority_of(purpose, plans(session))
    return Preview(
        recipients=recipients,
        messages=recipients,
        left=standing.left,
        limit=standing.limit,
        dropped_first=_dropped(coming, standing.left - recipients),
        allowed=rank >= ANSWER or standing.left - needed_after(coming, rank) >= recipients,
    )


def _dropped(coming: Sequence[Expected], left: int) -> tuple[str, ...]:
    """What no longer fits into `left` when the highest rank is served first; the lowest rank first."""
    dropped: dict[str, None] = {}
    for item in sorted(coming, key=lambda each: (-each.priority, each.planned_for)):
        left -= item.messages
        if left < 0:
            dropped[item.purpose] = None
    return tuple(reversed(dropped))


@dataclass(frozen=True)
class QuotaBook:
    """The quota as a process's Runtime has it: with LINE to ask, and the civil clock."""

    reader: QuotaReader
    clock: Clock

    def refresh(self, channel_id: int, *, older_than: dt.timedelta = MINUTE) -> None:
        """Ask LINE, at most once a minute. No transaction may be open here."""
        self.reader.refresh(channel_id, older_than=older_than)

    def budget(self, session: Session, channel_id: int) -> Budget:
        return budget(session, channel_id, self.clock.now())

    def room(self, session: Session, channel_id: int, purpose: str) -> int | None:
        return room(session, channel_id, purpose, self.clock.now())

    def allows(self, session: Session, channel_id: int, purpose: str, cost: int) -> bool:
        return allows(session, channel_id, purpose, cost, self.clock.now())

    def preview(self, session: Session, channel_id: int, purpose: str, recipients: int) -> Preview:
        return preview(session, channel_id, purpose, recipients, self.clock.now())
