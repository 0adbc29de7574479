"""Reminders in the outbox whose hour has become one at which the plan lets nobody be written to: LINE was away, say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.campaign import Campaign, Round
from models.obligation import Reminder
from services.campaigns.stored_settings import working_days_of
from services.reminders.entries import entries


def held(session: Session, row_ids: Iterable[int], now: dt.datetime) -> frozenset[int]:
    """Which of these outbox rows wait for the end of quiet hours or for a working day; `now` is civil.

    What staff asked for by hand goes out when they say so, also where a word of the plan counts as said with it.
    """
    found = session.execute(
        select(Reminder.outbox_id, Reminder.entry, Reminder.round_id)
        .where(Reminder.outbox_id.in_(list(row_ids)))
        .distinct()
    ).all()
    quiet = {kind: _is_quiet(session, *kind, now) for kind in {(entry, round_id) for _row, entry, round_id in found}}
    loud = {row_id for row_id, entry, round_id in found if not quiet[entry, round_id]}
    return frozenset(row_id for row_id, _entry, _round_id in found if row_id is not None) - loud


def _is_quiet(session: Session, key: str, round_id: int, now: dt.datetime) -> bool:
    settings = session.get_one(Campaign, session.get_one(Round, round_id).campaign_id).settings
    entry = next((each for each in entries(settings) if each.key == key), None)
    return entry is not None and not entry.allowed(now, working_days_of(settings))
