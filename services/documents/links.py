"""Links to a report's documents: each for one person, opened as often as they like while they may see the report."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.conversation.document_facts import DocumentFacts, DocumentsOf
from bot.conversation.facts import Facts
from services.links import LinkError, SignedLinks

KIND = "document"
"""Of the link, and the path that it leads to."""
GOOD_FOR = dt.timedelta(days=7)
"""It stands in a chat, where people come back to it."""
PDF, WORD = "pdf", "docx"


@dataclass(frozen=True, slots=True)
class DocumentLink:
    obligation_id: int
    person_id: int
    ending: str
    """PDF or WORD."""


def address(links: SignedLinks, link: DocumentLink, now: dt.datetime) -> str:
    """Where a link leads, as of `now` (civil)."""
    return links.make(KIND, [link.obligation_id, link.person_id, link.ending], now + GOOD_FOR)


def read(links: SignedLinks, token: str, now: dt.datetime) -> DocumentLink:
    """What a token is for. Raises LinkError."""
    parts, _until = links.read(KIND, token, now)
    try:
        obligation_id, person_id, ending = parts
        link = DocumentLink(int(obligation_id), int(person_id), str(ending))
    except (ValueError, TypeError):
        raise LinkError("unknown") from None
    if link.ending not in {PDF, WORD}:
        raise LinkError("unknown")
    return link


def documents_of(links: SignedLinks | None, facts: Facts, query: DocumentsOf) -> DocumentFacts | None:
    """New addresses for whoever asks."""
    if links is None or facts.person is None:
        return None
    made = (
        address(links, DocumentLink(query.obligation_id, facts.person.id, ending), facts.now) for ending in (PDF, WORD)
    )
    return DocumentFacts(*made)
