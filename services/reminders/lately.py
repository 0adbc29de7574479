"""Who was reminded of a report a moment ago: a reminder by hand and one of the plan never reach anybody together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.campaign import Round
from models.obligation import Reminder
from services.reminders.entries import ASKED

LATELY = dt.timedelta(minutes=60)
"""Whoever was reminded of the same report within this time is left alone."""


def one_after_the_other(session: Session, round_ids: Collection[int]) -> None:
    """Nobody else decides on reminders of these rounds before this transaction has ended; reports go on coming in.

    Who waits here has to read what was decided after this, not before.
    """
    rounds = select(Round.id).where(Round.id.in_(round_ids)).order_by(Round.id)
    session.execute(rounds.with_for_update(key_share=True)).all()


def reminded_lately(
    session: Session, round_ids: Collection[int], now: dt.datetime, *, by_hand: bool = False
) -> dict[tuple[int, int], int]:
    """The request in the outbox by (account, obligation); `by_hand`: only what staff had asked for. `now` is civil."""
    found = (
        select(Reminder.account_id, Reminder.obligation_id, Reminder.outbox_id)
        .where(
            Reminder.round_id.in_(round_ids),
            Reminder.created_at > now - LATELY,
            Reminder.outbox_id.is_not(None),
        )
        .order_by(Reminder.id)
    )
    if by_hand:
        found = found.where(Reminder.entry.startswith(f"{ASKED}:"))
    return {(account, obligation): outbox for account, obligation, outbox in session.execute(found) if outbox}
