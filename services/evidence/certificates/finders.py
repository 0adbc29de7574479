"""Finders of what the conversation asks about certificates (services.chat.facts)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from bot.conversation.certificate_facts import Certificates, CertifiedSummary, VillageStanding, WaitingSummary
from bot.conversation.facts import AreaFacts
from bot.conversation.household.checks import VillageCounts
from models.area import Area, AreaKind
from models.campaign import Campaign
from models.certificate import Certificate, CertificateState
from models.signature import Signature, SignerRole
from services.campaigns.household_cases import cases_of
from services.evidence.certificates.links import CertificateLinks
from services.evidence.certified import certified_villages
from services.evidence.sign_links import GOOD_FOR, SignLink, SignLinks
from services.links import new_nonce
from services.people.people import Areas

FEW = 3
"""Summaries to sign, and certificates to open, that one answer offers."""


def of_area(area_code: str) -> Select[Certificate]:
    """Certificates of the villages inside an area, or of a village."""
    return select(Certificate).where(
        Certificate.village_code >= area_code,
        Certificate.village_code <= f"{area_code}~",  # codes of the villages inside begin with the area's own
    )


@dataclass(frozen=True)
class CertificateFinder:
    """For one person, as of `now` (civil)."""

    session: Session
    areas: Areas
    links: SignLinks
    person_id: int
    now: dt.datetime

    def standing(self, village_code: str) -> VillageStanding:
        """See StandingOf."""
        newest = of_area(village_code).order_by(Certificate.id.desc()).limit(1)
        certified = self.session.scalar(newest.where(Certificate.state == CertificateState.CERTIFIED.value))
        waiting = self.session.scalar(newest.where(Certificate.state == CertificateState.SIGNED.value))
        return VillageStanding(
            certified=self.certified(certified) if certified is not None else None,
            waiting_since=self._signed_at(waiting) if waiting is not None else None,
        )

    def _signed_at(self, row: Certificate) -> dt.datetime:
        signature = self.session.get(Signature, row.leader_signature_id) if row.leader_signature_id else None
        return signature.signed_at if signature is not None else row.as_of

    def certified(self, row: Certificate) -> CertifiedSummary:
        """One that both have signed, with this person's link to it."""
        return CertifiedSummary(
            village=self.areas[row.village_code],
            reference=row.reference,
            counts=VillageCounts.from_json(row.counts),
            inspector=row.inspector_name,
            leader=row.leader_name,
            address=CertificateLinks.beside(self.links).make(row.id, self.person_id, self.now),
        )

    def inside(self, area: AreaFacts, *, signs: bool) -> Certificates:
        """See CertificatesIn; `signs`: the person is an inspector there."""
        within = of_area(area.code)
        waits = within.where(
            Certificate.state == CertificateState.SIGNED.value, Certificate.leader_id != self.person_id
        )
        newest = within.where(Certificate.state == CertificateState.CERTIFIED.value)
        villages = select(func.count(Area.code)).where(
            Area.kind == AreaKind.VILLAGE.value, Area.code >= area.code, Area.code <= f"{area.code}~"
        )
        return Certificates(
            area=area,
            certified=certified_villages(self.session, area.code),
            villages=self.session.scalars(villages).one(),
            waiting=tuple(map(self.waiting, self._some(waits.order_by(Certificate.id)))) if signs else (),
            waits=self._count(waits) if signs else 0,
            newest=tuple(map(self.certified, self._some(newest.order_by(Certificate.certified_at.desc())))),
        )

    def _some(self, found: Select[Certificate]) -> list[Certificate]:
        return list(self.session.scalars(found.limit(FEW)))

    def _count(self, found: Select[Certificate]) -> int:
        return self.session.scalars(select(func.count()).select_from(found.subquery())).one()

    def waiting(self, row: Certificate) -> WaitingSummary:
        """One that its leader has signed, with a page on which this person signs."""
        until = self.now + GOOD_FOR
        link = SignLink(row.village_code, "", SignerRole.INSPECTOR, self.person_id, until, new_nonce(), row.id)
        campaign = self.session.get_one(Campaign, row.campaign_id)
        before = of_area(row.village_code).where(Certificate.state == CertificateState.CERTIFIED.value)
        return WaitingSummary(
            village=self.areas[row.village_code],
            leader=row.leader_name,
            as_of=row.as_of,
            counts=VillageCounts.from_json(row.counts),
            cases=cases_of(campaign.settings, self.areas.locale),
            address=self.links.address(link),
            good_until=until,
            further=self._count(before) > 0,
        )
