"""Taking in webhook events: one short transaction, after which LINE gets its 200 and nothing can be lost.

The inserted row is the queue of record and, by its unique `webhookEventId`, the de-duplication. LINE user ids
are replaced by our account ids and 13-digit national ids are masked before anything is written.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.reading.national_id import mask
from models.chat import Conversation, InboxEvent
from models.people import LineAccount
from models.upsert import insert_or_ignore


class BadBodyError(Exception):
    """The body is signed but is no webhook body: not JSON, or without a list of events."""


def parse(body: bytes) -> list[dict[str, Any]]:
    """The events of a webhook body, as LINE wrote them. Raises BadBodyError."""
    try:
        data = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadBodyError from error
    events = data.get("events") if isinstance(data, dict) else None
    if not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
        raise BadBodyError
    return events


def record(session: Session, channel_id: int, events: list[dict[str, Any]], now: dt.datetime) -> list[int]:
    """Store what is new among `events` (mechanical time `now`); returns the chats that have something to answer.

    Called inside the caller's transaction. An event of a type that nobody knows is stored all the same.
    """
    chats = [_record_one(session, channel_id, event, now) for event in events]
    return list(dict.fromkeys(chat for chat in chats if chat is not None))


def _record_one(session: Session, channel_id: int, event: dict[str, Any], now: dt.datetime) -> int | None:
    chat_id = _conversation(session, channel_id, event.get("source"), now)
    message = event.get("message")
    message_id = _message_id(event, message)
    insert_or_ignore(
        session,
        InboxEvent,
        {
            "channel_id": channel_id,
            "conversation_id": chat_id,
            "webhook_event_id": _event_id(event),
            "kind": str(event.get("type", "")),
            "line_message_id": message_id,
            "timestamp": _timestamp(event),
            "payload": _without_personal_ids(event),
            "received_at": now,
            "handled_at": now if chat_id is None else None,
            "attempts": 0,
        },
    )
    return chat_id


def _timestamp(event: Mapping[str, Any]) -> int:
    value = event.get("timestamp")
    return value if isinstance(value, int) else 0


def _message_id(event: Mapping[str, Any], message: object) -> str | None:
    source = message if isinstance(message, dict) else event.get("unsend")
    if not isinstance(source, dict):
        return None
    value = source.get("id") or source.get("messageId")
    return str(value) if value else None


def _event_id(event: dict[str, Any]) -> str:
    """LINE's webhookEventId; for an event without one, a digest of the event itself."""
    value = event.get("webhookEventId")
    if isinstance(value, str) and value:
        return value
    return hashlib.sha256(orjson.dumps(event, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _without_personal_ids(event: dict[str, Any]) -> dict[str, Any]:
    """The event without its LINE user id, and with national ids in a text blotted out (and said so)."""
    kept = {key: value for key, value in event.items() if key != "source"}
    message = event.get("message")
    if isinstance(message, dict):
        kept["message"] = {key: value for key, value in message.items() if key != "mention"}
        text = message.get("text")
        if isinstance(text, str):
            masked = mask(text)
            kept["message"]["text"] = masked
            kept["masked"] = masked != text
    return kept


def _conversation(session: Session, channel_id: int, source: object, now: dt.datetime) -> int | None:
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
