"""The doors to the outside, as protocols: LINE, stored bytes, the job queue, time. Fakes stand in only here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol


class SendOutcome(StrEnum):
    """What became of one sending request to LINE."""

    SENT = "sent"
    """2xx, or 409: the retry key was accepted before."""
    UNCLEAR = "unclear"
    """Time-out, broken connection or 5xx: LINE may or may not have sent it. Retryable."""
    TOKEN_GONE = "token_gone"  # noqa: S105 - not a password
    """400 on a reply: the token was used or has expired."""
    RATE_LIMITED = "rate_limited"
    """429 of the rate kind. Retryable after a pause."""
    QUOTA_GONE = "quota_gone"
    """429 of the monthly quota kind. Not retryable this month."""
    REFUSED = "refused"
    """Any other 4xx: our request is wrong. Never retried."""


@dataclass(frozen=True, slots=True)
class SendResult:
    outcome: SendOutcome
    status: int | None = None
    request_id: str = ""
    """LINE's x-line-request-id (for 409 the accepted request's id)."""
    message_ids: tuple[str, ...] = ()
    """LINE's ids of the bubbles sent, in order; empty where LINE did not say."""
    problem: str = ""
    """LINE's own words for a refusal. Never holds what we tried to send."""


@dataclass(frozen=True, slots=True)
class Profile:
    display_name: str
    language: str
    """BCP 47, such as "th" or "en"; empty where the person shares none."""


@dataclass(frozen=True, slots=True)
class Quota:
    limit: int | None
    """Messages a month; None means no limit."""
    used: int


@dataclass(frozen=True, slots=True)
class WebhookEndpoint:
    url: str
    active: bool


class ContentState(StrEnum):
    READY = "ready"
    NOT_YET = "not_yet"
    """202: LINE is still preparing it. Retryable."""
    GONE = "gone"
    """404 or 410: it will never come. Ask the person to send it again."""
    UNCLEAR = "unclear"
    """Time-out, 5xx, 429. Retryable."""


class ContentTooLargeError(OSError):
    """A message's content has more bytes than we take."""


@dataclass(frozen=True, slots=True)
class Content:
    """What LINE answered for a message's bytes. `chunks` can be read once; close the iterator when done."""

    state: ContentState
    content_type: str = ""
    chunks: Iterator[bytes] = field(default_factory=lambda: iter(()))


@dataclass(frozen=True, slots=True)
class MenuAnswer:
    """What LINE said to a call about rich menus. `status` is None where it said nothing."""

    status: int | None
    rich_menu_id: str = ""
    """Of the menu that was made."""
    problem: str = ""
    """LINE's own words for a refusal, or what went wrong on the way."""

    @property
    def done(self) -> bool:
        return self.status is not None and self.status < 300  # noqa: PLR2004 - HTTP's successes end there

    @property
    def worth_repeating(self) -> bool:
        """LINE did not answer, was busy, or had trouble of its own."""
        return self.status is None or self.status == 429 or self.status >= 500  # noqa: PLR2004 - HTTP's numbers


class RichMenuGateway(Protocol):
    """LINE's rich menus. A menu never changes: a new one is made, drawn, linked, and the old one deleted."""

    def make(self, menu: Mapping[str, Any]) -> MenuAnswer:
        """POST /v2/bot/richmenu with LINE's rich menu object. At most 100 an hour."""

    def draw(self, rich_menu_id: str, png: bytes) -> MenuAnswer:
        """POST /v2/bot/richmenu/{id}/content on the data host: the picture, once."""

    def names(self) -> Mapping[str, str] | None:
        """GET /v2/bot/richmenu/list: the name of every menu by its id; None when unreachable."""

    def delete(self, rich_menu_id: str) -> MenuAnswer:
        """DELETE /v2/bot/richmenu/{id}. At most 100 an hour."""

    def show_everybody(self, rich_menu_id: str) -> MenuAnswer:
        """POST /v2/bot/user/all/richmenu/{id}: the menu of all who have none of their own."""

    def link(self, rich_menu_id: str, user_ids: Sequence[str]) -> MenuAnswer:
        """POST /v2/bot/user/{userId}/richmenu/{id}, or /v2/bot/richmenu/bulk/link for several; 500 at most."""

    def unlink(self, user_ids: Sequence[str]) -> MenuAnswer:
        """DELETE /v2/bot/user/{userId}/richmenu, or POST /v2/bot/richmenu/bulk/unlink for several; 500 at most."""


