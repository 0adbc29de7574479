"""Telling people of certificates: the inspectors what waits for them, leader and inspector what is certified.

Each is a notice, shown at the next contact for nothing. What has gathered until then is told in one bubble: an officer
has sixty villages. Only where the campaign says so is the officer sent the card at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.conversation.household import certificates
from bot.conversation.say import command
from bot.messages.bubbles import Bubble, text
from bot.messages.catalogue import Catalogue
from models.campaign import Campaign
from models.certificate import Certificate, CertificateState
from models.chat import Notice
from models.people import REPORTING_ROLES, LineAccount, Membership, Role, people_in
from models.upsert import insert_or_ignore
from services.campaigns.household_cases import pushes_to_inspector
from services.evidence.certificates.finders import CertificateFinder
from services.evidence.sign_links import SignLinks
from services.people.people import Areas
from services.ports import Clock
from services.sending.telling import tell
from services.texts import Texts

WAITS, CERTIFIED = "certificate.waits_many", "certificate.certified_many"
KEYS = frozenset({WAITS, CERTIFIED})
"""Notices that are worded when they are shown: what they say may have changed since."""
_DISTRICT = 4
"""Digits of a village's code that are its district's."""


def district_of(village_code: str) -> str:
    """The district's code."""
    return village_code[:_DISTRICT]


@dataclass(frozen=True)
class CertificateTelling:
    """Writes what is to be told, in the transaction of the signature."""

    session: Session
    clock: Clock
    texts: Texts
    links: SignLinks

    def signed(self, row: Certificate) -> None:
        """By the leader: the inspectors of the district learn that it waits."""
        pushed = self._push(row) if pushes_to_inspector(self._settings(row)) else set()
        for person_id in _inspectors(self.session, district_of(row.village_code)) - pushed - {row.leader_id}:
            self._notice(person_id, WAITS, row)

    def certified(self, row: Certificate) -> None:
        """By both: they learn the number and have the document."""
        for person_id in {row.leader_id, row.inspector_id} - {None}:
            self._notice(person_id or 0, CERTIFIED, row)

    def _settings(self, row: Certificate) -> dict[str, object]:
        return self.session.get_one(Campaign, row.campaign_id).settings

    def _push(self, row: Certificate) -> set[int]:
        """The card, at once, to the responsible officers; whom it went to."""
        district = district_of(row.village_code)
        found = [account for _person, account in self.session.execute(people_in(district, (Role.OFFICER,))).all()]
        to = [account for account in found if account.person_id not in {None, row.leader_id}]
        tell(self.session, to, self.clock, self.texts, lambda account, words: (self._card(row, account, words),))
        return {account.person_id for account in to if account.person_id is not None}

    def _card(self, row: Certificate, account: LineAccount, catalogue: Catalogue) -> Bubble:
        finder = _finder(self.session, self.links, account, catalogue, self.clock.now())
        return certificates.waiting(finder.waiting(row))

    def _notice(self, person_id: int, key: str, row: Certificate) -> None:
        values = {
            "person_id": person_id,
            "key": key,
            "values": {"certificate": row.id},
            "subject": f"{key} {row.id} for {person_id}",
            "created_at": self.clock.now(),
        }
        insert_or_ignore(self.session, Notice, values)


def _inspectors(session: Session, district: str) -> set[int]:
    held = select(Membership.person_id).where(
        Membership.area_code == district,
        Membership.role.in_([role.value for role in REPORTING_ROLES]),
        Membership.ended_at.is_(None),
    )
    return set(session.scalars(held))


def _finder(
    session: Session, links: SignLinks, account: LineAccount, catalogue: Catalogue, now: dt.datetime
) -> CertificateFinder:
    return CertificateFinder(session, Areas(session, catalogue), links, account.person_id or 0, now)


def seen(session: Session, account: LineAccount, now: dt.datetime) -> None:
    """Whoever has looked up what waits is not told of it once more."""
    session.execute(
        update(Notice)
        .where(Notice.person_id == account.person_id, Notice.key == WAITS, Notice.shown_at.is_(None))
        .values(shown_at=now)
        .execution_options(synchronize_session="fetch")
    )


def told(
    session: Session,
    links: SignLinks | None,
    account: LineAccount,
    catalogue: Catalogue,
    notices: Collection[Notice],
    now: dt.datetime,
) -> list[Bubble]:
    """What the notices of KEYS say by now: what waits no more is left out."""
    if links is None or not notices:
        return []
    finder = _finder(session, links, account, catalogue, now)
    wanted = {key: [notice.values["certificate"] for notice in notices if notice.key == key] for key in KEYS}
    done = _rows(session, wanted[CERTIFIED], CertificateState.CERTIFIED)
    waits = _rows(session, wanted[WAITS], CertificateState.SIGNED)
    return [*_certified(finder, done, account), *_waiting(finder, waits)]


def _rows(session: Session, ids: Iterable[int], state: CertificateState) -> list[Certificate]:
    found = select(Certificate).where(Certificate.id.in_(list(ids)), Certificate.state == state.value)
    return list(session.scalars(found.order_by(Certificate.id)))


def _certified(finder: CertificateFinder, rows: list[Certificate], account: LineAccount) -> list[Bubble]:
    if not rows:
        return []
    if len(rows) == 1:
        thanks = rows[0].leader_id == account.person_id
        return [certificates.certified(finder.certified(rows[0]), thanks=thanks)]
    return [_many(CERTIFIED, finder, rows)]


def _waiting(finder: CertificateFinder, rows: list[Certificate]) -> list[Bubble]:
    if not rows:
        return []
    return [certificates.waiting(finder.waiting(rows[0]))] if len(rows) == 1 else [_many(WAITS, finder, rows)]


def _many(key: str, finder: CertificateFinder, rows: list[Certificate]) -> Bubble:
    """Several at once: their names, and the list to go on with."""
    names = [finder.areas[row.village_code].name for row in rows[: certificates.MOST_NAMED]]
    more = len(rows) - len(names)
    shown = (*names, *((text("certificate.and_more", n=more),) if more else ()))
    return Bubble((text(key, n=len(rows), list=shown),), (command("menu.button.certificates"),))
