"""Reading a certificate: its document by a personal link, and what it says by the code that is printed on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.conversation.household.checks import Case, VillageCounts
from bot.messages.catalogue import DEFAULT_LOCALE, Catalogue
from models.base import Sessions
from models.campaign import Campaign
from models.certificate import Certificate, CertificateState
from models.people import REPORTING_ROLES, STAFF_ROLES, Membership, Role
from models.work import Audit
from services.calendar import BANGKOK
from services.campaigns.household_cases import cases_of
from services.evidence.certificates.links import CertificateLinks
from services.evidence.certificates.signing import CODE_LENGTH, LETTERS
from services.evidence.certificates.telling import district_of
from services.links import LinkError
from services.people.people import Areas
from services.ports import Clock, MediaStore
from services.texts import Texts

_PROVINCE = 2
"""Digits of a village's code that are its province's."""


class NotMadeYetError(Exception):
    """It is certified, and its document is still being made."""


@dataclass(frozen=True, slots=True)
class Document:
    reference: str
    chunks: Iterator[bytes]
    """The PDF."""


@dataclass(frozen=True, slots=True)
class Certified:
    """What a certificate says, for whoever holds the paper."""

    reference: str
    area_name: str
    as_of: dt.datetime
    certified_at: dt.datetime
    """Both in Bangkok's civil time."""
    counts: VillageCounts
    cases: tuple[Case, ...]
    leader_name: str
    inspector_name: str
    further: bool
    replaced_by: str
    """Reference of the village's newest certificate, where that is another one."""
    check_code: str
    catalogue: Catalogue


@dataclass(frozen=True)
class CertificateReading:
    sessions: Sessions
    clock: Clock
    store: MediaStore
    links: CertificateLinks
    texts: Texts

    def open(self, token: str) -> Document:
        """The document behind a link, noted as viewed by the link's person.

        Raises LinkError, NotMadeYetError, and OSError or KeyError when the media store has it not at hand.
        """
        link = self.links.read(token, self.clock.now())
        with self.sessions() as session:
            row = session.get(Certificate, link.certificate_id)
            if row is None or row.state != CertificateState.CERTIFIED.value:
                raise LinkError("unknown")
            if not _may_read(session, row.village_code, link.person_id):
                raise LinkError("not_yours")
            if not row.document_key:
                raise NotMadeYetError
        chunks = self.store.get(row.document_key)
        with self.sessions() as session, session.begin():
            subject = f"certificate {row.reference}"
            session.add(
                Audit(
                    at=self.clock.now(),
                    person_id=link.person_id,
                    action="viewed",
                    subject=subject,
                    area_code=row.village_code,
                    detail={},
                )
            )
        return Document(row.reference, chunks)

    def verify(self, typed: str) -> Certified | None:
        """What was certified under a check code, however it was typed; None for a code of no certificate."""
        code = read_code(typed)
        if code is None:
            return None
        with self.sessions() as session:
            row = session.scalar(
                select(Certificate).where(
                    Certificate.check_code == code, Certificate.state == CertificateState.CERTIFIED.value
                )
            )
            return self._certified(session, row) if row is not None else None

    def _certified(self, session: Session, row: Certificate) -> Certified:
        campaign = session.get_one(Campaign, row.campaign_id)
        catalogue = self.texts.catalogue(DEFAULT_LOCALE, campaign)
        newest = session.scalars(
            select(Certificate)
            .where(Certificate.village_code == row.village_code, Certificate.number.is_not(None))
            .order_by(Certificate.number.desc())
            .limit(1)
        ).one()
        return Certified(
            reference=row.reference,
            area_name=Areas(session, catalogue)[row.village_code].name,
            as_of=row.as_of.astimezone(BANGKOK),
            certified_at=(row.certified_at or row.as_of).astimezone(BANGKOK),
            counts=VillageCounts.from_json(row.counts),
            cases=cases_of(campaign.settings, DEFAULT_LOCALE),
            leader_name=row.leader_name,
            inspector_name=row.inspector_name,
            further=(row.number or 1) > 1,
            replaced_by=newest.reference if newest.id != row.id else "",
            check_code=row.check_code,
            catalogue=catalogue,
        )


def read_code(typed: str) -> str | None:
    """A check code as it is stored; None for what can be none."""
    code = "".join(letter for letter in typed.upper() if letter.isalnum())
    return code if len(code) == CODE_LENGTH and set(code) <= set(LETTERS) else None


def _may_read(session: Session, village_code: str, person_id: int) -> bool:
    """Leaders of the village, officers of its district, staff of its province."""
    held = [((Role.LEADER,), village_code), (REPORTING_ROLES, district_of(village_code))]
    held.append((STAFF_ROLES, village_code[:_PROVINCE]))
    by_office = [
        Membership.role.in_([role.value for role in roles]) & (Membership.area_code == area) for roles, area in held
    ]
    found = select(Membership.id).where(
        Membership.person_id == person_id, Membership.ended_at.is_(None), or_(*by_office)
    )
    return session.scalar(found.limit(1)) is not None
