"""A webhook event as the conversation sees it: what was said, tapped, sent; nothing of LINE's envelope."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol, Self, TypeVar
from urllib.parse import parse_qsl, urlencode

from bot.reading.place import Place, place_at


class Kind(StrEnum):
    TEXT = "text"
    TAP = "tap"
    PHOTO = "photo"
    STICKER = "sticker"
    OTHER_MESSAGE = "other_message"
    """Voice, video, file, location: an answer where a question asks for it."""
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    QUIET = "quiet"
    """Nothing has come for a moment after a burst of photos. Not an event of LINE's."""
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
    time: dt.time | None = None
    """What the time picker gave."""
    moment: dt.datetime | None = None
    """What the picker of a day with its time gave, civil, without a zone."""
    place: Place | None = None
    """Of a location message."""
    file_name: str = ""
    """Of a file message."""
    album: str = ""
    """LINE's id of several pictures that were sent at once; each comes as a message of its own."""
    message_id: str = ""
    quoted_message_id: str = ""
    sent_at: dt.datetime | None = None
    """Civil time at which the person sent it, aware."""
    late: bool = False
    """It was sent before something that has been answered already."""
    what: str = ""
    """LINE's own name of a message's kind: audio, video, file, location ..."""
    more: bool = False
    """A further message of the chat waits already, or is likely on its way: an answer can come after that one."""
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
    try:
        return dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC) if isinstance(milliseconds, int) else None
    except (ValueError, OverflowError, OSError):  # no year of ours
        return None


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
        place=_place(message),
        file_name=str(message.get("fileName", "")),
        album=_album(message.get("imageSet")),
        masked=masked,
    )


def _tap(postback: object, sent_at: dt.datetime | None, *, late: bool) -> Incoming:
    if not isinstance(postback, Mapping):
        return Incoming(Kind.SILENT)
    params = postback.get("params")
    picked: Mapping[str, object] = params if isinstance(params, Mapping) else {}
    return Incoming(
        Kind.TAP,
        tap=read_tap(str(postback.get("data", ""))),
        date=_parsed(dt.date, picked.get("date")),
        time=_parsed(dt.time, picked.get("time")),
        moment=_parsed(dt.datetime, picked.get("datetime")),
        sent_at=sent_at,
        late=late,
    )


class _Iso(Protocol):
    @classmethod
    def fromisoformat(cls, text: str, /) -> Self: ...


_Picked = TypeVar("_Picked", bound=_Iso)


def _parsed(kind: type[_Picked], text: object) -> _Picked | None:
    """A picker's answer; None for anything else. LINE may write the T of a moment small."""
    try:
        return kind.fromisoformat(str(text).upper())
    except ValueError:
        return None


def read_tap(data: str) -> dict[str, str]:
    """A button's data as names and values: what `tap_data` wrote."""
    return dict(parse_qsl(data))


def _album(image_set: object) -> str:
    return str(image_set.get("id", "")) if isinstance(image_set, Mapping) else ""


def _place(message: Mapping[str, Any]) -> Place | None:
    """Where a location message points; None for other messages, and for degrees that are none."""
    found = [message.get(name) for name in ("latitude", "longitude")]
    if any(isinstance(one, bool) or not isinstance(one, int | float) for one in found):
        return None
    return place_at(Decimal(str(found[0])), Decimal(str(found[1])))


def tap_data(do: str, **values: str | int) -> str:
    """The data of a button: what to `do`, and the box, round and version that it was shown for."""
    return urlencode({"do": do, **values})
