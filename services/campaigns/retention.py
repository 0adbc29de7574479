"""How long what people sent is kept after a campaign is over: setting and check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from bot.messages.bubbles import Text
from services.campaigns.fault import Fault

MOST_DAYS = 36_500


@dataclass(frozen=True, slots=True)
class Retention:
    """Days after the campaign's last due date, by kind; None: kept for good."""

    photos: int | None = 90
    """Photos of houses. What is attached to a report stays with the report."""
    signatures: int | None = 90
    """Drawn ones and photos of signed sheets; a certificate's stay with the certificate."""
    chats: int | None = 90
    """Words of messages, those of our answers, what a chat was in the middle of."""
    notes: int | None = 90
    """What was written about households' cases; the cases themselves are figures and stay."""
    requests: int | None = 90
    """Requests to join, invitations, tables of rows that an import refused."""
    letters: int | None = 1825
    """Scans of signed letters; their numbers and days stay with the reports."""
    audit: int | None = 1825
    """Who did what when."""

    def days(self, kind: str) -> int | None:
        """Of one of KINDS."""
        value: int | None = getattr(self, kind)
        return value


KINDS = tuple(each.name for each in fields(Retention))


def retention_of(settings: Mapping[str, Any] | None) -> Retention:
    """The setting of a loaded campaign; what holds by itself where there is none."""
    return Retention(**((settings or {}).get("retention") or {}))


def wrong_retention(config: Mapping[str, Any]) -> list[Fault]:
    """A sentence for each fault of `retention` in campaign.yaml."""
    given = config.get("retention")
    if given is None:
        return []
    if not isinstance(given, dict):
        return [Fault(f"retention: write days below it for {', '.join(KINDS)}", "shape", name="retention")]
    faults = [Fault(f"retention: no such setting: {name}", "setting", name=name) for name in given if name not in KINDS]
    for kind in KINDS:
        days = given.get(kind, 0)
        if days is None:
            continue
        if isinstance(days, bool) or not isinstance(days, int) or not 0 <= days <= MOST_DAYS:
            told = f"retention: {kind} is {days!r}: write a whole number of days, or null to keep it for good"
            faults.append(Fault(told, "days", what=Text(f"keeping.kind.{kind}"), most=MOST_DAYS))
    return faults
