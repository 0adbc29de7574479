"""The chat that an event belongs to, made when somebody first writes."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.chat import Conversation
from models.people import LineAccount
from models.upsert import insert_or_ignore


def conversation_of(session: Session, channel_id: int, source: object, now: dt.datetime) -> int | None:
    """The chat an event belongs to, made on first contact. None for a source that nobody can answer."""
    if not isinstance(source, dict):
        return None
    group = source.get("groupId") or source.get("roomId")
    if group:
        return _group_chat(session, channel_id, str(group))
    user = source.get("userId")
    return _private_chat(session, channel_id, str(user), now) if user else None


def _group_chat(session: Session, channel_id: int, group_key: str) -> int:
    found = select(Conversation.id).where(Conversation.channel_id == channel_id, Conversation.group_key == group_key)
    chat_id = session.scalar(found)
    if chat_id is None:
        values = {"channel_id": channel_id, "group_key": group_key, "state": {}, "last_timestamp": 0}
        insert_or_ignore(session, Conversation, values)
        chat_id = session.scalars(found).one()
    return chat_id


def _private_chat(session: Session, channel_id: int, line_user_id: str, now: dt.datetime) -> int:
    found = (
        select(Conversation.id)
        .join(LineAccount, LineAccount.id == Conversation.account_id)
        .where(LineAccount.channel_id == channel_id, LineAccount.line_user_id == line_user_id)
    )
    chat_id = session.scalar(found)
    if chat_id is not None:
        return chat_id
    insert_or_ignore(
        session,
        LineAccount,
        {
            "channel_id": channel_id,
            "line_user_id": line_user_id,
            "display_name": "",
            "language": "",
            "chosen_language": "",
            "following": True,
            "failed_codes": 0,
            "created_at": now,
        },
    )
    account_id = session.scalars(
        select(LineAccount.id).where(LineAccount.channel_id == channel_id, LineAccount.line_user_id == line_user_id)
    ).one()
    values = {"channel_id": channel_id, "account_id": account_id, "state": {}, "last_timestamp": 0}
    insert_or_ignore(session, Conversation, values)
    return session.scalars(found).one()
