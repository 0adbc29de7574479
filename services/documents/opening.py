"""Opening a report's document by a personal link: made anew from the version that stands, and noted in the audit."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.messages.catalogue import DEFAULT_LOCALE
from models.base import Sessions
from models.campaign import Campaign, Round
from models.obligation import Obligation, Report
from models.people import REPORTING_ROLES, STAFF_ROLES, Membership
from models.work import Audit
from services.documents.links import WORD, DocumentLink, read
from services.documents.paper import Document
from services.documents.printing import Documents
from services.links import LinkError, SignedLinks
from services.ports import Clock
from services.reports.forms import FormCache
from services.texts import Texts

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PROVINCE = 2
"""Digits of an area's code that are its province's."""


@dataclass(frozen=True, slots=True)
class Opened:
    name: str
    """Of the file."""
    content_type: str
    content: bytes


@dataclass(frozen=True)
class DocumentOpening:
    sessions: Sessions
    clock: Clock
    links: SignedLinks
    forms: FormCache
    texts: Texts

    def open(self, token: str) -> Opened:
        """The document of a link. Raises LinkError, also where the report is not this person's to see any more."""
        now = self.clock.now()
        link = read(self.links, token, now)
        with self.sessions() as session:
            obligation = session.get(Obligation, link.obligation_id)
            if obligation is None:
                raise LinkError("unknown")
            area_code = obligation.area_code
            if not may_read(session, area_code, link.person_id):
                raise LinkError("not_yours")
            document = self._document(session, link)
        opened = _written(document, link.ending)
        with self.sessions() as session, session.begin():
            row = Audit(
                at=now,
                person_id=link.person_id,
                action="printed",
                subject=f"obligation {link.obligation_id}",
                area_code=area_code,
                detail={"file": opened.name},
            )
            session.add(row)
        return opened

    def _document(self, session: Session, link: DocumentLink) -> Document:
        newest = select(Report.id).where(Report.obligation_id == link.obligation_id).order_by(Report.number.desc())
        report_id = session.scalar(newest.limit(1))
        if report_id is None:
            raise LinkError("unknown")
        campaign = session.scalar(
            select(Campaign)
            .join(Round, Round.campaign_id == Campaign.id)
            .join(Obligation, Obligation.round_id == Round.id)
            .where(Obligation.id == link.obligation_id)
        )
        words = self.texts.catalogue(DEFAULT_LOCALE, campaign)
        return Documents(session, self.forms, words, self.clock.now()).of_report(report_id)


def _written(document: Document, ending: str) -> Opened:
    """The form as PDF; letter and form as a Word file. The writers are loaded when they are first wanted."""
    from services.documents.writers.docx import write_docx  # noqa: PLC0415 - lxml is slow to load
    from services.documents.writers.pdf import write_pdf  # noqa: PLC0415

    name = f"{document.name}.{ending}"
    if ending == WORD:
        return Opened(
            name, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", write_docx(document)
        )
    return Opened(name, "application/pdf", write_pdf(replace(document, letter=None)))


def may_read(session: Session, area_code: str, person_id: int) -> bool:
    """The people of the area that reported, and the province's staff, by their roles of now."""
    mine = Membership.role.in_([role.value for role in REPORTING_ROLES]) & (Membership.area_code == area_code)
    staff = Membership.role.in_([role.value for role in STAFF_ROLES]) & (Membership.area_code == area_code[:_PROVINCE])
    held = select(Membership.id).where(
        Membership.person_id == person_id, Membership.ended_at.is_(None), or_(mine, staff)
    )
    return session.scalar(held.limit(1)) is not None
