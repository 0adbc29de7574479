"""The one door to the bot: signed bytes to its webhook URL, two seconds for an answer."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING, Any

import orjson
import urllib3

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.settings import Settings
    from simulator.traffic import Traffic


def signature(secret: str, body: bytes) -> str:
    """The value of x-line-signature: base64 of HMAC-SHA256 over the raw body."""
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


class Webhook:
    """Posts bodies to the bot. `url` may be changed by the bot itself (PUT .../webhook/endpoint)."""

    def __init__(self, settings: Settings, traffic: Traffic) -> None:
        self.url = settings.webhook_url
        self._secret = settings.channel_secret
        self._traffic = traffic
        self._timeout = urllib3.Timeout(total=settings.webhook_timeout)

    def deliver(self, payload: dict[str, Any], note: str = "") -> int | None:
        """POST events, signed. Returns the bot's status, None when it did not answer in time."""
        body = orjson.dumps(payload)
        return self.post(body, {"x-line-signature": signature(self._secret, body)}, note)

    def sign(self, body: bytes) -> str:
        return signature(self._secret, body)

    def post(self, body: bytes, headers: Mapping[str, str], note: str = "", url: str = "") -> int | None:
        """POST raw bytes. A fresh connection each time: a restarted bot must not be blamed for a stale one."""
        target = url or self.url
        fixed = {
            "content-type": "application/json; charset=utf-8",
            "user-agent": "LineBotWebhook/2.0",
            "connection": "close",
        }
        status: int | None = None
        try:
            with urllib3.PoolManager(retries=False, timeout=self._timeout) as http:
                status = http.request("POST", target, body=body, headers={**fixed, **headers}, redirect=False).status
        except urllib3.exceptions.HTTPError as problem:
            note = f"{note} {type(problem).__name__}".strip()
        self._traffic.note("out", ("POST", target), status, body, note)
        return status
