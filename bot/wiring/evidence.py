"""What takes photos, signatures and the register in, makes certificates of them, and lets them go."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bot.wiring.ground import Ground
from services.evidence.certificates.links import CertificateLinks
from services.evidence.certificates.making import CertificateMaking
from services.evidence.certificates.reading import CertificateReading
from services.evidence.district_values import DistrictValues
from services.evidence.photos import Photos
from services.evidence.signatures import Signatures
from services.evidence.viewing import Viewing
from services.quality.counts import QualityCounting
from services.register.handing_in import Uploads
from services.register.register import Register
from services.retention.discarding import Discarding
from services.retention.nightly import Nightly
from services.retention.purge import Purge
from services.sheets.links import SheetLinks
from services.sheets.opening import SheetOpening
from services.sheets.sheets import Sheets


@dataclass(frozen=True)
class EvidenceParts(Ground):
    """From a photo's bytes to the night in which they go."""

    @cached_property
    def photos(self) -> Photos:
        return Photos(self.sessions, self.clock, self.line, self.media)

    @cached_property
    def district_values(self) -> DistrictValues:
        return DistrictValues(self.sessions)

    @cached_property
    def sheets(self) -> Sheets:
        return Sheets(self.sessions, self.clock, self.line, self.texts)

    @cached_property
    def sheet_opening(self) -> SheetOpening:
        links = SheetLinks.beside(self.sign_links)
        return SheetOpening(self.sessions, self.clock, self.media, self.sheets, links, self.queue.ring)

    @cached_property
    def signatures(self) -> Signatures:
        return Signatures(self.sessions, self.clock, self.media, self.sign_links, self.texts, self.queue.ring)

    @cached_property
    def certificate_making(self) -> CertificateMaking:
        links = CertificateLinks.beside(self.sign_links)
        return CertificateMaking(self.sessions, self.media, self.texts, links)

    @cached_property
    def certificate_reading(self) -> CertificateReading:
        links = CertificateLinks.beside(self.sign_links)
        return CertificateReading(self.sessions, self.clock, self.media, links, self.texts)

    @cached_property
    def viewing(self) -> Viewing:
        return Viewing(self.sessions, self.clock, self.media, self.settings.secret_key)

    @cached_property
    def register(self) -> Register:
        return Register(self.sessions, self.clock, self.media, self.texts)

    @cached_property
    def uploads(self) -> Uploads:
        return Uploads(self.sessions, self.clock, self.media, self.register)

    @cached_property
    def quality_counting(self) -> QualityCounting:
        return QualityCounting(self.sessions, self.clock)

    @cached_property
    def discarding(self) -> Discarding:
        return Discarding(self.sessions, self.media)

    @cached_property
    def purge(self) -> Purge:
        return Purge(self.sessions, self.clock, self.discarding, self.faults)

    @cached_property
    def nightly(self) -> Nightly:
        return Nightly(self.sessions, self.clock, self.purge)
