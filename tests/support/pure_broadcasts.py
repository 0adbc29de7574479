"""Broadcasts of a province without a database: previews, decisions and what was delivered, kept in a dict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from bot.conversation import broadcast_effects as of_broadcast
from bot.conversation import broadcast_facts as ask
from bot.conversation import effects as do
from bot.conversation.facts import AreaFacts
from bot.conversation.receipt_facts import ReceiptFacts, Receipts
from bot.conversation.summary_facts import SummaryFacts, SummaryOf
from bot.messages.bubbles import Bubble, text


class RefusedError(AssertionError):
    """The core wanted a change that services would refuse."""


@dataclass
class PureBroadcasts:
    """One district in which one person is reached. `now` is the town's civil time."""

    district: AreaFacts
    now: Callable[[], dt.datetime]
    budget: ask.BudgetFacts = field(default_factory=lambda: ask.BudgetFacts(300, 214, 86, 80))
    rows: dict[str, ask.BroadcastFacts] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)
    """Keys of what went out, once for each time."""

    def finders(self) -> dict[type, Callable[[Any], Any]]:
        return {
            ask.ReachOf: self._reach,
            ask.Budget: lambda _query: self.budget,
            ask.NextKey: lambda _query: f"1-{len(self.rows) + 1}",
            ask.BroadcastBy: lambda query: self.rows.get(query.key),
            ask.Former: lambda query: self._former(query.key),
            ask.QuietAt: lambda query: query.at.hour < 7,
            ask.Scheduled: lambda _query: tuple(row for row in self.rows.values() if row.state == "scheduled"),
            ask.LastDelivery: lambda _query: self._last(),
            SummaryOf: self._summary,
            Receipts: lambda _query: self._receipts(),
        }

    def _reach(self, query: ask.ReachOf) -> ask.Reach:
        sample = (Bubble((text("staff.no_requests"),)),) if query.reminder else ()
        return ask.Reach(2, 2, (self.district,), (), 0, sample)

    def _former(self, key: str) -> ask.BroadcastFacts | None:
        mine = self.rows[key]
        same = [row for row in self.rows.values() if (row.words, row.audience) == (mine.words, mine.audience)]
        return next((row for row in same if row.key != key and row.key in self.sent), None)

    def _last(self) -> ask.DeliveryFacts | None:
        gone = [row for row in self.rows.values() if row.key in self.sent]
        return ask.DeliveryFacts(gone[-1], 2, 0, (ask.NotSent("blocked", 1),)) if gone else None

    def _summary(self, query: SummaryOf) -> SummaryFacts | None:
        if query.round_number not in {None, 1}:
            return None
        behind = ((self.district, 31),)
        return SummaryFacts(1, self.now(), self.district, 14, 13, (self.district,), ("ก 1",), (("ข", 9),), behind)

    def _receipts(self) -> tuple[ReceiptFacts, ...]:
        return (ReceiptFacts(1, self.district, "4207-1-01", 2, self.now(), self.now(), "สมใจ", "accepted", self.now()),)

    def apply(self, effect: do.Effect) -> bool:
        """False for what is no effect of the office. Raises RefusedError."""
        match effect:
            case of_broadcast.PrepareBroadcast():
                self._prepare(effect)
            case of_broadcast.ConfirmBroadcast(key, send_at):
                self._move(key, {"preview"}, "scheduled", send_at)
                if send_at <= self.now():
                    self._move(key, {"scheduled"}, "sent", send_at)
                    self.sent.append(key)
            case of_broadcast.CancelBroadcast(key):
                self._move(key, {"preview", "scheduled"}, "cancelled", None)
            case of_broadcast.ToldDelivery(key):
                self._known(key)
            case _:
                return False
        return True

    def _prepare(self, effect: of_broadcast.PrepareBroadcast) -> None:
        if effect.key in self.rows:
            raise RefusedError(f"{effect.key} is taken")
        audience = ask.Audience.from_json(effect.audience)
        made = ask.BroadcastFacts(
            effect.key, effect.kind, "preview", audience, (), effect.words, self.now(), None, None, "นุช ตัวอย่าง"
        )
        self.rows[effect.key] = made

    def _move(self, key: str, among: set[str], to: str, send_at: dt.datetime | None) -> None:
        row = self._known(key)
        if row.state not in among:
            raise RefusedError(f"{key} is {row.state}")
        self.rows[key] = replace(row, state=to, send_at=send_at, confirmed_at=self.now())

    def _known(self, key: str) -> ask.BroadcastFacts:
        if key not in self.rows:
            raise RefusedError(f"no {key}")
        return self.rows[key]
