"""A round in figures, as staff and districts may ask for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.conversation.facts import AreaFacts, Query


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
