"""Tokens by which a bot marks a person's message as read: in every message event, good for ever."""

from __future__ import annotations

import hashlib
import hmac


class ReadMarks:
    """A token is the message's id under a seal, so nothing needs to be kept."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def token(self, message_id: str) -> str:
        seal = hmac.new(self._secret, b"read:" + message_id.encode(), hashlib.sha256).hexdigest()
        return f"{message_id}{seal[:32]}"

    def valid(self, token: str) -> bool:
        return len(token) > 32 and hmac.compare_digest(self.token(token[:-32]).encode(), token.encode())  # noqa: PLR2004 - the seal
