"""The composition root: one simulated LINE platform from one Settings."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import orjson

from simulator import phones as phone_files
from simulator.access_tokens import AccessTokens
from simulator.chat import Chat
from simulator.clock import CivilClock, iso
from simulator.faults import Faults
from simulator.group_actions import GroupActions
from simulator.groups import Groups
from simulator.ledger import Ledger
from simulator.media import Media
from simulator.outbound import Outbound
from simulator.phone_actions import Parts, PhoneActions
from simulator.phones import Phones
from simulator.rates import RateLimiter
from simulator.read_marks import ReadMarks
from simulator.rich_menus import RichMenus
from simulator.sending import Sending
from simulator.statistics import Statistics
from simulator.store import Store
from simulator.tokens import ReplyTokens, RetryKeys
from simulator.traffic import Traffic
from simulator.webhook import Webhook

if TYPE_CHECKING:
    from simulator.settings import Settings


class World:
    """Everything the two APIs need. Threads start with the first event; `close` ends them."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store = Store(settings.data / "simulator.sqlite")
        self.clock = CivilClock(settings.clock_url)
        self.traffic = Traffic(self.clock)
        self.faults = Faults()
        self.rates = RateLimiter()
        self.phones = Phones(self.store)
        self.groups = Groups(self.store)
        self.chat = Chat(self.store, self.clock)
        self.media = Media(self.store, settings.data / "media")
        self.access = AccessTokens(self.store, settings.access_token)
        self.rich_menus = RichMenus(self.store, settings.data / "rich_menus")
        self.tokens = ReplyTokens(self.store)
        self.ledger = Ledger(self.store, self.clock, settings.quota_limit)
        self.statistics = Statistics(self.store, self.clock)
        self.read_marks = ReadMarks(settings.channel_secret)
        self.webhook = Webhook(settings, self.traffic)
        self.outbound = Outbound(settings, self.store, self.tokens, self.ledger, self.webhook)
        self.sending = Sending(
            self.store,
            self.phones,
            self.groups,
            self.chat,
            self.tokens,
            RetryKeys(self.store),
            self.ledger,
            self.statistics,
            self.faults,
        )
        parts = Parts(
            self.store,
            self.phones,
            self.chat,
            self.media,
            self.tokens,
            self.ledger,
            self.clock,
            self.faults,
            self.outbound,
            self.read_marks,
        )
        self.actions = PhoneActions(parts)
        self.group_actions = GroupActions(parts, self.groups)
        self._load_phones()
        self.outbound.resume()

    def state(self) -> dict[str, Any]:
        """What the page shows around the phones."""
        now = self.clock.refresh()
        return {
            "clock": {"now": iso(now), "simulated": self.clock.simulated},
            "webhook_url": self.webhook.url,
            "redelivery": self.outbound.redelivery,
            "quota": {"limit": self.ledger.limit, "used": self.ledger.used(), "reserved": self.ledger.reserved},
            "counters": self.ledger.counters(),
            "reply_token_seconds": self.tokens.seconds,
            "latency_ms": self.latency_ms,
            "rate_limits": self.rates.changed,
            "one_user_per_minute": self.rates.one_user_per_minute,
        }

    @property
    def latency_ms(self) -> int:
        """Milliseconds by which every answer of the LINE side is delayed."""
        return int(self.store.meta("latency_ms", "0"))

    @latency_ms.setter
    def latency_ms(self, value: int) -> None:
        self.store.set_meta("latency_ms", str(value))

    @property
    def assertion_key(self) -> dict[str, Any] | None:
        """The public key (JWK) by which assertions for access tokens are checked; None checks no signature."""
        key: dict[str, Any] | None = orjson.loads(self.store.meta("assertion_key", "null"))
        return key

    @assertion_key.setter
    def assertion_key(self, key: dict[str, Any] | None) -> None:
        self.store.set_meta("assertion_key", orjson.dumps(key).decode())

    def slow_down(self) -> None:
        """Take as long as the settings say."""
        if delay := self.latency_ms:
            time.sleep(delay / 1000)

    def reset(self) -> None:
        """Back to the first day: chats, counters, settings and faults go; the phones of the start file come again."""
        self.outbound.clear()
        self.faults.clear()
        self.rates.clear()
        self.traffic.clear()
        with self.store.tx():
            self.store.clear()
            self._load_phones()
        self.media.clear()
        self.rich_menus.clear()

    def close(self) -> None:
        self.outbound.close()
        self.clock.close()
        self.store.close()

    def _load_phones(self) -> None:
        for phone in phone_files.load(self.settings.phones):
            self.phones.add(phone)
