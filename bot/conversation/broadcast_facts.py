"""What provincial staff may know before a turn: whom a word would reach, at what cost, what was sent, what stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.conversation.facts import AreaFacts, Query
from bot.messages.bubbles import Bubble, Text

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
class SummaryFacts:
    """A round in figures: of the province, or of one district."""

    round_number: int
    due_at: dt.datetime
    area: AreaFacts
    total: int
    """Districts that owe a report."""
    sent: int
    missing: tuple[AreaFacts, ...]
    figures: tuple[str, ...]
    """Lines of campaign data, written out."""
    problems: tuple[tuple[str, int], ...]
    """(kind of problem, in how many districts), the most frequent first."""
    behind: tuple[tuple[AreaFacts, int], ...]
    """(district, per cent) that lie under the campaign's mark, the lowest first."""


@dataclass(frozen=True, slots=True)
class SummaryOf(Query[SummaryFacts | None]):
    """Of a round (None: the newest opened), for a district or (empty) the province; None without such a round."""

    round_number: int | None = None
    area_code: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """A report that was sent, as it stands now."""

    round_number: int
    area: AreaFacts
    reference: str
    version: int
    sent_at: dt.datetime
    due_at: dt.datetime
    by: str
    state: str
    """submitted, late, returned, accepted, waived."""
    decided_at: dt.datetime | None = None
    """When the province accepted it, or gave it back."""
    duty: str = ""
    """Key of the duty whose date it is; empty for the campaign's own rounds."""
    label: Text | None = None
    """What its round is called where that is not its number."""

    @property
    def called(self) -> int | Text:
        """The round in a sentence, in place of {round}."""
        return self.round_number if self.label is None else self.label


@dataclass(frozen=True, slots=True)
class Receipts(Query[tuple[ReceiptFacts, ...]]):
    """The newest version of each report that the person's areas have sent, oldest round first."""
