"""What a person does on a phone, turned into bubbles and webhook events."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

import orjson

from simulator import events, ids
from simulator.chat import Bubble
from simulator.clock import BANGKOK
from simulator.delivery import Job

if TYPE_CHECKING:
    from simulator.chat import Chat
    from simulator.clock import CivilClock
    from simulator.faults import Faults
    from simulator.ledger import Ledger
    from simulator.media import Media
    from simulator.outbound import Outbound
    from simulator.phones import Phones
    from simulator.read_marks import ReadMarks
    from simulator.store import Store
    from simulator.tokens import ReplyTokens

TEXT_UNITS = 5000
"""LINE's own input box takes no more, in UTF-16 units."""


class ActionError(Exception):
    """The phone cannot do that now, in plain words."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What an action touches."""

    store: Store
    phones: Phones
    chat: Chat
    media: Media
    tokens: ReplyTokens
    ledger: Ledger
    clock: CivilClock
    faults: Faults
    outbound: Outbound
    read_marks: ReadMarks


@dataclass(frozen=True, slots=True)
class Done:
    """One action, on its way to the bot. Whatever answers it has a later `seq`."""

    message_id: str | None
    job: Job
    seq: int


@dataclass(frozen=True, slots=True)
class Picked:
    """A file chosen on the phone."""

    name: str
    content_type: str
    stream: IO[bytes]


class PhoneActions:
    """Every method raises UnknownPhoneError and ActionError for what LINE's app would not allow."""

    def __init__(self, parts: Parts) -> None:
        self._p = parts

    def message(self, user_id: str, message: dict[str, Any], quoted: str | None = None) -> Done:
        """Send any message object without id and quoteToken, such as a text, a sticker or a location."""
        check_message(message)
        stamp = self._p.clock.refresh()
        with self._p.store.tx():
            self.must_follow(user_id)
            return self._say(user_id, stamp, message, quoted)

    def upload(self, user_id: str, kind: str, files: list[Picked]) -> list[Done]:
        """Send files; several photos at once are one album (imageSet), one event each, in order."""
        stamp = self._p.clock.refresh()
        set_id = ids.image_set_id()
        sent: list[Done] = []
        for index, picked in enumerate(files, start=1):
            with self._p.store.tx():
                self.must_follow(user_id)
                sent.append(self._upload_one(user_id, stamp, kind, picked, (set_id, index, len(files))))
        return sent

    def postback(
        self, user_id: str, data: str, params: dict[str, Any] | None = None, display_text: str | None = None
    ) -> Done:
        """Tap a button. `display_text` shows as the person's own bubble and makes no message event."""
        stamp = self._p.clock.refresh()
        content: dict[str, Any] = {"data": data} if params is None else {"data": data, "params": params}
        with self._p.store.tx():
            self.must_follow(user_id)
            timestamp, at = self._tick(user_id, stamp)
            if display_text:
                bubble = Bubble("user", {"type": "text", "text": display_text}, quotable=False)
                self._p.chat.add(user_id, bubble, at)
            return self._event(user_id, "postback", timestamp, {"postback": content})

    def unsend(self, user_id: str, message_id: str) -> Done:
        """Take a message back: its content goes from the phone and from LINE."""
        stamp = self._p.clock.refresh()
        with self._p.store.tx():
            self.must_follow(user_id)
            found = self._p.chat.find(message_id)
            if found is None or _only_shown(found) or not self._p.chat.unsend(user_id, message_id):
                raise ActionError("there is no such message to take back")
            self._p.media.remove(message_id)
            timestamp, _ = self._tick(user_id, stamp)
            return self._event(user_id, "unsend", timestamp, {"unsend": {"messageId": message_id}}, answerable=False)

    def follow(self, user_id: str) -> Done:
        """Add the account as a friend, or unblock it."""
        return self._set_following(user_id, following=True)

    def unfollow(self, user_id: str) -> Done:
        """Block the account."""
        return self._set_following(user_id, following=False)

    def _set_following(self, user_id: str, *, following: bool) -> Done:
        stamp = self._p.clock.refresh()
        kind = "follow" if following else "unfollow"
        with self._p.store.tx():
            if self._p.phones.get(user_id).following == following:
                raise ActionError(f"nothing to {kind}")
            before = self._p.phones.set_following(user_id, following=following)
            timestamp, at = self._tick(user_id, stamp)
            self._p.chat.add(user_id, Bubble("system", {"type": kind}, quotable=False), at)
            extra: dict[str, Any] = {"follow": {"isUnblocked": before}} if following else {}
            return self._event(user_id, kind, timestamp, extra, answerable=following)

    def must_follow(self, user_id: str) -> None:
        if not self._p.phones.get(user_id).following:
            raise ActionError("this phone has not added the account")

    def _tick(self, user_id: str, stamp: dt.datetime) -> tuple[int, dt.datetime]:
        timestamp = self._p.phones.tick(user_id, int(stamp.timestamp() * 1000))
        return timestamp, dt.datetime.fromtimestamp(timestamp / 1000, BANGKOK)

    def _upload_one(
        self, user_id: str, stamp: dt.datetime, kind: str, picked: Picked, place: tuple[str, int, int]
    ) -> Done:
        picked.stream.seek(0, 2)
        size = picked.stream.tell()
        picked.stream.seek(0)
        message = events.uploaded(events.Upload(kind, picked.name, size))
        if kind == "image" and place[2] > 1:
            message = events.in_album(message, *place)
        return self._say(user_id, stamp, message, None, picked)

    def _say(
        self, user_id: str, stamp: dt.datetime, message: dict[str, Any], quoted: str | None, file: Picked | None = None
    ) -> Done:
        timestamp, at = self._tick(user_id, stamp)
        if quoted is not None and self._p.chat.find(quoted) is None:
            raise ActionError("there is no such message to quote")
        quotable = message["type"] in events.QUOTABLE
        shown = self._p.chat.add(user_id, Bubble("user", message, quotable=quotable, quoted_message_id=quoted), at)
        if file is not None:
            self._p.media.keep(shown.message_id, file.stream, file.content_type)
        content: dict[str, Any] = {
            **message,
            "id": shown.message_id,
            "markAsReadToken": self._p.read_marks.token(shown.message_id),
        }
        if shown.quote_token is not None:
            content["quoteToken"] = shown.quote_token
        if quoted is not None:
            content["quotedMessageId"] = quoted
        done = self._event(user_id, "message", timestamp, {"message": content})
        return Done(shown.message_id, done.job, done.seq)

    def _event(
        self, user_id: str, kind: str, timestamp: int, extra: dict[str, Any], *, answerable: bool = True
    ) -> Done:
        token = self._p.tokens.issue(user_id) if answerable else None
        return post(self._p, user_id, {**events.envelope(kind, ids.ulid(), user_id, timestamp, token), **extra})


