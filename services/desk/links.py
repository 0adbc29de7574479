"""Links that sign in to the desk: signed, good for ten minutes, used once.

Making one and looking at one write nothing, so robots that preview links may open it as often as they like. It is used
up when a session that names it stands (models.desk: link_nonce).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from bot.conversation.desk_facts import DeskAddress, DeskPageFacts
from bot.conversation.facts import Facts
from models.people import LineAccount
from services.links import LinkError, SignedLinks, new_nonce

GOOD_FOR = dt.timedelta(minutes=10)
IN_A_REAL_BROWSER = "openExternalBrowser=1"
"""LINE then leaves its own browser, which would forget the session and cannot print (LINE: URL parameters)."""
KIND = "desk/enter"
"""Of the link, and the path that it leads to."""


@dataclass(frozen=True, slots=True)
class DeskLink:
    """Whom a link signs in."""

    account_id: int
    person_id: int
    expires_at: dt.datetime
    nonce: str


@dataclass(frozen=True)
class DeskLinks:
    public_url: str
    secret_key: str = field(repr=False)

    def make(self, account_id: int, person_id: int, now: dt.datetime) -> str:
        """The address of a new link, as of `now` (civil)."""
        address = self._links.make(KIND, [account_id, person_id, new_nonce()], now + GOOD_FOR)
        return f"{address}?{IN_A_REAL_BROWSER}"

    def read(self, token: str, now: dt.datetime) -> DeskLink:
        """Whom a token signs in. Raises LinkError for one that is not ours, or too old at `now` (civil)."""
        parts, until = self._links.read(KIND, token, now)
        try:
            account, person, nonce = parts
            return DeskLink(int(account), int(person), until, str(nonce))
        except (ValueError, TypeError):
            raise LinkError("unknown") from None

    @property
    def _links(self) -> SignedLinks:
        return SignedLinks(self.public_url, self.secret_key)


def desk_page(
    links: DeskLinks | None,
    account: LineAccount,
    facts: Facts,
    query: DeskAddress,  # noqa: ARG001 - finders share a signature
) -> DeskPageFacts:
    """A new address for whoever asks. Raises LookupError where there can be none."""
    if links is None or facts.person is None:
        raise LookupError(account.id)
    return DeskPageFacts(links.make(account.id, facts.person.id, facts.now), facts.now + GOOD_FOR)
