"""Shapes of LINE's webhook events (Messaging API reference, "Webhook event objects"). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

QUOTABLE = frozenset({"text", "sticker", "image", "video"})
"""User messages that carry a quoteToken."""
STICKER = {"packageId": "1", "stickerId": "1", "stickerResourceType": "STATIC", "keywords": ["hello"]}
VIDEO_MS = 5000
"""Length told for an uploaded video or voice message; nobody measures it here."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file picked on the phone."""

    kind: str
    """image, video, audio or file."""
    name: str
    size: int


def uploaded(upload: Upload) -> dict[str, Any]:
    """The message object of a file, without id and quoteToken."""
    if upload.kind == "file":
        return {"type": "file", "fileName": upload.name, "fileSize": upload.size}
    message: dict[str, Any] = {"type": upload.kind, "contentProvider": {"type": "line"}}
    if upload.kind in ("video", "audio"):
        message["duration"] = VIDEO_MS
    return message


def in_album(message: dict[str, Any], set_id: str, index: int, total: int) -> dict[str, Any]:
    """The message as one of several photos sent at once."""
    return {**message, "imageSet": {"id": set_id, "index": index, "total": total}}


def envelope(kind: str, webhook_event_id: str, user_id: str, timestamp: int, reply_token: str | None) -> dict[str, Any]:
    """What every event has: `timestamp` in ms of civil time; no reply token for unfollow and unsend."""
    event = {
        "type": kind,
        "webhookEventId": webhook_event_id,
        "deliveryContext": {"isRedelivery": False},
        "timestamp": timestamp,
        "source": {"type": "user", "userId": user_id},
        "mode": "active",
    }
    return event if reply_token is None else {**event, "replyToken": reply_token}


def in_group(event: dict[str, Any], group_id: str, user_id: str | None) -> dict[str, Any]:
    """The event as one of a group (or room), without `userId` where no person did it."""
    kind = "room" if group_id.startswith("R") else "group"
    who = {} if user_id is None else {"userId": user_id}
    return {**event, "source": {"type": kind, f"{kind}Id": group_id, **who}}


def mentions(text: str, wanted: list[tuple[str, str]], bot_user_id: str) -> dict[str, Any]:
    """The `mention` of a text: (whom, as) pairs such as ("bot", "@Tidtam"), ("all", "@All"), (user id, "@Name").

    Places are counted in UTF-16 units. Raises ValueError for words that do not stand in the text.
    """
    found, start = [], 0
    for whom, words in wanted:
        at = text.find(words, start) if words else -1
        if at < 0:
            raise ValueError(f"{words} does not stand in the text")
        start = at + len(words)
        place = {"index": _units(text[:at]), "length": _units(words)}
        if whom == "all":
            found.append({**place, "type": "all"})
        else:
            user_id = bot_user_id if whom == "bot" else whom
            found.append({**place, "type": "user", "userId": user_id, "isSelf": whom == "bot"})
    return {"mentionees": found}


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def redelivered(event: dict[str, Any]) -> dict[str, Any]:
    """The same event once more: same id, same reply token, marked as redelivery."""
    return {**event, "deliveryContext": {"isRedelivery": True}}
