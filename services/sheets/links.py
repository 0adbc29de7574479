"""Links to printed paper: signed, expiring, each for one person, so that it is known who has printed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from services.evidence.sign_links import SignLinks
from services.links import LinkError, SignedLinks

GOOD_FOR = dt.timedelta(days=3)
"""It is opened on another machine, the one with the printer; whoever has lost the office is refused all the same."""
KIND = "sheet"
"""Of the link, and the path that it leads to."""


@dataclass(frozen=True, slots=True)
class SheetLink:
    area_code: str
    kind: str
    person_id: int


@dataclass(frozen=True)
class SheetLinks:
    public_url: str
    secret_key: str = field(repr=False)

    @classmethod
    def beside(cls, links: SignLinks) -> SheetLinks:
        """Those of the same service as the links of the signature page."""
        return cls(links.public_url, links.secret_key)

    def make(self, link: SheetLink, now: dt.datetime) -> str:
        """The address of a file for one person, as of `now` (civil)."""
        return self._links.make(KIND, [link.area_code, link.kind, link.person_id], now + GOOD_FOR)

    def read(self, token: str, now: dt.datetime) -> SheetLink:
        """What a token is for. Raises LinkError for one that is not ours, or too old at `now` (civil)."""
        parts, _until = self._links.read(KIND, token, now)
        try:
            area_code, kind, person_id = parts
            return SheetLink(str(area_code), str(kind), int(person_id))
        except (ValueError, TypeError):
            raise LinkError("unknown") from None

    @property
    def _links(self) -> SignedLinks:
        return SignedLinks(self.public_url, self.secret_key)
