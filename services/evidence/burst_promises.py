"""The promise to sum a burst of photos up: each further message puts it off by a moment (services.chat.bursts)."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.chat import Conversation
from models.people import LineAccount
from models.upsert import insert_or_ignore
from models.work import OwedJob

JOB = "burst_summary"
QUIET = dt.timedelta(seconds=3)
"""Nothing has come for so long: the burst is over."""


def promise(session: Session, account: LineAccount, now: dt.datetime) -> None:
    """Owe the chat of `account` its summary, a moment after `now` (mechanical). The sweep rings for it: no sooner."""
    chat_id = session.scalars(select(Conversation.id).where(Conversation.account_id == account.id)).one()
    due = now + QUIET
    fresh = {"job": JOB, "subject_id": chat_id, "next_try_at": due, "created_at": now, "attempts": 0, "problem": ""}
    if not insert_or_ignore(session, OwedJob, fresh):
        session.execute(
            update(OwedJob)
            .where(OwedJob.job == JOB, OwedJob.subject_id == chat_id)
            .values(done_at=None, next_try_at=due, attempts=0, problem="")
        )
