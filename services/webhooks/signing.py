"""The signature of a message, as the Standard Webhooks specification wants it (standard-webhooks, spec section
"Signature scheme"): HMAC-SHA256 over id, time and body, so that nobody can forge one or send an old one again."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import Final

BEGINS: Final = "whsec_"
_BYTES: Final = 32


def new_secret() -> str:
    """whsec_ and base64 of random bytes."""
    return BEGINS + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def headers_of(secret: str, message_id: str, seconds: int, body: bytes) -> dict[str, str]:
    """webhook-id, webhook-timestamp (`seconds` since 1970, of this attempt) and webhook-signature."""
    key = base64.b64decode(secret.removeprefix(BEGINS))
    signed = b".".join((message_id.encode(), str(seconds).encode(), body))
    signature = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": f"v1,{signature}",
        "content-type": "application/json",
    }
