"""Who has reported a round and who has not, before staff and officers ask."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.conversation.facts import AreaFacts, Query


@dataclass(frozen=True, slots=True)
class HalfFinished:
    area: AreaFacts
    left: int
    """Questions left."""
    asked: bool = False
    """It waits for the head of office to agree."""


@dataclass(frozen=True, slots=True)
class Overview:
    """Who has reported a round and who has not."""

    round_number: int
    due_at: dt.datetime
    total: int
    sent: int
    half_finished: tuple[HalfFinished, ...]
    not_started: tuple[AreaFacts, ...]
    returned: tuple[AreaFacts, ...] = ()
    """The province has given their reports back."""
    waived: tuple[AreaFacts, ...] = ()
    """Not asked for any more, and counted neither in `total` nor in `sent`."""
    closed: bool = False
    """No report of it is taken any more, and nobody is reminded."""


@dataclass(frozen=True, slots=True)
class CurrentOverview(Query[Overview | None]):
    """Of the newest opened round; None before the first opens."""
