"""A bot that asks for its own access tokens: assertions signed with a key pair, forms, calls with any token."""

from __future__ import annotations

import base64
import json
import time
from typing import Any

import urllib3
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from tests.integration.simulator.bot import PATIENCE

CHANNEL = "1000000000"
ASSERTION = {"client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"}


class Key:
    """An assertion signing key. 1,024 bits are soon made, and nobody attacks a test."""

    def __init__(self, kid: str = "kid-1") -> None:
        self.kid = kid
        self._private = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505 - see above

    @property
    def public(self) -> dict[str, str]:
        numbers = self._private.public_key().public_numbers()
        return {"kty": "RSA", "alg": "RS256", "kid": self.kid, "n": _whole(numbers.n), "e": _whole(numbers.e)}

    def assertion(self, *, head: dict[str, Any] | None = None, **claims: Any) -> str:
        """A right one, but for what is given."""
        header = {"alg": "RS256", "typ": "JWT", "kid": self.kid, **(head or {})}
        now = int(time.time())
        right = {"iss": CHANNEL, "sub": CHANNEL, "aud": "https://api.line.me/", "exp": now + 1800, "token_exp": 86400}
        signed = f"{_part(header)}.{_part({**right, **claims})}"
        seal = self._private.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{signed}.{_text(seal)}"


class OAuth:
    """The calls about tokens, and one to try a token on."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._http = urllib3.PoolManager(retries=False, timeout=urllib3.Timeout(total=PATIENCE))

    def close(self) -> None:
        self._http.clear()

    def post(self, path: str, **form: str) -> tuple[int, Any]:
        answer = self._http.request("POST", self._base + path, fields=form, encode_multipart=False)
        return answer.status, json.loads(answer.data) if answer.data else None

    def get(self, path: str, **query: str) -> tuple[int, Any]:
        answer = self._http.request("GET", self._base + path, fields=query)
        return answer.status, json.loads(answer.data)

    def issue(self, path: str, **form: str) -> str:
        """A token. Raises AssertionError where it is refused."""
        status, answer = self.post(path, grant_type="client_credentials", **form)
        assert status == 200, answer
        return str(answer["access_token"])

    def status_with(self, token: str) -> int:
        """What the Messaging API answers to this token."""
        headers = {"Authorization": f"Bearer {token}"}
        return self._http.request("GET", f"{self._base}/v2/bot/info", headers=headers).status


def _part(data: dict[str, Any]) -> str:
    return _text(json.dumps(data).encode())


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _whole(number: int) -> str:
    return _text(number.to_bytes((number.bit_length() + 7) // 8, "big"))
