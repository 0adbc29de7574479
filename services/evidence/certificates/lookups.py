"""From what a conversation asks (services.chat.facts) to the finder of certificates."""

from __future__ import annotations

from sqlalchemy.orm import Session

from bot.conversation.certificate_facts import Certificates, CertificatesIn, StandingOf, VillageStanding
from bot.conversation.facts import Facts
from models.people import REPORTING_ROLES
from services.evidence.certificates.finders import CertificateFinder
from services.evidence.sign_links import SignLinks
from services.people.people import Areas


def standing(
    session: Session, links: SignLinks | None, facts: Facts, areas: Areas, query: StandingOf
) -> VillageStanding:
    """See StandingOf."""
    return _finder(session, links, facts, areas).standing(query.village_code)


def certificates(
    session: Session, links: SignLinks | None, facts: Facts, areas: Areas, query: CertificatesIn
) -> Certificates:
    """See CertificatesIn."""
    inspected = facts.person.areas(*REPORTING_ROLES) if facts.person is not None else ()
    signs = any(area.code == query.area_code for area in inspected)
    return _finder(session, links, facts, areas).inside(areas[query.area_code], signs=signs)


def _finder(session: Session, links: SignLinks | None, facts: Facts, areas: Areas) -> CertificateFinder:
    if links is None or facts.person is None:
        raise LookupError("certificates")
    return CertificateFinder(session, areas, links, facts.person.id, facts.now)
