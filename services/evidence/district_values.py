"""A district's figures as known values of its form: what the leaders sent need not be asked (source: evidence)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.area import Area
from models.base import Sessions
from models.campaign import Campaign, KnownValue
from models.upsert import insert_or_ignore
from services.campaigns.household_cases import figures_of as names_of
from services.campaigns.household_cases import figures_when
from services.evidence.figures import figures_of

EVIDENCE = "evidence"
_PROVINCE = 2
"""Digits of a province's code."""


@dataclass(frozen=True)
class DistrictValues:
    sessions: Sessions

    def write(self, district: int) -> None:
        """The job evidence_figures. Values that come from elsewhere under the same name stay as they are."""
        code = f"{district:04d}"
        with self.sessions() as session, session.begin():
            if session.get(Area, code) is None:
                return
            found = None
            for campaign in session.scalars(select(Campaign).where(Campaign.province_code == code[:_PROVINCE])):
                names = names_of(campaign.settings)
                found = found or (figures_of(session, code) if names else None)
                wanted = found.known(names, figures_when(campaign.settings)) if found is not None else {}
                _store(session, campaign, code, wanted if names else {})


def _store(session: Session, campaign: Campaign, area_code: str, wanted: dict[str, str]) -> None:
    key = {"campaign_id": campaign.id, "area_code": area_code, "round_number": 0}
    session.execute(
        delete(KnownValue).filter_by(**key, source=EVIDENCE).where(KnownValue.name.not_in(wanted)),
        execution_options={"synchronize_session": False},
    )
    standing = {row.name: row for row in session.scalars(select(KnownValue).filter_by(**key))}
    for name, value in wanted.items():
        row = standing.get(name)
        if row is None:
            insert_or_ignore(session, KnownValue, {**key, "name": name, "value": value, "source": EVIDENCE})
        elif row.source == EVIDENCE:
            row.value = value
