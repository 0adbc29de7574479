"""Whether a campaign lets the account stay in LINE groups, and how long it waits to be linked: setting and check."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.campaigns.fault import Fault

KEYS = frozenset({"allowed", "link_within_days"})
MOST_DAYS = 60


@dataclass(frozen=True, slots=True)
class GroupSettings:
    allowed: bool = True
    link_within_days: int = 3

    @property
    def patience(self) -> dt.timedelta:
        return dt.timedelta(days=self.link_within_days)


def groups_of(settings: Mapping[str, Any] | None) -> GroupSettings:
    """The setting of a loaded campaign; what holds by itself where there is none."""
    return GroupSettings(**((settings or {}).get("groups") or {}))


def wrong_groups(config: Mapping[str, Any]) -> list[Fault]:
    """A sentence for each fault of `groups` in campaign.yaml."""
    groups = config.get("groups")
    if groups is None:
        return []
    if not isinstance(groups, dict):
        return [Fault("groups: write allowed and link_within_days below it", "shape", name="groups")]
    faults = [Fault(f"groups: no such setting: {name}", "setting", name=name) for name in groups if name not in KEYS]
    if not isinstance(groups.get("allowed", True), bool):
        told = f"groups: allowed is {groups['allowed']!r}: write true or false"
        faults.append(Fault(told, "yes_no", name="allowed"))
    days = groups.get("link_within_days", 1)
    if isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= MOST_DAYS:
        told = f"groups: link_within_days is {days!r}: write a whole number of days, 1 to {MOST_DAYS}"
        faults.append(Fault(told, "number", name="link_within_days", least=1, most=MOST_DAYS))
    return faults
