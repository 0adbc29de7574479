"""What a ยืนยันส่ง may do now: the one place that decides it, for the chat and for the desk. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from bot.conversation.broadcast.card import REMINDER, reach_of
from bot.conversation.broadcast_facts import BroadcastFacts, Former, QuietAt
from bot.conversation.facts import Facts

GOOD_FOR = dt.timedelta(hours=1)
"""What a preview says of people and cost is believed so long."""
FARTHEST = dt.timedelta(days=60)
QUIET, AGAIN = "quiet", "again"
"""Doubts that are asked about once; `sure` names those that were settled."""


class Says(StrEnum):
    GONE = "gone"
    """It was cancelled, or never was."""
    DONE = "done"
    """Confirmed before: nothing is sent a second time."""
    PAST = "past"
    """The time that was set has gone by."""
    FAR = "far"
    """The time that was set is too far away."""
    MOVED = "moved"
    """The preview is not true any more: it is shown anew."""
    AGAIN = "again"
    """The same words went to the same people lately."""
    QUIET = "quiet"
    """It would arrive when people rest."""
    SEND = "send"


@dataclass(frozen=True, slots=True)
class Ruling:
    says: Says
    former: BroadcastFacts | None = None
    """Of AGAIN: the one that was confirmed before."""


def ruling(
    found: BroadcastFacts | None, facts: Facts, at: dt.datetime | None = None, sure: Collection[str] = ()
) -> Ruling:
    """What becomes of a broadcast that is confirmed for `at` (civil; None: now), `sure` of some doubts."""
    if found is None or found.state == "cancelled":
        return Ruling(Says.GONE)
    if found.state != "preview":
        return Ruling(Says.DONE)
    if at is not None and (says := untimely(at, facts.now)) is not None:
        return Ruling(says)
    if facts.now - found.created_at > GOOD_FOR:
        return Ruling(Says.MOVED)
    return _doubt(found, facts, at or facts.now, sure) or _room(found, facts, at)


def untimely(at: dt.datetime, now: dt.datetime) -> Says | None:
    """What is wrong with a time that was set; None for a good one."""
    if at <= now:
        return Says.PAST
    return Says.FAR if at - now > FARTHEST else None


def _doubt(found: BroadcastFacts, facts: Facts, at: dt.datetime, sure: Collection[str]) -> Ruling | None:
    """What is asked about once before it goes out."""
    former = facts.ask(Former(found.key)) if found.kind != REMINDER and AGAIN not in sure else None
    if former is not None and former.confirmed_at is not None:
        return Ruling(Says.AGAIN, former)
    if QUIET not in sure and facts.ask(QuietAt(at)):
        return Ruling(Says.QUIET)
    return None


def _room(found: BroadcastFacts, facts: Facts, at: dt.datetime | None) -> Ruling:
    """Whether it still reaches anybody, and can be paid for; of a later hour that is not known yet."""
    if at is None:
        reach, budget = reach_of(facts, found.audience, found.kind)
        if not budget.allowed or reach.messages == 0:
            return Ruling(Says.MOVED)
    return Ruling(Says.SEND)
