"""Signed, expiring addresses: each says itself what it is for, so making and opening one writes nothing.

Preview robots may open them as often as they like. Of what kind an address is stands in its signature: one that signs
a household's check opens no document.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer


class LinkError(Exception):
    """The link is none of ours, its time is over, or it is not this person's any more. `key` ends a catalogue key:
    unknown, expired, used, not_yours, changed."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True)
class SignedLinks:
    public_url: str
    secret_key: str = field(repr=False)

    def make(self, kind: str, parts: Sequence[Any], until: dt.datetime) -> str:
        """The address PUBLIC_URL/kind/token, good before `until` (civil). `parts` are JSON."""
        return f"{self.public_url}/{kind}/{self._serializer(kind).dumps([*parts, int(until.timestamp())])}"

    def read(self, kind: str, token: str, now: dt.datetime) -> tuple[list[Any], dt.datetime]:
        """The parts of a token, and until when it is good. Raises LinkError for one that is not ours, of another kind,
        or too old at `now` (civil). How many parts there are, and of which types, is for the caller to check."""
        try:
            *parts, expires = self._serializer(kind).loads(token)
            until = dt.datetime.fromtimestamp(expires, dt.UTC)
        except (BadSignature, ValueError, TypeError, OverflowError):
            raise LinkError("unknown") from None
        if now >= until:
            raise LinkError("expired")
        return parts, until

    def _serializer(self, kind: str) -> URLSafeSerializer:
        return URLSafeSerializer(self.secret_key, salt=kind)


def new_nonce() -> str:
    """What tells one link from all others."""
    return secrets.token_urlsafe(9)
