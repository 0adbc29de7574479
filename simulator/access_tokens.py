"""Channel access tokens: which bearer tokens the LINE side takes, and until when.

Lifetimes are real seconds, never civil ones: a token does not expire because the clock was moved.
"""

from __future__ import annotations

import hmac
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from simulator.store import Row, Store

Kind = Literal["long", "short", "v2.1", "stateless"]
DAY = 24 * 3600
SHORT_SECONDS = 30 * DAY
STATELESS_SECONDS = 15 * 60
LONGEST_SECONDS = 30 * DAY
"""Of a token v2.1."""
AT_MOST = 30
"""Living tokens of the kinds `short` and `v2.1` each; of stateless ones as many as one likes."""


@dataclass(frozen=True, slots=True)
class AccessToken:
    token: str
    kind: Kind
    key_id: str
    expires: float
    """Real time in seconds."""

    @property
    def expires_in(self) -> int:
        """Seconds left."""
        return max(0, round(self.expires - time.time()))


class TooManyTokensError(Exception):
    """Thirty tokens v2.1 live already."""


class AccessTokens:
    """The tokens of the one channel. The token of the settings is its long-lived one."""

    def __init__(self, store: Store, long_lived: str) -> None:
        self._store = store
        self._long_lived = AccessToken(long_lived, "long", "", float("inf"))

    def issue(self, kind: Kind, seconds: int) -> AccessToken:
        """A new token. The 31st short-lived one ends the oldest; a 31st v2.1 raises TooManyTokensError."""
        with self._store.tx():
            living = self.living(kind)
            if kind == "v2.1" and len(living) >= AT_MOST:
                raise TooManyTokensError
            if kind == "short":
                for token in living[: max(0, len(living) + 1 - AT_MOST)]:
                    self.revoke(token.token)
            made = AccessToken(_text(kind), kind, secrets.token_urlsafe(16), time.time() + seconds)
            sql = "INSERT INTO access_tokens VALUES (?, ?, ?, ?, 0)"
            self._store.run(sql, (made.token, made.kind, made.key_id, made.expires))
        return made

    def living(self, kind: Kind) -> list[AccessToken]:
        """Tokens of a kind that are neither revoked nor expired, oldest first."""
        sql = "SELECT * FROM access_tokens WHERE kind = ? AND revoked = 0 AND expires > ? ORDER BY rowid"
        return [_token(row) for row in self._store.rows(sql, (kind, time.time()))]

    def find(self, token: str) -> AccessToken | None:
        """A token that may be used now, else None."""
        row = self._store.row("SELECT * FROM access_tokens WHERE token = ?", (token,))
        if row is not None:
            return _token(row) if not row["revoked"] and row["expires"] > time.time() else None
        return self._long_lived if hmac.compare_digest(token.encode(), self._long_lived.token.encode()) else None

    def known(self, token: str) -> bool:
        """Whether the token was ever issued, however it is now."""
        return self._store.row("SELECT 1 FROM access_tokens WHERE token = ?", (token,)) is not None

    def revoke(self, token: str) -> None:
        """End a token now. Nothing happens to one that was never issued, nor to a stateless one: those only expire."""
        if hmac.compare_digest(token.encode(), self._long_lived.token.encode()):
            self._store.run("INSERT OR REPLACE INTO access_tokens VALUES (?, 'long', '', 0, 1)", (token,))
        self._store.run("UPDATE access_tokens SET revoked = 1 WHERE token = ? AND kind <> 'stateless'", (token,))


def _text(kind: Kind) -> str:
    """A short-lived token is plain letters, the others look like a signed JSON Web Token."""
    if kind == "short":
        return secrets.token_urlsafe(120)
    return f"eyJhbGciOiJIUzI1NiJ9.{secrets.token_urlsafe(60)}.{secrets.token_urlsafe(32)}"


def _token(row: Row) -> AccessToken:
    return AccessToken(row["token"], row["kind"], row["key_id"], float(row["expires"]))
