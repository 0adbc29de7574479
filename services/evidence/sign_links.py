"""Links to the page on which somebody signs: signed, expiring, for one household or one village's summary.

The link itself says what it is for, so making and opening one writes nothing: preview robots may open it as often as
they like. It is used up when a signature that names it stands (models.signature: nonce).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from bot.conversation.facts import Facts
from bot.conversation.sign_facts import SignAddress, SignPageFacts
from models.signature import SignerRole
from services.links import LinkError, SignedLinks, new_nonce

GOOD_FOR = dt.timedelta(hours=12)
"""A leader opens it in the village, perhaps out of reach of the network, and hands the telephone on."""
KIND = "sign"
"""Of the link, and the path that it leads to."""


@dataclass(frozen=True, slots=True)
class SignLink:
    """What a link is for."""

    village_code: str
    house_no: str
    """Empty: for the village's summary."""
    role: SignerRole
    """Who is asked to sign; on a household's page it can be changed between respondent and witness."""
    person_id: int
    expires_at: dt.datetime
    nonce: str
    certificate_id: int = 0
    """For an inspector: which of the village's summaries. A leader's is known by the nonce."""


@dataclass(frozen=True)
class SignLinks:
    public_url: str
    secret_key: str = field(repr=False)

    def make(self, village_code: str, house_no: str, role: SignerRole, person_id: int, now: dt.datetime) -> str:
        """The address of a new link, as of `now` (civil)."""
        return self.address(SignLink(village_code, house_no, role, person_id, now + GOOD_FOR, new_nonce()))

    def address(self, link: SignLink) -> str:
        """Where a link leads."""
        parts = [link.village_code, link.house_no, link.role.value, link.person_id, link.nonce, link.certificate_id]
        return self._links.make(KIND, parts, link.expires_at)

    def read(self, token: str, now: dt.datetime) -> SignLink:
        """What a token is for. Raises LinkError for one that is not ours, or too old at `now` (civil)."""
        parts, until = self._links.read(KIND, token, now)
        try:
            village, house, role, person, nonce, certificate = parts
            return SignLink(village, house, SignerRole(role), person, until, nonce, certificate)
        except (ValueError, TypeError):
            raise LinkError("unknown") from None

    @property
    def _links(self) -> SignedLinks:
        return SignedLinks(self.public_url, self.secret_key)


def sign_page(links: SignLinks | None, facts: Facts, query: SignAddress) -> SignPageFacts:
    """A new address for a household of the person's village, or for its summary. Raises LookupError where there can
    be none."""
    if links is None or facts.person is None:
        raise LookupError(query.village_code)
    role = SignerRole(query.role) if query.house_no else SignerRole.LEADER
    until = facts.now + GOOD_FOR
    link = SignLink(query.village_code, query.house_no, role, facts.person.id, until, new_nonce())
    return SignPageFacts(links.address(link), until, link.nonce)
