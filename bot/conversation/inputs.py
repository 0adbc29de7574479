"""A webhook event as the conversation sees it: what was said, tapped, sent; nothing of LINE's envelope."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl, urlencode


class Kind(StrEnum):
    TEXT = "text"
    TAP = "tap"
    PHOTO = "photo"
    STICKER = "sticker"
    OTHER_MESSAGE = "other_message"
    """Voice, video, file, location: received, but not what any question asks for."""
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    SILENT = "silent"
    """Nothing to answer: group events, unknown types, read receipts."""


@dataclass(frozen=True, slots=True)
class Incoming:
    kind: Kind
    text: str = ""
    tap: Mapping[str, str] = field(default_factory=dict)
    """A button's data, read back into names and values; see `tap_data`."""
    date: dt.date | None = None
    """What the date picker gave."""
    message_id: str = ""
    quoted_message_id: str = ""
    sent_at: dt.datetime | None = None
    """Civil time at which the person sent it, aware."""
    late: bool = False
    """It was sent before something that has been answered already."""
    what: str = ""
    """LINE's own name of a message's kind: audio, video, file, location ..."""
    masked: bool = False
    """A national id stood in the text and was blotted out."""


MESSAGE_KINDS = {"text": Kind.TEXT, "image": Kind.PHOTO, "sticker": Kind.STICKER}


def incoming(payload: Mapping[str, Any], *, late: bool, group: bool) -> Incoming:
    """Read a stored webhook event."""
    kind = str(payload.get("type", ""))
    sent_at = _instant(payload.get("timestamp"))
    if group or payload.get("mode") == "standby":
        return Incoming(Kind.SILENT)
    if kind == "message":
        return _message(payload.get("message"), sent_at, late=late, masked=bool(payload.get("masked")))
    if kind == "postback":
        return _tap(payload.get("postback"), sent_at, late=late)
    if kind in {"follow", "unfollow"}:
        return Incoming(Kind(kind), sent_at=sent_at)
    return Incoming(Kind.SILENT)


def _instant(milliseconds: object) -> dt.datetime | None:
    return dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC) if isinstance(milliseconds, int) else None


def _message(message: object, sent_at: dt.datetime | None, *, late: bool, masked: bool) -> Incoming:
    if not isinstance(message, Mapping):
        return Incoming(Kind.SILENT)
    return Incoming(
        MESSAGE_KINDS.get(str(message.get("type")), Kind.OTHER_MESSAGE),
        text=str(message.get("text", "")),
        message_id=str(message.get("id", "")),
        quoted_message_id=str(message.get("quotedMessageId", "")),
        sent_at=sent_at,
        late=late,
        what=str(message.get("type", "")),
        masked=masked,
    )


def _tap(postback: object, sent_at: dt.datetime | None, *, late: bool) -> Incoming:
    if not isinstance(postback, Mapping):
        return Incoming(Kind.SILENT)
    picked = postback.get("params")
    date = picked.get("date") if isinstance(picked, Mapping) else None
    return Incoming(
        Kind.TAP,
        tap=read_tap(str(postback.get("data", ""))),
        date=_date(date),
        sent_at=sent_at,
        late=late,
    )


def _date(text: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(text))
    except ValueError:
        return None


def read_tap(data: str) -> dict[str, str]:
    """A button's data as names and values: what `tap_data` wrote."""
    return dict(parse_qsl(data))


def tap_data(do: str, **values: str | int) -> str:
    """The data of a button: what to `do`, and the box, round and version that it was shown for."""
    return urlencode({"do": do, **values})
