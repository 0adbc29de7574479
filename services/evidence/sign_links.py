"""Links to the page on which somebody signs: signed, expiring, for one household or one village's summary.

The link itself says what it is for, so making and opening one writes nothing: preview robots may open it as often as
they like. It is used up when a signature that names it stands (models.signature: nonce).
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass, field

from itsdangerous import BadSignature, URLSafeSerializer

from bot.conversation.facts import Facts
from bot.conversation.sign_facts import SignAddress, SignPageFacts
from models.signature import SignerRole

GOOD_FOR = dt.timedelta(hours=12)
"""A leader opens it in the village, perhaps out of reach of the network, and hands the telephone on."""
_SALT = "sign"


class LinkError(Exception):
    """The link is none of ours, or its time is over. `key` is a catalogue key below pad.link."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


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


@dataclass(frozen=True)
class SignLinks:
    public_url: str
    secret_key: str = field(repr=False)

    def make(self, village_code: str, house_no: str, role: SignerRole, person_id: int, now: dt.datetime) -> str:
        """The address of a new link, as of `now` (civil)."""
        expires = int((now + GOOD_FOR).timestamp())
        parts = [village_code, house_no, role.value, person_id, expires, secrets.token_urlsafe(9)]
        return f"{self.public_url}/sign/{self._serializer().dumps(parts)}"

    def read(self, token: str, now: dt.datetime) -> SignLink:
        """What a token is for. Raises LinkError for one that is not ours, or too old at `now` (civil)."""
        try:
            village, house, role, person, expires, nonce = self._serializer().loads(token)
            link = SignLink(village, house, SignerRole(role), person, dt.datetime.fromtimestamp(expires, dt.UTC), nonce)
        except (BadSignature, ValueError, TypeError):
            raise LinkError("unknown") from None
        if now >= link.expires_at:
            raise LinkError("expired")
        return link

    def _serializer(self) -> URLSafeSerializer:
        return URLSafeSerializer(self.secret_key, salt=_SALT)


def sign_page(links: SignLinks | None, facts: Facts, query: SignAddress) -> SignPageFacts:
    """A new address for a household of the person's village. Raises LookupError where there can be none."""
    if links is None or facts.person is None:
        raise LookupError(query.village_code)
    address = links.make(query.village_code, query.house_no, SignerRole.RESPONDENT, facts.person.id, facts.now)
    return SignPageFacts(address, facts.now + GOOD_FOR)
