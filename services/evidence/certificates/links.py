"""Links to a certificate's document: signed, expiring, each for one person, so that it is known who has looked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from services.evidence.sign_links import SignLinks
from services.links import LinkError, SignedLinks

GOOD_FOR = dt.timedelta(days=7)
"""It stands in a chat, where people come back to it; whoever has lost the office is refused all the same."""
KIND = "certificate"
"""Of the link, and the path that it leads to."""


@dataclass(frozen=True, slots=True)
class CertificateLink:
    certificate_id: int
    person_id: int


@dataclass(frozen=True)
class CertificateLinks:
    public_url: str
    secret_key: str = field(repr=False)

    @classmethod
    def beside(cls, links: SignLinks) -> CertificateLinks:
        """Those of the same service as the links of the signature page."""
        return cls(links.public_url, links.secret_key)

    def make(self, certificate_id: int, person_id: int, now: dt.datetime) -> str:
        """The address of the document for one person, as of `now` (civil)."""
        return self._links.make(KIND, [certificate_id, person_id], now + GOOD_FOR)

    def read(self, token: str, now: dt.datetime) -> CertificateLink:
        """What a token is for. Raises LinkError for one that is not ours, or too old at `now` (civil)."""
        parts, _until = self._links.read(KIND, token, now)
        try:
            certificate_id, person_id = parts
            return CertificateLink(int(certificate_id), int(person_id))
        except (ValueError, TypeError):
            raise LinkError("unknown") from None

    def check_page(self, check_code: str) -> str:
        """Where anybody sees what a printed certificate says."""
        return f"{self.public_url}/verify/{check_code}"

    @property
    def _links(self) -> SignedLinks:
        return SignedLinks(self.public_url, self.secret_key)
