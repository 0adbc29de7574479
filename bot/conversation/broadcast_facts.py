"""What provincial staff may know before a turn: whom a word would reach, at what cost, what was sent, what stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.conversation.facts import AreaFacts, Query
from bot.messages.bubbles import Bubble

ALL, OWING, SENT, LEADERS, STAFF, NAMED = "all", "owing", "sent", "leaders", "staff", "named"
"""Groups that can be written to (bot/reading/data/audience.yaml)."""
ANNOUNCING, ASKED = "broadcast", "reminder:asked"
"""Purposes of what staff send by hand (services.quota.order)."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a broadcast is for, as it was said; who that is is found out at the moment of sending."""

    group: str
    areas: tuple[str, ...] = ()
    """Codes of districts; empty: all of the province."""

    def to_json(self) -> dict[str, Any]:
        return {"group": self.group, "areas": list(self.areas)}

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> Audience:
        return Audience(str(stored["group"]), tuple(stored.get("areas", ())))


@dataclass(frozen=True, slots=True)
class BudgetFacts:
    """The month's messages, as the preview shows them (S-02)."""

    limit: int | None = None
    """None: no limit."""
    left: int | None = None
    """None: no limit, or LINE has never said."""
    used: int = 0
    planned: int = 0
    """What the reminder plan may still need this month at most."""
    first_dropped: tuple[str, ...] = ()
    """Purposes of the plan that could not all be sent any more, the first to give way first."""
    allowed: bool = True
    """False: what ranks higher needs what is left."""
    room: int | None = None
    """Messages of this purpose that may go out now; None: as many as one likes."""


@dataclass(frozen=True, slots=True)
class Budget(Query[BudgetFacts]):
    """How much is left, if `cost` more messages were sent with this purpose."""

    cost: int = 0
    purpose: str = ANNOUNCING


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a word would reach if it were sent now."""

    people: int
    messages: int
    areas: tuple[AreaFacts, ...] = ()
    """Districts that it concerns; of an announcement those that were named."""
    nobody: tuple[AreaFacts, ...] = ()
    """Those among them where nobody can be written to."""
    lately: int = 0
    """People who were reminded within the last hour and are left alone."""
    sample: tuple[Bubble, ...] = ()
    """Of a reminder: the bubbles that the first district gets."""


@dataclass(frozen=True, slots=True)
class ReachOf(Query[Reach]):
    audience: Audience
    reminder: bool = False
    """A reminder of the newest round; otherwise an announcement."""


@dataclass(frozen=True, slots=True)
class BroadcastFacts:
    key: str
    kind: str
    """announcement or reminder."""
    state: str
    """preview, scheduled, sent, cancelled."""
    audience: Audience
    areas: tuple[AreaFacts, ...]
    """The districts that were named."""
    words: str
    created_at: dt.datetime
    send_at: dt.datetime | None
    confirmed_at: dt.datetime | None
    by: str
    """Who confirmed it, or wrote it."""


@dataclass(frozen=True, slots=True)
class NextKey(Query[str]):
    """A name for the person's next broadcast that none has had."""


@dataclass(frozen=True, slots=True)
class BroadcastBy(Query[BroadcastFacts | None]):
    key: str


@dataclass(frozen=True, slots=True)
class Former(Query[BroadcastFacts | None]):
    """The same words to the same people, confirmed within the last day by whomever."""

    key: str


@dataclass(frozen=True, slots=True)
class QuietAt(Query[bool]):
    """Whether people are left alone at this instant."""

    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Scheduled(Query[tuple[BroadcastFacts, ...]]):
    """Confirmed announcements of the province that have not gone yet, the next first."""


@dataclass(frozen=True, slots=True)
class NotSent:
    """People who got nothing, for one reason."""

    why: str
    """settled, blocked, quota, refused, stale, other."""
    people: int
    area: AreaFacts | None = None
    at: dt.datetime | None = None
    """Of settled: when the report came in."""


@dataclass(frozen=True, slots=True)
class DeliveryFacts:
    """What became of a broadcast (S-03)."""

    broadcast: BroadcastFacts
    sent: int
    waiting: int
    """Deliveries that are not decided yet."""
    not_sent: tuple[NotSent, ...]


@dataclass(frozen=True, slots=True)
class LastDelivery(Query[DeliveryFacts | None]):
    """Of the province's newest broadcast that went out, or is about to; None when there was none."""


@dataclass(frozen=True, slots=True)
class DeliveryOf(Query[DeliveryFacts | None]):
    """Of one broadcast of the province."""

    key: str


@dataclass(frozen=True, slots=True)
class ReceiverFacts:
    """Somebody whom a broadcast was for, and what became of it."""

    person_id: int
    """0 for an account that is nobody's any more."""
    name: str
    area: AreaFacts | None
    """The district whose reminder it is; None for an announcement."""
    fate: str
    """As in services.sending.told."""


@dataclass(frozen=True, slots=True)
class ReceiversOf(Query[tuple[ReceiverFacts, ...]]):
    """Those who did not get it first."""

    key: str


@dataclass(frozen=True, slots=True)
class NewestBroadcasts(Query[tuple[BroadcastFacts, ...]]):
    """Those of the province that were confirmed, the newest first."""

    most: int = 20


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """A reminder as it would go out now."""

    area: AreaFacts
    people: tuple[str, ...]
    words: Bubble


@dataclass(frozen=True, slots=True)
class LettersOf(Query[tuple[LetterFacts, ...]]):
    """Every reminder of the newest round that the audience would get."""

    audience: Audience
