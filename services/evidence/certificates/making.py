"""The job that makes a certified summary's document and puts it into the media store."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.messages.catalogue import DEFAULT_LOCALE
from models.area import Area
from models.base import Sessions
from models.campaign import Campaign
from models.certificate import Certificate, CertificateState
from models.signature import Signature
from services.campaigns.household_cases import cases_of
from services.evidence.certificates import paper
from services.evidence.certificates.links import CertificateLinks
from services.evidence.certificates.paper import Paper, Signed
from services.owed import LaterError
from services.ports import MediaStore
from services.texts import Texts


@dataclass(frozen=True)
class CertificateMaking:
    sessions: Sessions
    store: MediaStore
    texts: Texts
    links: CertificateLinks

    def make(self, certificate_id: int) -> None:
        """Make the document, unless it is there. Raises LaterError while a drawing cannot be read."""
        with self.sessions() as session:
            row = session.get_one(Certificate, certificate_id)
            if row.state != CertificateState.CERTIFIED.value or row.document_key:
                return
            described = self._paper(session, row).described()
        made = paper.pdf(described)
        digest = hashlib.sha256(made).hexdigest()
        key = f"certificates/{digest[:2]}/{digest}.pdf"
        self.store.put(key, iter(io.BytesIO(made).readlines()))
        with self.sessions() as session, session.begin():
            session.get_one(Certificate, certificate_id).document_key = key

    def _paper(self, session: Session, row: Certificate) -> Paper:
        campaign = session.get_one(Campaign, row.campaign_id)
        leader = session.get_one(Signature, row.leader_signature_id)
        inspector = session.get_one(Signature, row.inspector_signature_id)
        return Paper(
            row=row,
            areas=_areas(session, row.village_code),
            cases=cases_of(campaign.settings, DEFAULT_LOCALE),
            project=_words(campaign, "titles"),
            disclaimer=_words(campaign, "disclaimer"),
            leader=Signed(row.leader_name, row.leader_position, self._drawing(leader)),
            inspector=Signed(row.inspector_name, row.inspector_position, self._drawing(inspector)),
            leader_signed=leader.signed_at,
            check_page=self.links.check_page(row.check_code),
            catalogue=self.texts.catalogue(DEFAULT_LOCALE, campaign),
        )

    def _drawing(self, signature: Signature) -> bytes:
        try:
            return b"".join(self.store.get(signature.storage_key))
        except KeyError:
            raise LaterError(f"signature {signature.id} has no drawing") from None


def _words(campaign: Campaign, name: str) -> str:
    """What the campaign prints, in Thai; empty where it says nothing."""
    return str((campaign.settings.get(name) or {}).get(DEFAULT_LOCALE, ""))


def _areas(session: Session, village_code: str) -> dict[str, str | int]:
    """Names by kind of the village and all above it."""
    found: dict[str, str | int] = {}
    area = session.get(Area, village_code)
    while area is not None:
        found[area.kind] = area.name_th
        if area.moo is not None:
            found["moo"] = area.moo
        area = session.get(Area, area.parent_code) if area.parent_code is not None else None
    return found
