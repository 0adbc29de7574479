"""What the conversation asks about villages' certificates: what stands, what waits to be signed, what can be opened."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.conversation.facts import AreaFacts, Query
from bot.conversation.household.checks import Case, VillageCounts


@dataclass(frozen=True, slots=True)
class CertifiedSummary:
    """A summary that both have signed."""

    village: AreaFacts
    reference: str
    """42070605-1."""
    counts: VillageCounts
    inspector: str
    leader: str
    address: str
    """Of the document; for this person, for some days."""


@dataclass(frozen=True, slots=True)
class VillageStanding:
    """How far the certificates of one village are."""

    certified: CertifiedSummary | None
    """The newest one."""
    waiting_since: dt.datetime | None
    """When the leader signed what now waits for an inspector; None: nothing waits."""


@dataclass(frozen=True, slots=True)
class StandingOf(Query[VillageStanding]):
    village_code: str


@dataclass(frozen=True, slots=True)
class WaitingSummary:
    """A summary that its leader has signed, for an inspector to sign."""

    village: AreaFacts
    leader: str
    as_of: dt.datetime
    counts: VillageCounts
    cases: tuple[Case, ...]
    """Of its campaign, in the reader's language."""
    address: str
    """Of a page on which this person signs."""
    good_until: dt.datetime
    further: bool
    """The village has a certificate already."""


@dataclass(frozen=True, slots=True)
class Certificates:
    """The certificates of a district or a province."""

    area: AreaFacts
    certified: int
    """Villages; one with a further certificate counts once."""
    villages: int
    waiting: tuple[WaitingSummary, ...]
    """That this person may sign, oldest first, a few."""
    waits: int
    """How many that are in all."""
    newest: tuple[CertifiedSummary, ...]
    """The latest, a few."""


@dataclass(frozen=True, slots=True)
class CertificatesIn(Query[Certificates]):
    area_code: str
