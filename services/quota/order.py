"""Which word gives way first when the month's messages run short: higher numbers stay longer.

A campaign may say otherwise for each entry of its reminder plan (`priority:`, docs/campaigns.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

ANSWER = 100
"""Answers are never weighed: what somebody asked for is said."""
UNKNOWN = 50
_PRIORITIES = {
    "": ANSWER,
    "notice": 80,
    "broadcast": 40,
    "reminder:staff_summary": 10,
    "reminder:opening": 30,
    "reminder:day_before": 50,
    "reminder:overdue": 60,
    "reminder:asked": 70,
    "reminder:returned": 80,
    "reminder:due_day": 90,
}
_REMINDER = "reminder:"


def reminder_purpose(key: str) -> str:
    """The purpose of a request that sends the plan's entry of this key."""
    return f"{_REMINDER}{key}"


def priority_of(purpose: str, plan: Iterable[Mapping[str, Any]] = ()) -> int:
    """The rank of a purpose (`OutboxRequest.purpose`). `plan`: entries of campaign.yaml, which may set their own."""
    for entry in plan:
        if "priority" in entry and purpose == reminder_purpose(entry["key"]):
            return int(entry["priority"])
    return _PRIORITIES.get(purpose, UNKNOWN)
