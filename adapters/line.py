"""LINE's Messaging API behind `services.ports.LineGateway`: the only door through which we speak to LINE."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import urllib3

from adapters import line_answers
from adapters.line_http import LONGEST_STREAM, ByteStream, LineHttp, log
from adapters.line_menus import LineMenus
from adapters.line_rare import RareCalls, preload
from services.ports import Content, ContentState, Profile, Quota, SendOutcome, SendResult, WebhookEndpoint

__all__ = ["LineApi", "preload"]

_MiB = 1024 * 1024
_OUT_OF_IT = {HTTPStatus.OK, HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND}
"""Answers to a wish to leave a group: done, or there is no such group that we are in."""


class LineApi:
    """`services.ports.LineGateway` over HTTP, shared by threads.

    Nothing is opened before the first call, so it may be built before a fork. `api_url` and `data_api_url` are
    origins without a trailing slash. `content_limit` is the most bytes that a message's content may have. Time-outs
    are seconds: two to connect, then five of silence for a message, fifteen for content, all of whose bytes must
    have come after `content_seconds`.
    """

    def __init__(
        self,
        api_url: str,
        data_api_url: str,
        access_token: str,
        *,
        content_limit: int = 20 * _MiB,
        content_seconds: float = LONGEST_STREAM,
    ) -> None:
        self._bot = f"{api_url.rstrip('/')}/v2/bot"
        self._data = f"{data_api_url.rstrip('/')}/v2/bot"
        self._content_limit, self._content_seconds = content_limit, content_seconds
        self._http = LineHttp(access_token)
        self._rare = RareCalls(api_url.rstrip("/"), access_token)
        self._menus = LineMenus(api_url.rstrip("/"), data_api_url.rstrip("/"), access_token)
        self._timeout = urllib3.Timeout(connect=2.0, read=5.0)
        self._content_timeout = urllib3.Timeout(connect=2.0, read=15.0)

    @property
    def menus(self) -> LineMenus:
        return self._menus

    def reply(self, body: Mapping[str, Any]) -> SendResult:
        return self._send("reply", body, "", recipients=0)

    def push(self, body: Mapping[str, Any], retry_key: str) -> SendResult:
        return self._send("push", body, retry_key, recipients=1)

    def multicast(self, body: Mapping[str, Any], retry_key: str) -> SendResult:
        return self._send("multicast", body, retry_key, recipients=len(body.get("to", ())))

    def content(self, message_id: str) -> Content:
        """Do as the port says; mind that the stream may break off.

        The chunks raise OSError when LINE breaks off and `ContentTooLargeError`, one of its kind, past the limit.
        """
        url = f"{self._data}/message/{quote(message_id, safe='')}/content"
        try:
            response = self._http.stream(url, self._content_timeout)
        except urllib3.exceptions.HTTPError as error:
            _log_silence("GET content", error)
            return Content(ContentState.UNCLEAR)
        stream = ByteStream(response, self._content_limit, self._content_seconds)
        if response.status == HTTPStatus.OK:
            return Content(ContentState.READY, response.headers.get("Content-Type", ""), stream)
        stream.close()
        return Content(_content_state(response.status))

    def start_loading(self, user_id: str, seconds: int) -> None:
        body = {"chatId": user_id, "loadingSeconds": seconds}
        try:
            self._http.post(f"{self._bot}/chat/loading/start", body, self._timeout)
        except urllib3.exceptions.HTTPError as error:
            _log_silence("loading", error)

    def leave(self, group_key: str) -> bool:
        kind = "room" if group_key.startswith("R") else "group"
        url = f"{self._bot}/{kind}/{quote(group_key, safe='')}/leave"
        try:
            answer = self._http.post(url, {}, self._timeout)
        except urllib3.exceptions.HTTPError as error:
            _log_silence("leave", error)
            return False
        return answer.status in _OUT_OF_IT

    def quota(self) -> Quota | None:
        # over the plain pool and not the SDK: it is also asked while sending, where a first import would hold up
        # every chat for seconds
        try:
            limit = self._http.get(f"{self._bot}/message/quota", self._timeout)
            used = self._http.get(f"{self._bot}/message/quota/consumption", self._timeout)
        except urllib3.exceptions.HTTPError as error:
            _log_silence("GET quota", error)
            return None
        if (limit.status, used.status) != (HTTPStatus.OK, HTTPStatus.OK):
            return None
        return line_answers.read_quota(line_answers.read_json(limit.body), line_answers.read_json(used.body))

    def profile(self, user_id: str) -> Profile | None:
        return self._rare.profile(user_id)

    def webhook_endpoint(self) -> WebhookEndpoint | None:
        return self._rare.webhook_endpoint()

    def basic_id(self) -> str | None:
        return self._rare.basic_id()

    def test_webhook(self) -> bool:
        return self._rare.test_webhook()

    def close(self) -> None:
        """Close every connection of this process. The next call opens them anew."""
        self._http.close()
        self._rare.close()
        self._menus.close()

    def _send(self, kind: str, body: Mapping[str, Any], retry_key: str, *, recipients: int) -> SendResult:
        try:
            answer = self._http.post(f"{self._bot}/message/{kind}", body, self._timeout, retry_key)
        except urllib3.exceptions.HTTPError as error:
            # even a refused connection: behind a proxy it says nothing about an attempt before this one
            _log_silence(kind, error)
            return SendResult(SendOutcome.UNCLEAR, problem=type(error).__name__)
        result = line_answers.read_send(answer.status, answer.headers, answer.body, is_reply=kind == "reply")
        if result.outcome is SendOutcome.RATE_LIMITED and recipients:
            # replies cost no quota, so their 429 can only be of the rate kind
            return self._told_apart(result, recipients)
        return result

    def _told_apart(self, result: SendResult, recipients: int) -> SendResult:
        if line_answers.is_quota_gone(self.quota(), recipients, result.problem):
            return replace(result, outcome=SendOutcome.QUOTA_GONE)
        return result


def _content_state(status: int) -> ContentState:
    if status == HTTPStatus.ACCEPTED:
        return ContentState.NOT_YET
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        return ContentState.GONE
    return ContentState.UNCLEAR


def _log_silence(what: str, error: Exception) -> None:
    log.warning("%s: no answer from LINE (%s)", what, type(error).__name__)
