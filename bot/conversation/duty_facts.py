"""Facts of duties: the contractor's plan beside what was reported, and what villages still have to certify."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.conversation.facts import Query


@dataclass(frozen=True, slots=True)
class WatchedDuty:
    """A duty of the contractor: planned dates against what the province has reported of it."""

    title: str
    times: int
    """How often it is due in all."""
    so_far: tuple[dt.date, ...]
    """Planned dates up to today."""
    dated: bool
    """The plan gives dates."""
    following: dt.date | None
    """The next planned date."""
    reported: bool
    """The province reports of it."""
    count: int | None
    """How often it was done, as reported; None when nobody has reported it."""
    last: str
    """When last, as reported; '' when not said."""


@dataclass(frozen=True, slots=True)
class PlanFacts:
    lines: tuple[str, ...]
    """The plan as the province has uploaded it, in the person's language."""
    duties: tuple[WatchedDuty, ...]


@dataclass(frozen=True, slots=True)
class ContractorPlan(Query[PlanFacts]):
    """The plan of the campaign's contractor."""


@dataclass(frozen=True, slots=True)
class CertifiedFacts:
    """A duty that villages settle by a certificate, as far as one area goes."""

    title: str
    due_at: dt.datetime
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class CertifiedOf(Query[tuple[CertifiedFacts, ...]]):
    """Of a village, or of all villages of a district, those that have opened."""

    area_code: str
