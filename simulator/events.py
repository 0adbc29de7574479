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


def redelivered(event: dict[str, Any]) -> dict[str, Any]:
    """The same event once more: same id, same reply token, marked as redelivery."""
    return {**event, "deliveryContext": {"isRedelivery": True}}
