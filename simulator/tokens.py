"""Reply tokens (single use, short-lived) and retry keys (accepted once, remembered a day)."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from simulator import ids

if TYPE_CHECKING:
    from simulator.store import Store

REPLY_SECONDS = 60
"""A reply token is good for a minute after the webhook, again after a redelivery."""
EVENT_SECONDS = 20 * 60
"""However often redelivered: nothing is answered by reply token 20 minutes after the event."""
RETRY_KEY_SECONDS = 24 * 3600


class ReplyTokens:
    """Tokens by event. Times are real seconds, never civil ones: a token ages though the clock is moved."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def seconds(self) -> int:
        return int(self._store.meta("reply_token_seconds", str(REPLY_SECONDS)))

    @seconds.setter
    def seconds(self, value: int) -> None:
        self._store.set_meta("reply_token_seconds", str(value))

    def issue(self, user_id: str) -> str:
        token = ids.token()
        sql = "INSERT INTO reply_tokens (token, user_id, created) VALUES (?, ?, ?)"
        self._store.run(sql, (token, user_id, time.time()))
        return token

    def delivered(self, token: str) -> None:
        """The webhook with this token is being delivered (again): its minute starts (again)."""
        self._store.run("UPDATE reply_tokens SET delivered = ? WHERE token = ?", (time.time(), token))

    def use(self, token: str) -> str | None:
        """Use up the token and say whose it is; None when it is unknown, used or expired."""
        now = time.time()
        row = self._store.row("SELECT * FROM reply_tokens WHERE token = ? AND used = 0", (token,))
        if row is None or row["delivered"] is None:
            return None
        if now - row["delivered"] > self.seconds or now - row["created"] > EVENT_SECONDS:
            return None
        self._store.run("UPDATE reply_tokens SET used = 1 WHERE token = ?", (token,))
        return str(row["user_id"])


@dataclass(frozen=True, slots=True)
class Accepted:
    """A sending request that LINE took: its request id and the JSON it answered."""

    request_id: str
    answer: dict[str, Any]


class RetryKeys:
    """Requests accepted under a retry key."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, retry_key: str) -> Accepted | None:
        sql = "SELECT * FROM retry_keys WHERE retry_key = ? AND accepted > ?"
        row = self._store.row(sql, (retry_key, time.time() - RETRY_KEY_SECONDS))
        return None if row is None else Accepted(row["request_id"], orjson.loads(row["answer"]))

    def keep(self, retry_key: str, accepted: Accepted) -> None:
        answer = orjson.dumps(accepted.answer).decode()
        sql = "INSERT OR REPLACE INTO retry_keys VALUES (?, ?, ?, ?)"
        self._store.run(sql, (retry_key, accepted.request_id, answer, time.time()))


def normal_key(retry_key: str) -> str | None:
    """The key as LINE compares it; None unless it is a UUID in hexadecimal form with its four hyphens."""
    try:
        parsed = str(uuid.UUID(retry_key))
    except ValueError:
        return None
    return parsed if parsed == retry_key.lower() else None
