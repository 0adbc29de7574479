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
from sqlalchemy import update
from sqlalchemy.orm import Session

from models.channel import Channel
from models.chat import InboxEvent
from models.upsert import insert_or_ignore
from services.chat.conversations import conversation_of
from services.chat.kept_events import kept_of_chat, kept_of_group
from services.groups.intake import Calls, for_us, of_group

_LATEST = 253_402_300_799_000
"""ms; the end of the year 9999."""
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
    chat_id = conversation_of(session, channel_id, event.get("source"), now)
    kept = kept_of_group(session, channel_id, event, calls) if of_group(event.get("source")) else kept_of_chat(event)
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