def post(parts: Parts, chat_id: str, event: dict[str, Any]) -> Done:
    """Let the bot have an event of this chat, after all that happened in the chat before."""
    seq, kind = parts.store.next_seq(), event["type"]
    sql = "INSERT INTO events (seq, webhook_event_id, user_id, body, state) VALUES (?, ?, ?, ?, 'queued')"
    parts.store.run(sql, (seq, event["webhookEventId"], chat_id, orjson.dumps(event).decode()))
    parts.ledger.count("events")
    job = Job(chat_id, event, parts.faults.take("duplicate_event", kind), parts.faults.take("hold_events", kind))
    parts.outbound.put(job)
    return Done(None, job, seq)


def _only_shown(bubble: dict[str, Any]) -> bool:
    """A postback's displayText looks like a message of the person, but LINE knows none."""
    return bubble["quote_token"] is None and bubble["message"].get("type") == "text"


def check_message(message: dict[str, Any]) -> None:
    kind = message.get("type")
    if not isinstance(kind, str) or not kind:
        raise ActionError("a message needs a type")
    if kind == "text":
        text = message.get("text")
        if not isinstance(text, str) or not text:
            raise ActionError("a text message needs a text")
        if len(text.encode("utf-16-le")) // 2 > TEXT_UNITS:
            raise ActionError(f"LINE takes texts of up to {TEXT_UNITS} characters")
