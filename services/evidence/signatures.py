"""Taking a signature that was drawn on a screen: once for each link, and only while who asked for it may ask."""

from __future__ import annotations

import io
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.messages.catalogue import DEFAULT_LOCALE, Catalogue
from models.area import Household
from models.base import Sessions
from models.people import LineAccount, Membership, Person, Role
from models.signature import Signature, SignedOn, SignerRole
from models.upsert import insert_or_ignore
from models.work import Audit
from services.evidence.sign_links import LinkError, SignLink, SignLinks
from services.evidence.strokes import Strokes, draw
from services.people.people import Areas
from services.ports import Clock, MediaStore
from services.texts import Texts

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


@dataclass(frozen=True)
class Signatures:
    sessions: Sessions
    clock: Clock
    store: MediaStore
    links: SignLinks
    texts: Texts

    def page(self, token: str) -> SignPage:
        """What a link is for; reads only. Raises LinkError."""
        link = self.links.read(token, self.clock.now())
        with self.sessions() as session:
            _may_ask(session, link)
            person = session.get_one(Person, link.person_id)
            used = session.scalar(select(Signature.id).where(Signature.nonce == link.nonce)) is not None
            catalogue = self._catalogue(session, person)
            return SignPage(link, Areas(session, catalogue)[link.village_code].name, person.name, catalogue, used)

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
            with self.sessions() as session, session.begin():
                if self._write(session, link, role, digest, key):
                    return
                before = session.scalars(select(Signature).where(Signature.nonce == link.nonce)).one()
            if before.sha256 != digest:
                self.store.delete(key)
        if before.sha256 != digest:
            raise LinkError("used")

    def _write(self, session: Session, link: SignLink, role: SignerRole, digest: str, key: str) -> bool:
        """False when the link was used in the meantime."""
        values = {
            "nonce": link.nonce,
            "village_code": link.village_code,
            "household_id": _household(session, link) if link.house_no else None,
            "role": role.value,
            "signed_on": SignedOn.SCREEN.value,
            "storage_key": key,
            "sha256": digest,
            "person_id": link.person_id,
            "signed_at": self.clock.now(),
        }
        if not insert_or_ignore(session, Signature, values):
            return False
        subject = f"{link.village_code} {role.value}"
        session.add(Audit(at=self.clock.now(), person_id=link.person_id, action="signed", subject=subject, detail={}))
        return True


def _household(session: Session, link: SignLink) -> int:
    """The household of the link; one that the register does not know is added, marked so."""
    key = {"village_code": link.village_code, "house_no": link.house_no, "ordinal": 1}
    insert_or_ignore(session, Household, {**key, "position": 0, "registered": False})
    return session.scalars(select(Household.id).filter_by(**key)).one()


def _may_ask(session: Session, link: SignLink) -> None:
    """Whoever's telephone it is must still be the village's leader. Raises LinkError."""
    held = select(Membership.id).where(
        Membership.person_id == link.person_id,
        Membership.role == Role.LEADER.value,
        Membership.area_code == link.village_code,
        Membership.ended_at.is_(None),
    )
    if session.scalar(held.limit(1)) is None:
        raise LinkError("not_yours")
