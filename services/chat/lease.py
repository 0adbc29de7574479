"""A chat belongs to one process at a time: a conditional UPDATE, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from sqlalchemy import CursorResult, Update, or_, update
from sqlalchemy.orm import Session

from models.chat import Conversation


class LeaseLostError(Exception):
    """Another process took the chat over; whatever this one has not committed must not be."""


def take(session: Session, conversation_id: int, owner: str, now: dt.datetime, until: dt.datetime) -> bool:
    """Whether `owner` now holds the chat until `until` (mechanical time). False: somebody else does."""
    free = or_(Conversation.lease_owner.is_(None), Conversation.lease_owner == owner, Conversation.lease_until < now)
    statement = (
        update(Conversation)
        .where(Conversation.id == conversation_id, free)
        .values(lease_owner=owner, lease_until=until)
        .execution_options(synchronize_session=False)
    )
    return _rows(session, statement) == 1


def renew(session: Session, conversation_id: int, owner: str, until: dt.datetime) -> None:
    """Hold on within the transaction that is about to write. Raises LeaseLostError."""
    statement = (
        update(Conversation)
        .where(Conversation.id == conversation_id, Conversation.lease_owner == owner)
        .values(lease_until=until)
        .execution_options(synchronize_session=False)
    )
    if _rows(session, statement) != 1:
        raise LeaseLostError


def release(session: Session, conversation_id: int, owner: str) -> None:
    statement = (
        update(Conversation)
        .where(Conversation.id == conversation_id, Conversation.lease_owner == owner)
        .values(lease_owner=None, lease_until=None)
        .execution_options(synchronize_session=False)
    )
    session.execute(statement)


def _rows(session: Session, statement: Update) -> int:
    return cast("CursorResult[Any]", session.execute(statement)).rowcount
