"""Taking a signature that was drawn on a screen: once for each link, and only while who asked for it may ask."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversation.household.checks import Case, VillageCounts
from bot.messages.catalogue import DEFAULT_LOCALE, Catalogue
from models.base import Sessions
from models.campaign import Campaign
from models.people import LineAccount, Person
from models.signature import Signature, SignedOn, SignerRole
from models.upsert import insert_or_ignore
from models.work import Audit
from services import owed
from services.calendar import BANGKOK
from services.campaigns.household_cases import cases_of
from services.evidence import figures_promises
from services.evidence.certificates import signing
from services.evidence.certificates.signers import position_of, role_of
from services.evidence.certificates.telling import CertificateTelling
from services.evidence.checks import household_id
from services.evidence.sign_links import SignLink, SignLinks
from services.evidence.strokes import Strokes, draw
from services.links import LinkError
from services.people.people import Areas
from services.ports import Clock, MediaStore
from services.sending.under_way import Patience, UnderWayError
from services.texts import Texts

MAKE = "make_certificate"
_OF_HOUSEHOLDS = frozenset({SignerRole.RESPONDENT, SignerRole.WITNESS})


@dataclass(frozen=True, slots=True)
class SignPage:
    """What the page says: for what, and on whose telephone."""

    link: SignLink
    area_name: str
    leader_name: str
    catalogue: Catalogue
    """Of the leader's language."""
    used: bool
    summary: SignedSummary | None = None
    """Of a village; None for a household, and when it has been signed."""


@dataclass(frozen=True, slots=True)
class SignedSummary:
    """A village's summary as it was shown, which is what is signed."""

    counts: VillageCounts
    cases: tuple[Case, ...]
    as_of: dt.datetime
    """Bangkok's civil time."""
    leader_name: str


@dataclass(frozen=True)
class Signatures:
    sessions: Sessions
    clock: Clock
    store: MediaStore
    links: SignLinks
    texts: Texts
    ring: Callable[[str, int], object] = lambda _job, _subject: None
    """Asks a worker to do what a signature has promised; unheard, the sweep finds it."""

    def page(self, token: str) -> SignPage:
        """What a link is for; reads only. Raises LinkError."""
        link = self.links.read(token, self.clock.now())
        with self.sessions() as session:
            _may_ask(session, link)
            person = session.get_one(Person, link.person_id)
            used = session.scalar(select(Signature.id).where(Signature.nonce == link.nonce)) is not None
            catalogue = self._catalogue(session, person)
            area_name = Areas(session, catalogue)[link.village_code].name
            summary = None if used or link.role in _OF_HOUSEHOLDS else _summary(session, link, catalogue.locale)
            return SignPage(link, area_name, person.name, catalogue, used, summary)

    def _catalogue(self, session: Session, person: Person) -> Catalogue:
        account = session.scalar(select(LineAccount).where(LineAccount.person_id == person.id).limit(1))
        return self.texts.of(session, account) if account is not None else self.texts.catalogue(DEFAULT_LOCALE)

    def take(self, token: str, strokes: Strokes, role: SignerRole) -> None:
        """Store a signature; the same strokes sent again change nothing, for the answer to them may have been lost.

        Raises LinkError, and OSError when the media store is away (nothing is used up then).
        """
        link = self.links.read(token, self.clock.now())
        role = role if {role, link.role} <= _OF_HOUSEHOLDS else link.role
        digest = strokes.sha256()
        key = f"signatures/{digest[:2]}/{digest}-{link.nonce}.png"
        with self.sessions() as session:
            _may_ask(session, link)
            before = session.scalar(select(Signature).where(Signature.nonce == link.nonce))
        if before is None:
            self.store.put(key, iter(io.BytesIO(draw(strokes)).readlines()))
            before = self._stored(link, role, digest, key)
        if before is not None and before.sha256 != digest:
            raise LinkError("used")

    def _stored(self, link: SignLink, role: SignerRole, digest: str, key: str) -> Signature | None:
        """None when it was written; else what had come through the link in the meantime. A drawing that nothing
        speaks of is not kept. Raises LinkError."""
        try:
            promised = self._written(link, role, digest, key)
        except LinkError:
            self.store.delete(key)
            raise
        if promised is not None:
            for job, subject_id in promised:
                self.ring(job, subject_id)
            return None
        with self.sessions() as session:
            before = session.scalars(select(Signature).where(Signature.nonce == link.nonce)).one()
        if before.sha256 != digest:
            self.store.delete(key)
        return before

    def _written(self, link: SignLink, role: SignerRole, digest: str, key: str) -> tuple[tuple[str, int], ...] | None:
        """What was promised with the signature; None when the link was used in the meantime.

        A reminder of the village's summary that is leaving in this moment is waited for: it does so within seconds.
        """
        while True:
            try:
                with self.sessions() as session, session.begin():
                    written = self._write(session, link, role, digest, key)
                return owed.promised(session) if written else None
            except UnderWayError as error:
                Patience(self.sessions, self.clock).wait(error)

    def _write(self, session: Session, link: SignLink, role: SignerRole, digest: str, key: str) -> bool:
        """False when the link was used in the meantime."""
        if role not in _OF_HOUSEHOLDS:
            signing.hold(session, link.village_code)
        values = {
            "nonce": link.nonce,
            "village_code": link.village_code,
            "household_id": household_id(session, link.village_code, link.house_no) if link.house_no else None,
            "role": role.value,
            "signed_on": SignedOn.SCREEN.value,
            "storage_key": key,
            "sha256": digest,
            "person_id": link.person_id,
            "signed_at": self.clock.now(),
        }
        if not insert_or_ignore(session, Signature, values):
            return False
        figures_promises.changed(session, link.village_code, self.clock.real())
        at, by, village = self.clock.now(), link.person_id, link.village_code
        subject = f"{village} {role.value}"
        session.add(Audit(at=at, person_id=by, action="signed", subject=subject, area_code=village, detail={}))
        if role not in _OF_HOUSEHOLDS:
            self._certify(session, link)
        return True

    def _certify(self, session: Session, link: SignLink) -> None:
        """The signature counts for the summary that it was asked for; who has to know of it is told."""
        signature_id = session.scalars(select(Signature.id).where(Signature.nonce == link.nonce)).one()
        position = position_of(session, self.texts, link)
        row = signing.sign(session, link, signature_id, position, self.clock.now())
        telling = CertificateTelling(session, self.clock, self.texts, self.links)
        if link.role is SignerRole.LEADER:
            telling.signed(row)
            return
        telling.certified(row)
        owed.owe(session, MAKE, row.id, self.clock.real())


def _summary(session: Session, link: SignLink, locale: str) -> SignedSummary:
    row = signing.summary_of(session, link)
    cases = cases_of(session.get_one(Campaign, row.campaign_id).settings, locale)
    return SignedSummary(VillageCounts.from_json(row.counts), cases, row.as_of.astimezone(BANGKOK), row.leader_name)


def _may_ask(session: Session, link: SignLink) -> None:
    """Whoever's telephone it is must still be the village's leader, or for the second signature under its summary
    an officer of its district. Raises LinkError."""
    if role_of(session, link) is None:
        raise LinkError("not_yours")
