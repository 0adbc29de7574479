"""LINE as a hand-written fake at its port: keeps what was sent, misbehaves on request."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from services.ports import Content, ContentState, Profile, Quota, SendOutcome, SendResult, WebhookEndpoint
from tests.support.fake_rich_menus import FakeRichMenus

SENT = SendResult(SendOutcome.SENT, 200, "request")


@dataclass
class FakeLine:
    """`results` are handed out first, one a sending call; afterwards everything is sent."""

    results: deque[SendResult] = field(default_factory=deque)
    replies: list[Mapping[str, Any]] = field(default_factory=list)
    pushes: list[tuple[Mapping[str, Any], str]] = field(default_factory=list)
    profiles: dict[str, Profile] = field(default_factory=dict)
    contents: dict[str, Content] = field(default_factory=dict)
    quota_left: Quota | None = field(default_factory=lambda: Quota(300, 0))
    endpoint: WebhookEndpoint | None = None
    account: str | None = "@tidtam"
    before_send: Callable[[], None] = lambda: None
    before_call: Callable[[str], None] = lambda _call: None
    """Told the name of every call."""
    webhook_works: bool = True
    left: list[str] = field(default_factory=list)
    """Groups that the account has left."""
    leaving_works: bool = True
    menus: FakeRichMenus = field(default_factory=FakeRichMenus)
    last_ids: tuple[str, ...] = ()
    """LINE's ids of the bubbles that were sent last."""
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def _result(self, call: str, body: Mapping[str, Any]) -> SendResult:
        self.before_call(call)
        self.before_send()
        if self.results:
            return self.results.popleft()
        self.last_ids = tuple(f"bubble{next(self._numbers)}" for _ in body.get("messages", ()))
        return replace(SENT, message_ids=self.last_ids)

    def reply(self, body: Mapping[str, Any]) -> SendResult:
        self.replies.append(body)
        return self._result("reply", body)

    def push(self, body: Mapping[str, Any], retry_key: str) -> SendResult:
        self.pushes.append((body, retry_key))
        return self._result("push", body)

    def multicast(self, body: Mapping[str, Any], retry_key: str) -> SendResult:
        return self.push(body, retry_key)

    def profile(self, user_id: str) -> Profile | None:
        self.before_call("profile")
        return self.profiles.get(user_id)

    def content(self, message_id: str) -> Content:
        self.before_call("content")
        return self.contents.get(message_id, Content(ContentState.GONE))

    def start_loading(self, user_id: str, seconds: int) -> None:
        """Nobody looks."""

    def leave(self, group_key: str) -> bool:
        self.before_call("leave")
        self.left += [group_key] if self.leaving_works else []
        return self.leaving_works

    def quota(self) -> Quota | None:
        return self.quota_left

    def webhook_endpoint(self) -> WebhookEndpoint | None:
        return self.endpoint

    def basic_id(self) -> str | None:
        return self.account

    def test_webhook(self) -> bool:
        return self.webhook_works


@dataclass
class FakeMedia:
    """Bytes in a dict."""

    stored: dict[str, bytes] = field(default_factory=dict)
    down: bool = False

    def put(self, key: str, chunks: Any) -> int:
        self.stored[key] = b"".join(chunks)
        return len(self.stored[key])

    def get(self, key: str) -> Any:
        if self.down:
            raise OSError(key)
        return iter([self.stored[key]])

    def delete(self, key: str) -> None:
        self.stored.pop(key, None)

    def check(self) -> None:
        if self.down:
            raise OSError("media")


@dataclass
class FakeQueue:
    """Keeps what was rung for; `down` makes every ring fail."""

    rung: list[tuple[str, int]] = field(default_factory=list)
    down: bool = False

    def ring(self, job: str, subject_id: int) -> bool:
        if not self.down:
            self.rung.append((job, subject_id))
        return not self.down

    def check(self) -> None:
        if self.down:
            raise OSError("queue")
