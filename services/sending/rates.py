"""How fast each of LINE's endpoints may be called, counted over all processes in one row each.

The row is read and moved on in the transaction that decides what is sent. Replies are not counted: they answer people
one by one, far below their limit, and must not wait for anybody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.chat import OutboxRequest
from models.line_limits import RateWindow
from models.upsert import insert_or_ignore


@dataclass(frozen=True, slots=True)
class Rate:
    calls: int
    window: dt.timedelta


_SECOND, _HOUR = dt.timedelta(seconds=1), dt.timedelta(hours=1)
SAFETY = 0.5
"""Of LINE's limit: a sliding second may hold the end of one of our windows and the beginning of the next."""
LIMITS = {
    "push": Rate(2000, _SECOND),
    "multicast": Rate(200, _SECOND),
    "narrowcast": Rate(60, _HOUR),
    "broadcast": Rate(60, _HOUR),
}
"""LINE: rate limits, by endpoint."""
PAUSE = dt.timedelta(seconds=2)
"""After LINE said that it was too fast."""


def let_through(session: Session, rows: Sequence[OutboxRequest], now: dt.datetime) -> list[OutboxRequest]:
    """Those of the rows that may be sent now (mechanical); the others get the next window as `next_try_at`.

    Answers pass: they are few, and their chat waits for them.
    """
    passed = [row for row in rows if row.conversation_id is not None]
    groups: dict[tuple[int, str], list[OutboxRequest]] = {}
    for row in rows:
        if row.conversation_id is None:
            groups.setdefault((row.channel_id, row.kind), []).append(row)
    for (channel_id, endpoint), group in sorted(groups.items()):
        window = _window(session, channel_id, endpoint, now)
        free = _free(window, LIMITS[endpoint], now)
        window.calls += len(group[:free])
        passed += group[:free]
        for row in group[free:]:
            row.next_try_at = _next(window, LIMITS[endpoint], now)
    return sorted(passed, key=lambda row: row.id)


def pause(session: Session, channel_id: int, endpoint: str, now: dt.datetime) -> None:
    """LINE said 429 of the rate kind: nobody calls this endpoint for a moment (`now` is mechanical)."""
    if endpoint in LIMITS:
        _window(session, channel_id, endpoint, now).paused_until = now + max(PAUSE, LIMITS[endpoint].window)


def _window(session: Session, channel_id: int, endpoint: str, now: dt.datetime) -> RateWindow:
    insert_or_ignore(
        session,
        RateWindow,
        {"channel_id": channel_id, "endpoint": endpoint, "window_start": now, "calls": 0},
    )
    return session.scalars(
        select(RateWindow)
        .where(RateWindow.channel_id == channel_id, RateWindow.endpoint == endpoint)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _free(window: RateWindow, rate: Rate, now: dt.datetime) -> int:
    if window.paused_until is not None and now < window.paused_until:
        return 0
    if now >= window.window_start + rate.window:
        window.window_start, window.calls = now, 0
    return max(int(rate.calls * SAFETY) - window.calls, 0)


def _next(window: RateWindow, rate: Rate, now: dt.datetime) -> dt.datetime:
    opens = window.window_start + rate.window
    return max(opens, window.paused_until or opens, now)
