"""Writing down what LINE said to a batch, in one transaction: rows, recipients, rate, quota."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from models.chat import OutboxRequest
from services.ports import Clock, SendOutcome, SendResult
from services.quota import reading as quota_reading
from services.quota.gone import quota_gone
from services.sending import rates
from services.sending.deciding import Ready
from services.sending.results import Closing, all_pending, note

Answered = tuple[Ready, SendResult | None]
"""None: LINE was not called."""


def mark(session: Session, answered: Sequence[Answered], clock: Clock) -> list[int]:
    """Record every answer whose row stands unsent still. Returns the ids of those that are to be tried again."""
    by_id = {ready.row.id: (ready, result) for ready, result in answered}
    rows, now, closing = all_pending(session, by_id), clock.real(), Closing()
    again = [row.id for row in rows if not _mark_one(closing, row, *by_id[row.id], now)]
    closing.write(session)
    _note_limits(session, [(row, by_id[row.id]) for row in rows], clock)
    return again


def _mark_one(closing: Closing, row: OutboxRequest, ready: Ready, result: SendResult | None, now: dt.datetime) -> bool:
    if result is not None:
        return note(closing, row, result, now, frozen_before=ready.frozen_before)
    row.frozen, row.under_way_until, row.next_try_at = ready.frozen_before, None, now
    row.attempts -= 1
    return False


def _note_limits(session: Session, marked: Sequence[tuple[OutboxRequest, Answered]], clock: Clock) -> None:
    """What the answers say about how much, and how fast, LINE lets us send."""
    now = clock.real()
    for channel, endpoint in sorted({(row.channel_id, row.kind) for row in _of(marked, SendOutcome.RATE_LIMITED)}):
        rates.pause(session, channel, endpoint, now)
    for channel, recipients in _recipients(marked, SendOutcome.SENT).items():
        quota_reading.count_sent(session, channel, recipients, now)
    for channel in {row.channel_id for row in _of(marked, SendOutcome.QUOTA_GONE) if row.kind == "push"}:
        quota_reading.note_gone(session, channel, now)
    told = [(row, answer) for row, answer in marked if row.conversation_id is None]
    for channel, missed in _recipients(told, SendOutcome.QUOTA_GONE).items():
        quota_gone(session, channel, missed, clock.now())


def _of(marked: Iterable[tuple[OutboxRequest, Answered]], outcome: SendOutcome) -> list[OutboxRequest]:
    return [row for row, (_ready, result) in marked if result is not None and result.outcome is outcome]


def _recipients(marked: Iterable[tuple[OutboxRequest, Answered]], outcome: SendOutcome) -> dict[int, int]:
    """How many people, by channel, are in the requests that ended so."""
    counted: dict[int, int] = {}
    for row, (ready, result) in marked:
        if result is not None and result.outcome is outcome:
            counted[row.channel_id] = counted.get(row.channel_id, 0) + len(ready.to)
    return counted
