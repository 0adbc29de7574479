"""The JSON Web Token by which a bot asks for an access token ("Generate a JSON Web Token" of LINE's documentation).

Header and claims are always checked. The signature is checked only when a public key was registered (the setting
`assertion_key`, a JWK as in LINE's console): without one, any signature will do, so a bot can be tried without keys.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from typing import Any, TypeGuard

import orjson

from simulator.access_tokens import LONGEST_SECONDS
from simulator.line_errors import NO_CHANNEL_KEY, LineError, TokenError

TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
AUDIENCE = "https://api.line.me/"
LONGEST_LIFE = 30 * 60
"""Seconds until an assertion must expire."""
SHA256_PREFIX = bytes.fromhex("3031300d060960864801650304020105000420")
"""DER of "what follows is a SHA-256 digest" (RFC 8017, 9.2)."""


def check_assertion(assertion: str, channel_id: str, key: dict[str, Any] | None) -> dict[str, Any]:
    """The claims of an assertion that is right. Raises TokenError, LineError where its key is not registered."""
    head, claims, signature, signed = _parts(assertion)
    if head.get("alg") != "RS256" or not isinstance(head.get("kid"), str):
        raise _wrong("Invalid alg or kid")
    if key is not None and head["kid"] != key["kid"]:
        raise LineError(404, NO_CHANNEL_KEY)
    if key is not None and not _signed_by(key, signed, signature):
        raise _wrong("Invalid signature")
    if not claims.get("iss") == claims.get("sub") == channel_id:
        raise _wrong("iss and clientId of key do not match")
    if claims.get("aud") != AUDIENCE:
        raise _wrong("Invalid aud")
    expires = claims.get("exp")
    if not _number(expires) or not 0 < expires - time.time() <= LONGEST_LIFE:
        raise _wrong("Invalid exp")
    return claims


def lifetime(claims: dict[str, Any]) -> int:
    """Seconds that a token v2.1 is to live: the claim `token_exp`. Raises TokenError."""
    seconds = claims.get("token_exp")
    if not isinstance(seconds, int) or isinstance(seconds, bool) or not 0 < seconds <= LONGEST_SECONDS:
        raise _wrong("Invalid token_exp")
    return seconds


def check_key(value: Any) -> None:
    """Raises ValueError unless `value` is a public RSA key as a JWK."""
    names = ("kty", "kid", "n", "e")
    if not isinstance(value, dict) or not all(isinstance(value.get(name), str) and value[name] for name in names):
        raise ValueError("assertion_key must be a JWK with kty, kid, n and e")
    if value["kty"] != "RSA" or "d" in value:
        raise ValueError("assertion_key must be a public RSA key")
    if _whole(value["n"]).bit_length() < 8 * (len(SHA256_PREFIX) + 32 + 11):
        raise ValueError("assertion_key is too short")


def _parts(assertion: str) -> tuple[dict[str, Any], dict[str, Any], bytes, bytes]:
    try:
        signed, _, signature = assertion.rpartition(".")
        head, claims = (orjson.loads(_bytes(part)) for part in signed.split("."))
        sealed = _bytes(signature)
    except ValueError as problem:
        raise _wrong("The client assertion is not a JSON Web Token") from problem
    if not isinstance(head, dict) or not isinstance(claims, dict):
        raise _wrong("The client assertion is not a JSON Web Token")
    return head, claims, sealed, signed.encode()


def _signed_by(key: dict[str, Any], signed: bytes, signature: bytes) -> bool:
    """RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, 8.2.2): what the signature opens to must be the padded digest."""
    modulus = _whole(key["n"])
    length = (modulus.bit_length() + 7) // 8
    digest = SHA256_PREFIX + hashlib.sha256(signed).digest()
    wanted = b"\x00\x01" + b"\xff" * (length - len(digest) - 3) + b"\x00" + digest
    number = int.from_bytes(signature, "big")
    if len(signature) != length or number >= modulus:
        return False
    return hmac.compare_digest(pow(number, _whole(key["e"]), modulus).to_bytes(length, "big"), wanted)


def _bytes(part: str) -> bytes:
    """Raises ValueError for what is not base64url."""
    return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)


def _whole(part: str) -> int:
    return int.from_bytes(_bytes(part), "big")


def _number(value: Any) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _wrong(description: str) -> TokenError:
    return TokenError("invalid_client", description)