class LineGateway(Protocol):
    """LINE's Messaging API. Every call has explicit time-outs and raises nothing for LINE's answers."""

    @property
    def menus(self) -> RichMenuGateway:
        """The calls about rich menus."""

    def reply(self, body: Mapping[str, Any]) -> SendResult:
        """POST /v2/bot/message/reply. `body` = {replyToken, messages}. No retry key: LINE refuses one here."""

    def push(self, body: Mapping[str, Any], retry_key: str) -> SendResult:
        """POST /v2/bot/message/push. `body` = {to, messages}."""

    def multicast(self, body: Mapping[str, Any], retry_key: str) -> SendResult:
        """POST /v2/bot/message/multicast. `body` = {to: [..<=500], messages}."""

    def profile(self, user_id: str) -> Profile | None:
        """GET /v2/bot/profile/{userId}; None when LINE will not say (blocked, no consent) or is unreachable."""

    def content(self, message_id: str) -> Content:
        """GET /v2/bot/message/{messageId}/content from the data host, streamed."""

    def start_loading(self, user_id: str, seconds: int) -> None:
        """POST /v2/bot/chat/loading/start; seconds in 5..60 by fives. Best effort."""

    def leave(self, group_key: str) -> bool:
        """POST /v2/bot/group/{groupId}/leave, or room/{roomId} for an id that begins with R.

        True when we are out of it, also where we had not been in; False when LINE gave no plain answer. Retryable.
        """

    def quota(self) -> Quota | None:
        """GET /v2/bot/message/quota and /quota/consumption; None when unreachable."""

    def webhook_endpoint(self) -> WebhookEndpoint | None:
        """GET /v2/bot/channel/webhook/endpoint; None when unreachable or refused."""

    def basic_id(self) -> str | None:
        """GET /v2/bot/info: the account's basic id, such as @tidtam; None when unreachable or refused."""

    def test_webhook(self) -> bool:
        """POST /v2/bot/channel/webhook/test; whether LINE reached us and got 200."""


class MediaStore(Protocol):
    """Bytes by key, on a folder or an S3 bucket."""

    def put(self, key: str, chunks: Iterable[bytes]) -> int:
        """Store, replacing what was there; returns the size in bytes."""

    def get(self, key: str) -> Iterator[bytes]:
        """Stream the bytes. Raises KeyError when there is nothing under `key`."""

    def delete(self, key: str) -> None:
        """Remove; nothing happens when it is not there."""

    def check(self) -> None:
        """Raises OSError when the store cannot be reached or written."""


class WebhookGateway(Protocol):
    """Calls to addresses that people gave us, with time-outs, and never to a machine that is not public."""

    def check(self, url: str) -> None:
        """Raises ValueError for an address that is never called."""

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """The status of the answer; no redirect is followed. Raises OSError where there is none."""


class JobQueue(Protocol):
    def ring(self, job: str, subject_id: int) -> bool:
        """Ask a worker to run `job` for a row soon. False when the queue is down: the row's own
        `next_try_at` and the clock's sweep will bring it back."""

    def check(self) -> None:
        """Raises OSError when the queue cannot be reached."""


class Clock(Protocol):
    def now(self) -> dt.datetime:
        """Civil time, aware UTC: due dates, reminders, today(), links, retention. May be simulated."""

    def real(self) -> dt.datetime:
        """Mechanical time, aware UTC: leases, back-off, token age. Never simulated."""
