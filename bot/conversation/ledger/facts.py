"""What staff have to know to decide about a report or a round, and the queries by which a step asks for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.conversation.facts import AreaFacts, ObligationFacts, Query
from bot.messages.bubbles import Text


@dataclass(frozen=True, slots=True)
class ReportsOf(Query[tuple[ObligationFacts, ...]]):
    """Everything that an area owes and has sent, of rounds that have opened, the oldest first; whoever asks."""

    area_code: str


@dataclass(frozen=True, slots=True)
class DistrictReports(Query[tuple[ObligationFacts, ...]]):
    """The same of all districts of the province."""


@dataclass(frozen=True, slots=True)
class RoundFacts:
    id: int
    number: int
    called: int | Text
    due_at: dt.datetime
    closed: bool
    total: int
    """Reports that districts owe in it."""
    owing: tuple[AreaFacts, ...]
    """Districts that still owe theirs."""


@dataclass(frozen=True, slots=True)
class OpenedRounds(Query[tuple[RoundFacts, ...]]):
    """The rounds of the campaign that have opened, the oldest first."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One step of a report."""

    at: dt.datetime
    before: str
    """State before: open, partly, submitted, late, returned, accepted, waived."""
    after: str
    who: str
    """Name of whoever did it; empty for the service itself."""
    reason: str
    version: int | None
    """The report version that was sent with this step."""
    phoned_by: str = ""
    """Who told it on the telephone, where staff wrote it down."""
    letter: tuple[str, dt.date] | None = None
    """Number and day of the signed letter that went out with it: then the line tells of that alone."""


@dataclass(frozen=True, slots=True)
class HistoryOf(Query[tuple[HistoryLine, ...]]):
    obligation_id: int
