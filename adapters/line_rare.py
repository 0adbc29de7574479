"""The calls that are made seldom, through line-bot-sdk: profile, account, webhook endpoint, webhook test.

Importing the SDK costs seconds and tens of megabytes, so it happens at the first call, or in `preload` where a
process would rather pay at its start. One ApiClient per process is shared: a new one per call opens a new TLS
connection each time.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import urllib3

from services.ports import Profile, WebhookEndpoint

log = logging.getLogger("tidtam.line")

TIMEOUT = (2.0, 5.0)
"""Seconds to connect and to read. The SDK has no time-out of its own."""
TEST_TIMEOUT = (2.0, 15.0)
"""LINE itself waits for our webhook before it answers a webhook test."""


def preload() -> None:
    """Import the SDK now."""
    import linebot.v3.messaging  # noqa: F401, PLC0415 - seconds of import, so never at module level


@dataclass
class RareCalls:
    api_url: str
    access_token: str = field(repr=False)
    _api: Any = field(default=None, repr=False)
    _owner: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def profile(self, user_id: str) -> Profile | None:
        found = self._ask("GET /v2/bot/profile", "get_profile", user_id, timeout=TIMEOUT)
        if found is None:
            return None
        return Profile(display_name=found.display_name or "", language=found.language or "")

    def webhook_endpoint(self) -> WebhookEndpoint | None:
        found = self._ask("GET /v2/bot/channel/webhook/endpoint", "get_webhook_endpoint", timeout=TIMEOUT)
        return None if found is None else WebhookEndpoint(url=found.endpoint, active=found.active)

    def basic_id(self) -> str | None:
        found = self._ask("GET /v2/bot/info", "get_bot_info", timeout=TIMEOUT)
        return None if found is None else str(found.basic_id)

    def test_webhook(self) -> bool:
        found = self._ask("POST /v2/bot/channel/webhook/test", "test_webhook_endpoint", timeout=TEST_TIMEOUT)
        return found is not None and bool(found.success)

    def close(self) -> None:
        with self._lock:
            if self._api is not None:
                self._api.api_client.rest_client.pool_manager.clear()
            self._api = None

    def _ask(self, label: str, call: str, *arguments: str, timeout: tuple[float, float]) -> Any:
        """Return the SDK's model of LINE's answer; None for a refusal, an odd body, or no answer."""
        from linebot.v3.messaging.exceptions import OpenApiException  # noqa: PLC0415 - see the module's docstring

        method: Callable[..., Any] = getattr(self._shared_api(), f"{call}_with_http_info")
        try:
            answer = method(*arguments, _request_timeout=timeout)
        except OpenApiException as error:
            headers = getattr(error, "headers", None) or {}
            log.info("%s -> %s %s", label, getattr(error, "status", "-"), headers.get("x-line-request-id", "-"))
            return None
        except (urllib3.exceptions.HTTPError, ValueError) as error:
            # ValueError: pydantic found the body odd (a field missing, a new enum value)
            log.warning("%s: no usable answer (%s)", label, type(error).__name__)
            return None
        log.info("%s -> %d %s", label, answer.status_code, (answer.headers or {}).get("x-line-request-id", "-"))
        return answer.data

    def _shared_api(self) -> Any:
        from linebot.v3.messaging import ApiClient, Configuration, MessagingApi  # noqa: PLC0415 - see above

        with self._lock:
            if self._api is None or self._owner != os.getpid():
                configuration = Configuration(host=self.api_url, access_token=self.access_token)
                configuration.retries = False  # urllib3 would try three times behind our time-out
                self._api = MessagingApi(ApiClient(configuration))
                self._owner = os.getpid()
            return self._api
