"""What each phone, and each group, shows: bubbles in order, unsent ones emptied, the loading dots."""

from __future__ import annotations

import datetime as dt
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import orjson

from simulator import ids
from simulator.clock import iso

if TYPE_CHECKING:
    from simulator.clock import CivilClock
    from simulator.store import Row, Store

Side = Literal["user", "bot", "system"]
Via = Literal["reply", "push", "multicast", "broadcast"]


@dataclass(frozen=True, slots=True)
class Bubble:
    """One bubble to be shown; LINE's message object without its quickReply."""

    side: Side
    message: dict[str, Any]
    via: Via | None = None
    quick_reply: dict[str, Any] | None = None
    quotable: bool = True
    quoted_message_id: str | None = None
    sender: str | None = None
    """Who wrote it in a group; None in a chat of one person and the bot."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The identity that a bubble got."""

    seq: int
    message_id: str
    quote_token: str | None


class Chat:
    """The bubbles of all phones and groups, a group's under its own id.

    Call `add` and `unsend` within a transaction of the store."""

    def __init__(self, store: Store, clock: CivilClock) -> None:
        self._store = store
        self._clock = clock
        self._loading: dict[str, tuple[float, str]] = {}
        self._lock = threading.Lock()

    def add(self, user_id: str, bubble: Bubble, at: dt.datetime | None = None) -> Shown:
        seq = self._store.next_seq()
        shown = Shown(seq, ids.message_id(seq), ids.token() if bubble.quotable else None)
        quick = None if bubble.quick_reply is None else _text(bubble.quick_reply)
        self._store.run(
            "INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)",
            (
                seq,
                seq,
                shown.message_id,
                user_id,
                bubble.side,
                iso(at or self._clock.now()),
                bubble.via,
                _text(bubble.message),
                quick,
                shown.quote_token,
                bubble.quoted_message_id,
                bubble.sender,
            ),
        )
        self._touch(user_id, seq)
        if bubble.side == "bot":
            self._stop_loading(user_id)
        return shown

    def unsend(self, user_id: str, message_id: str) -> bool:
        """Empty a bubble that this person sent; False when there is none to take back."""
        seq = self._store.next_seq()
        touched = self._store.run(
            "UPDATE messages SET unsent = 1, message = '{}', updated_seq = ?"
            " WHERE message_id = ? AND user_id = ? AND side = 'user' AND unsent = 0",
            (seq, message_id, user_id),
        )
        if touched:
            self._touch(user_id, seq)
        return bool(touched)

    def after(self, user_id: str, seq: int) -> list[dict[str, Any]]:
        """The phone's bubbles that are new or changed since `seq`, in the order they stand in the chat."""
        sql = "SELECT * FROM messages WHERE user_id = ? AND updated_seq > ? ORDER BY seq"
        return [_public(row) for row in self._store.rows(sql, (user_id, seq))]

    def find(self, message_id: str) -> dict[str, Any] | None:
        row = self._store.row("SELECT * FROM messages WHERE message_id = ?", (message_id,))
        return None if row is None else {**_public(row), "user_id": row["user_id"]}

    def quoted(self, quote_token: str, user_id: str) -> str | None:
        """The message id behind a quote token of this person's chat."""
        sql = "SELECT message_id FROM messages WHERE quote_token = ? AND user_id = ?"
        row = self._store.row(sql, (quote_token, user_id))
        return None if row is None else str(row["message_id"])

    def start_loading(self, user_id: str, seconds: int) -> None:
        until = iso(self._clock.now() + dt.timedelta(seconds=seconds))
        with self._lock:
            self._loading[user_id] = (time.monotonic() + seconds, until)

    def loading_until(self, user_id: str) -> str | None:
        """Civil time at which the loading dots end; None when there are none."""
        with self._lock:
            end, until = self._loading.get(user_id, (0.0, ""))
        return until if time.monotonic() < end else None

    def _stop_loading(self, user_id: str) -> None:
        with self._lock:
            self._loading.pop(user_id, None)

    def _touch(self, user_id: str, seq: int) -> None:
        if self._store.run("UPDATE phones SET last_seq = ? WHERE user_id = ?", (seq, user_id)) == 0:
            self._store.run("UPDATE groups SET last_seq = ? WHERE group_id = ?", (seq, user_id))


def _text(value: dict[str, Any]) -> str:
    return orjson.dumps(value).decode()


def _public(row: Row) -> dict[str, Any]:
    return {
        "seq": row["seq"],
        "message_id": row["message_id"],
        "side": row["side"],
        "at": row["at"],
        "via": row["via"],
        "message": orjson.loads(row["message"]),
        "quick_reply": None if row["quick_reply"] is None else orjson.loads(row["quick_reply"]),
        "quote_token": row["quote_token"],
        "quoted_message_id": row["quoted_message_id"],
        "unsent": bool(row["unsent"]),
        "sender": row["sender"],
        "updated_seq": row["updated_seq"],
    }
