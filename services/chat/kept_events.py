"""What is kept of an event: no LINE user ids, no national ids, and of a group no more than calls us."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.reading.national_id import mask
from models.people import LineAccount
from services.groups.intake import Calls, kept_message

_IDS = frozenset(
    [
        "id",
        "messageId",
        "quotedMessageId",
        "webhookEventId",
        "packageId",
        "stickerId",
        "groupId",
        "roomId",
        "replyToken",
        "quoteToken",
        "markAsReadToken",
        "data",
        "hash",
        "hwid",
        "nonce",
        "deviceId",
    ]
)
"""Strings of LINE's, or of our own buttons (data): never words of people, and of use only as they are."""
_OF_A_GROUP = ("type", "mode", "webhookEventId", "deliveryContext", "timestamp", "replyToken", "unsend")
"""Parts of a group's event that are kept beside its message."""


def kept_of_chat(event: dict[str, Any]) -> dict[str, Any]:
    """The event without LINE user ids; national ids in what somebody wrote are blotted out (and that is said)."""
    kept: dict[str, Any] = _without_user_ids({key: value for key, value in event.items() if key != "source"})
    masked: dict[str, Any] = _without_national_ids(kept)
    if isinstance(masked.get("message"), dict):
        masked["masked"] = masked["message"] != kept["message"]
    return masked


def _without_national_ids(part: Any) -> Any:
    """Whatever LINE may let people write in, also in fields and events that nobody knows yet. Its own ids stay."""
    if isinstance(part, dict):
        return {name: value if name in _IDS else _without_national_ids(value) for name, value in part.items()}
    if isinstance(part, list):
        return [_without_national_ids(value) for value in part]
    return mask(part) if isinstance(part, str) else part


def kept_of_group(session: Session, channel_id: int, event: dict[str, Any], calls: Calls | None) -> dict[str, Any]:
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
