"""`services.ports.RichMenuGateway` through line-bot-sdk: the calls about rich menus, all of them seldom.

Pictures go to LINE's data host. The SDK's `Configuration(host=...)` overrides the host of every call, so there is a
client for each of the two.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import urllib3

from adapters.line_answers import problem_words, read_json
from services.ports import MenuAnswer

log = logging.getLogger("tidtam.line")

TIMEOUT = (2.0, 10.0)
"""Seconds to connect and to read."""
PICTURE_TIMEOUT = (2.0, 30.0)
"""A picture may have a megabyte, and an office's line is slow in this direction."""


@dataclass(frozen=True, slots=True)
class _Clients:
    """The SDK's two halves, with a connection pool each."""

    api: Any
    blob: Any


@dataclass
class LineMenus:
    """Shared by threads; nothing is opened before the first call. Origins without a trailing slash."""

    api_url: str
    data_api_url: str
    access_token: str = field(repr=False)
    _clients: _Clients | None = field(default=None, repr=False)
    _owner: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def make(self, menu: Mapping[str, Any]) -> MenuAnswer:
        from linebot.v3.messaging import RichMenuRequest  # noqa: PLC0415 - seconds of import: see line_rare.py

        answer, made = self._ask(lambda on: on.api.create_rich_menu_with_http_info, RichMenuRequest.from_dict(menu))
        return MenuAnswer(answer.status, made.rich_menu_id) if made is not None else answer

    def draw(self, rich_menu_id: str, png: bytes) -> MenuAnswer:
        return self._ask(
            lambda on: on.blob.set_rich_menu_image_with_http_info,
            rich_menu_id,
            png,
            _headers={"Content-Type": "image/png"},
            _request_timeout=PICTURE_TIMEOUT,
        )[0]

    def names(self) -> Mapping[str, str] | None:
        found = self._ask(lambda on: on.api.get_rich_menu_list_with_http_info)[1]
        return None if found is None else {menu.rich_menu_id: menu.name for menu in found.richmenus}

    def delete(self, rich_menu_id: str) -> MenuAnswer:
        return self._ask(lambda on: on.api.delete_rich_menu_with_http_info, rich_menu_id)[0]

    def show_everybody(self, rich_menu_id: str) -> MenuAnswer:
        return self._ask(lambda on: on.api.set_default_rich_menu_with_http_info, rich_menu_id)[0]

    def link(self, rich_menu_id: str, user_ids: Sequence[str]) -> MenuAnswer:
        from linebot.v3.messaging import RichMenuBulkLinkRequest  # noqa: PLC0415 - see above

        if len(user_ids) == 1:
            return self._ask(lambda on: on.api.link_rich_menu_id_to_user_with_http_info, user_ids[0], rich_menu_id)[0]
        body = RichMenuBulkLinkRequest.from_dict({"richMenuId": rich_menu_id, "userIds": list(user_ids)})
        return self._ask(lambda on: on.api.link_rich_menu_id_to_users_with_http_info, body)[0]

    def unlink(self, user_ids: Sequence[str]) -> MenuAnswer:
        from linebot.v3.messaging import RichMenuBulkUnlinkRequest  # noqa: PLC0415 - see above

        if len(user_ids) == 1:
            return self._ask(lambda on: on.api.unlink_rich_menu_id_from_user_with_http_info, user_ids[0])[0]
        body = RichMenuBulkUnlinkRequest.from_dict({"userIds": list(user_ids)})
        return self._ask(lambda on: on.api.unlink_rich_menu_id_from_users_with_http_info, body)[0]

    def close(self) -> None:
        with self._lock:
            if self._clients is not None:
                for half in (self._clients.api, self._clients.blob):
                    half.api_client.rest_client.pool_manager.clear()
            self._clients = None

    def _ask(self, which: Callable[[_Clients], Any], *arguments: Any, **options: Any) -> tuple[MenuAnswer, Any]:
        """LINE's answer, and the SDK's model of its body where there is one."""
        from linebot.v3.messaging.exceptions import OpenApiException  # noqa: PLC0415 - see above

        call = which(self._shared())
        name = call.__name__.removesuffix("_with_http_info")
        try:
            answer = call(*arguments, **{"_request_timeout": TIMEOUT, **options})
        except OpenApiException as error:
            status = getattr(error, "status", None)
            headers = getattr(error, "headers", None) or {}
            log.info("%s -> %s %s", name, status or "-", headers.get("x-line-request-id", "-"))
            return MenuAnswer(status, problem=_words(getattr(error, "body", None)) or type(error).__name__), None
        except (urllib3.exceptions.HTTPError, ValueError) as error:
            # ValueError: pydantic found the body odd (a field missing, a new enum value)
            log.warning("%s: no usable answer (%s)", name, type(error).__name__)
            return MenuAnswer(None, problem=type(error).__name__), None
        log.info("%s -> %d %s", name, answer.status_code, (answer.headers or {}).get("x-line-request-id", "-"))
        return MenuAnswer(answer.status_code), answer.data

    def _shared(self) -> _Clients:
        from linebot.v3.messaging import ApiClient, MessagingApi, MessagingApiBlob  # noqa: PLC0415 - see above

        with self._lock:
            if self._clients is None or self._owner != os.getpid():
                self._clients = _Clients(
                    MessagingApi(ApiClient(self._configuration(self.api_url))),
                    MessagingApiBlob(ApiClient(self._configuration(self.data_api_url))),
                )
                self._owner = os.getpid()
            return self._clients

    def _configuration(self, host: str) -> Any:
        from linebot.v3.messaging import Configuration  # noqa: PLC0415 - see above

        configuration = Configuration(host=host, access_token=self.access_token)
        configuration.retries = False  # urllib3 would try three times behind our time-out
        return configuration


def _words(body: Any) -> str:
    """LINE's message in the body of an error."""
    raw = body.encode() if isinstance(body, str) else body
    return problem_words(read_json(raw)) if isinstance(raw, bytes) else ""
