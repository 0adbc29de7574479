"""For the first page of the desk: how many totals do not agree, and where the most."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.messages.bubbles import Value
from models.campaign import Campaign
from services.campaigns.reconciliation import reconciliation_of
from services.desk.scope import Scope
from services.people.people import Areas
from services.reconciliation.reconciling import reconcile


@dataclass(frozen=True, slots=True)
class OpenDifferences:
    count: int
    """Places where a difference arises that nobody has explained."""
    area_code: str = ""
    """Where the most does."""
    gap: int = 0

    def values(self, areas: Areas) -> dict[str, Value]:
        """For the sentence desk.today.line.sums. Only where `count` is not 0."""
        return {"n": self.count, "area": areas[self.area_code].name, "gap": abs(self.gap)}


def open_differences(session: Session, campaign: Campaign, scope: Scope, now: dt.datetime) -> OpenDifferences:
    """Over all measures of the campaign, within the scope. A handful of aggregated queries. `now`: civil."""
    found = [
        finding
        for measure in reconciliation_of(campaign.settings).measures
        if (looked := reconcile(session, campaign, measure.key, scope, now, earlier=False)) is not None
        for finding in looked.open
    ]
    if not found:
        return OpenDifferences(0)
    most = max(found, key=lambda finding: abs(finding.gap))
    return OpenDifferences(len(found), most.code, most.gap)
