"""Taking in webhook events: one short transaction, after which LINE gets its 200 and nothing can be lost.

The inserted row is the queue of record and, by its unique `webhookEventId`, the de-duplication. LINE user ids
are replaced by our account ids and 13-digit national ids are masked before anything is written.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.reading.national_id import mask
from models.channel import Channel
from models.chat import Conversation, InboxEvent
from models.people import LineAccount
from models.upsert import insert_or_ignore
from services.groups.intake import Calls, for_us, kept_message, of_group

_LATEST = 253_402_300_799_000
"""ms; the end of the year 9999."""
_WRITTEN = frozenset({"text", "fileName", "title", "address"})
"""Parts of a message that hold words of people."""
_OF_A_GROUP = ("type", "mode", "webhookEventId", "deliveryContext", "timestamp", "replyToken", "unsend")
"""Parts of a group's event that are kept beside its message."""
_USER_ID = re.compile(r"U[0-9a-f]{32}")


class BadBodyError(Exception):
    """The body is signed but is no webhook body: not JSON, or without a list of events."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """The body of one call of LINE's."""

    destination: str
    """Our own user id; '' where LINE did not say."""
    events: list[dict[str, Any]]
    """As LINE wrote them."""


def parse(body: bytes) -> Webhook:
    """Read a webhook body. Raises BadBodyError."""
    try:
        data = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadBodyError from error
    events = data.get("events") if isinstance(data, dict) else None
    if not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
        raise BadBodyError
    destination = data.get("destination")
    known = isinstance(destination, str) and _USER_ID.fullmatch(destination)
    return Webhook(destination if known else "", events)


def know_ourselves(session: Session, channel_id: int, destination: str) -> None:
    """Write down under which user id LINE knows the channel."""
    session.execute(
        update(Channel)
        .where(Channel.id == channel_id, Channel.bot_user_id != destination)
        .values(bot_user_id=destination)
    )


def record(
    session: Session, channel_id: int, events: list[dict[str, Any]], now: dt.datetime, calls: Calls | None = None
) -> list[int]:
    """Store what is new among `events` (mechanical time `now`); returns the chats that have something to answer.

    Called inside the caller's transaction. An event of a type that nobody knows is stored all the same. `calls` tells
    which messages of a group are for us; without it none is.
    """
    # one order for all requests, or two of them with the same people would wait for each other
    chats = [_record_one(session, channel_id, event, now, calls) for event in sorted(events, key=_place)]
    return list(dict.fromkeys(chat for chat in chats if chat is not None))


def _place(event: Mapping[str, Any]) -> tuple[str, str]:
    source = event.get("source")
    who = str(sorted(source.items(), key=str)) if isinstance(source, dict) else ""
    return who, str(event.get("webhookEventId", ""))


def _record_one(
    session: Session, channel_id: int, event: dict[str, Any], now: dt.datetime, calls: Calls | None
) -> int | None:
    chat_id = _conversation(session, channel_id, event.get("source"), now)
    kept = _of_a_group(session, channel_id, event, calls) if of_group(event.get("source")) else _kept(event)
    answered = chat_id is not None and (not of_group(event.get("source")) or for_us(kept))
    message = event.get("message")
    message_id, timestamp = _message_id(event, message), _timestamp(event, now)
    insert_or_ignore(
        session,
        InboxEvent,
        {
            "channel_id": channel_id,
            "conversation_id": chat_id,
            "webhook_event_id": _event_id(event),
            "kind": str(event.get("type", "")),
            "line_message_id": message_id,
            "timestamp": timestamp,
            "payload": kept | {"timestamp": timestamp},
            "received_at": now,
            "handled_at": None if answered else now,
            "attempts": 0,
        },
    )
    return chat_id if answered else None


def _timestamp(event: Mapping[str, Any], now: dt.datetime) -> int:
    """LINE's time of the event in ms; the time of receipt where there is none that could be one."""
    value = event.get("timestamp")
    return value if isinstance(value, int) and 0 < value < _LATEST else round(now.timestamp() * 1000)


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


def _kept(event: dict[str, Any]) -> dict[str, Any]:
    """The event without LINE user ids; national ids in what somebody wrote are blotted out (and that is said)."""
    kept: dict[str, Any] = _without_user_ids({key: value for key, value in event.items() if key != "source"})
    message = kept.get("message")
    if isinstance(message, dict):
        masked = {key: mask(value) for key, value in message.items() if key in _WRITTEN and isinstance(value, str)}
        kept["message"] = {**message, **masked}
        kept["masked"] = any(masked[key] != message[key] for key in masked)
    return kept


def _of_a_group(session: Session, channel_id: int, event: dict[str, Any], calls: Calls | None) -> dict[str, Any]:
    """The event without what people say to each other; with our account of who calls us, where we have one."""
    kept: dict[str, Any] = _without_user_ids({key: event[key] for key in _OF_A_GROUP if key in event})
    message = event.get("message")
    if not isinstance(message, dict):
        return kept
    words, called = kept_message(message, calls)
    kept["message"] = _without_user_ids(words)
    if called:
        kept |= {"called": True, "account": _account(session, channel_id, event["source"].get("userId"))}
    return kept


def _account(session: Session, channel_id: int, line_user_id: object) -> int | None:
    """Whose account this is. Nobody gets one by what they say in a group."""
    known = LineAccount.channel_id == channel_id, LineAccount.line_user_id == str(line_user_id)
    return session.scalar(select(LineAccount.id).where(*known))


def _without_user_ids(part: Any) -> Any:
    """They stand in mentions and member lists too. A NUL, which PostgreSQL cannot store, goes as well."""
    if isinstance(part, dict):
        return {key: _without_user_ids(value) for key, value in part.items() if key not in {"userId", "userIds"}}
    if isinstance(part, list):
        return [_without_user_ids(value) for value in part]
    return part.replace("\0", "") if isinstance(part, str) else part


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
