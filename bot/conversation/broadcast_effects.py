"""What staff's messages ask the service to do about summaries, reminders by hand and announcements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ShowSummary:
    """A village's summary was shown with a page to sign it on: keep the counts as they were shown."""

    key: str
    """Of the signature that is asked for (SignPageFacts)."""
    village_code: str
    counts: Mapping[str, Any]
    """bot.conversation.household.checks.VillageCounts as JSON."""


@dataclass(frozen=True, slots=True)
class SawWaitingSummaries:
    """The summaries that wait for this person's signature were looked up: no notice of them is due any more."""


@dataclass(frozen=True, slots=True)
class PrepareBroadcast:
    """A preview was shown: keep it under its key, so that one word, once, sends it."""

    key: str
    kind: str
    audience: Mapping[str, Any]
    """bot.conversation.broadcast_facts.Audience as JSON."""
    words: str
    cost: int
    """Messages that the preview named."""


@dataclass(frozen=True, slots=True)
class ConfirmBroadcast:
    """Let a preview go out at `send_at` (civil); refused, and the turn taken again, when it has been decided on."""

    key: str
    send_at: dt.datetime


@dataclass(frozen=True, slots=True)
class CancelBroadcast:
    """Drop a preview, or stop what has not gone; refused, and the turn taken again, when it has."""

    key: str


@dataclass(frozen=True, slots=True)
class ToldDelivery:
    """Who confirmed a broadcast has seen what became of it: no notice is due any more."""

    key: str
