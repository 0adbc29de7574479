"""A draft as a picture of the official form: drawn when LINE or a person opens its link, kept nowhere.

A link is for one draft as it was stored then: once anything is changed or sent it opens nothing any more, so that
nobody takes an old picture for what would be sent.
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversation.document_facts import PictureFacts, PictureOf
from bot.conversation.facts import Facts
from bot.messages.catalogue import DEFAULT_LOCALE
from models.base import Sessions
from models.campaign import Campaign, Round
from models.obligation import Draft, Obligation
from models.work import Audit
from services.documents.drafts import DraftDocuments
from services.documents.opening import may_read
from services.documents.paper import Document
from services.links import LinkError, SignedLinks
from services.ports import Clock
from services.reports.forms import FormCache
from services.texts import Texts

if TYPE_CHECKING:
    from PIL import Image

KIND = "draft"
"""Of the link, and the path that it leads to."""
GOOD_FOR = dt.timedelta(hours=24)
LARGE, SMALL = "large", "small"
LARGE_DOTS = 170
"""A letter of 9.5 points is 22 dots high: legible when a phone shows a third of the page."""
SMALL_WIDTH = 720
LARGEST = {LARGE: 10_000_000, SMALL: 1_000_000}
"""Bytes that LINE takes."""
_ABOVE_NUMBER = 0.955
"""Of a page's height."""
_WIDEST_PORTRAIT = 7
"""Columns up to which a form is drawn upright, which a phone shows larger."""


@dataclass(frozen=True, slots=True)
class DraftPicture:
    obligation_id: int
    person_id: int
    row_version: int
    size: str


def picture_of(links: SignedLinks | None, facts: Facts, query: PictureOf) -> PictureFacts | None:
    """New addresses for whoever asks."""
    if links is None or facts.person is None:
        return None
    until, parts = facts.now + GOOD_FOR, [query.obligation_id, facts.person.id, query.row_version]
    return PictureFacts(*(links.make(KIND, [*parts, size], until) for size in (LARGE, SMALL)))


@dataclass(frozen=True)
class DraftPictures:
    sessions: Sessions
    clock: Clock
    links: SignedLinks
    forms: FormCache
    texts: Texts

    def open(self, token: str) -> bytes:
        """The picture of a link as PNG. Raises LinkError, also once the draft is another one."""
        now = self.clock.now()
        link = self._read(token, now)
        with self.sessions() as session:
            obligation = session.get(Obligation, link.obligation_id)
            if obligation is None:
                raise LinkError("unknown")
            if not may_read(session, obligation.area_code, link.person_id):
                raise LinkError("not_yours")
            document = self._document(session, link, now)
        drawn = _drawn(document, link.size)
        if link.size == LARGE:
            with self.sessions() as session, session.begin():
                session.add(
                    Audit(
                        at=now,
                        person_id=link.person_id,
                        action="looked",
                        subject=f"draft of obligation {link.obligation_id}",
                        area_code=obligation.area_code,
                        detail={},
                    )
                )
        return drawn

    def _read(self, token: str, now: dt.datetime) -> DraftPicture:
        parts, _until = self.links.read(KIND, token, now)
        try:
            obligation_id, person_id, row_version, size = parts
            link = DraftPicture(int(obligation_id), int(person_id), int(row_version), str(size))
        except (ValueError, TypeError):
            raise LinkError("unknown") from None
        if link.size not in LARGEST:
            raise LinkError("unknown")
        return link

    def _document(self, session: Session, link: DraftPicture, now: dt.datetime) -> Document:
        draft = session.scalar(select(Draft).where(Draft.obligation_id == link.obligation_id))
        if draft is None or draft.row_version != link.row_version:
            raise LinkError("changed")
        campaign = session.scalar(
            select(Campaign)
            .join(Round, Round.campaign_id == Campaign.id)
            .join(Obligation, Obligation.round_id == Round.id)
            .where(Obligation.id == link.obligation_id)
        )
        words = self.texts.catalogue(DEFAULT_LOCALE, campaign)
        return DraftDocuments(session, self.forms, words, now).of_draft(draft, link.person_id)


def _drawn(document: Document, size: str) -> bytes:
    """All pages, one under the other."""
    from PIL import Image  # noqa: PLC0415 - slow to load

    from services.documents.writers.pdf import write_pages  # noqa: PLC0415

    upright = tuple(
        replace(sheet, landscape=sheet.landscape and len(sheet.table.columns) > _WIDEST_PORTRAIT)
        for sheet in document.sheets
    )
    drawn = write_pages(replace(document, sheets=upright), LARGE_DOTS)
    pages = [_trimmed(Image.open(io.BytesIO(page)).convert("L")) for page in drawn]
    whole = Image.new("L", (max(page.width for page in pages), sum(page.height for page in pages)), 255)
    top = 0
    for page in pages:
        whole.paste(page, (0, top))
        top += page.height
    if size == SMALL:
        whole = whole.resize((SMALL_WIDTH, round(whole.height * SMALL_WIDTH / whole.width)), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    whole.quantize(16).save(file, "PNG", optimize=True)
    return file.getvalue()


def _trimmed(page: Image.Image) -> Image.Image:
    """Without the page's number, and the blank paper above that."""
    kept = page.crop((0, 0, page.width, round(page.height * _ABOVE_NUMBER)))
    written = kept.point(lambda shade: 255 - shade).getbbox()
    bottom = written[3] if written is not None else kept.height
    return kept.crop((0, 0, page.width, min(bottom + LARGE_DOTS // 4, kept.height)))
