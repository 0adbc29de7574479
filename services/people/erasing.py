"""Erasing a person on request: who they were and what they said goes, what the office did stays with the office.

Rows that others point at stay under a name that says nothing: reports, certificates, the ledger's history and the
counts of photos need their author. What a household signed on a leader's telephone is the household's, and goes with
retention; reasons written about its cases likewise.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.orm import Session

from models.base import Base
from models.certificate import Certificate
from models.chat import Conversation
from models.desk import DeskSession
from models.media import Media, MediaState
from models.obligation import Obligation, Report
from models.people import Invitation, JoinRequest, LineAccount, Membership, Person
from models.signature import Signature, SignerRole
from models.work import Audit
from services.people.erased_chats import ErasedChats
from services.retention.discarding import let_media_go
from services.retention.pictures import empty_drawings, of_no_certificate, on_no_certificate

ERASED = "erased-"
"""What stands for a LINE user id from then on, with the number of the account."""
_THEIR_OWN = (SignerRole.WITNESS.value, SignerRole.LEADER.value, SignerRole.INSPECTOR.value)
"""Signatures that the person drew; a respondent's is drawn by somebody else."""
_AREAS = (4, 8)
"""Digits of the codes of districts and villages, which report."""
Where = ColumnElement[bool]


def whose(person_id: int) -> Where:
    """Accounts of a person, and those that were theirs before a new phone and have become nobody else's."""
    before = LineAccount.person_id.is_(None) & (LineAccount.former_person_id == person_id)
    return (LineAccount.person_id == person_id) | before


class Step(Protocol):
    """One kind of what is held of a person."""

    def __call__(self, *, remove: bool) -> int:
        """Count it, and remove it where that is wanted."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What was removed, or would be: counts by what it is."""

    name: str
    """As it was."""
    counts: dict[str, int]
    reports: int
    attachments: int
    certificates: int
    user_ids: tuple[str, ...]
    """LINE's, of the accounts that were unlinked: LINE is to be told."""

    @property
    def anything(self) -> bool:
        return any(self.counts.values())


@dataclass(frozen=True)
class Erasing:
    """Of one person, within the caller's transaction. Instants: civil `now`, mechanical `real`."""

    session: Session
    person: Person
    placeholder: str
    """Stands where a name is needed."""
    now: dt.datetime
    real: dt.datetime

    def erase(self, *, dry_run: bool) -> Erased:
        """Remove it all, or only count it. A second time nothing is left to remove."""
        me = self.person.id
        accounts = self.session.scalars(select(LineAccount).where(whose(me)).order_by(LineAccount.id)).all()
        mine, user_ids = [account.id for account in accounts], tuple(account.line_user_id for account in accounts)
        chats = list(self.session.scalars(select(Conversation.id).where(Conversation.account_id.in_(mine))))
        name = self.person.name if self.person.name != self.placeholder else ""
        words = ErasedChats(self.session, me, chats, name, self.real)
        result = Erased(
            name=self.person.name,
            counts={what: step(remove=not dry_run) for what, step in self._steps(mine, words).items()},
            reports=self._count(Report, Report.submitted_by == me),
            attachments=self._count(Media, Media.account_id.in_(mine), Media.obligation_id.is_not(None)),
            certificates=self._count(Certificate, or_(Certificate.leader_id == me, Certificate.inspector_id == me)),
            user_ids=user_ids,
        )
        if not dry_run and result.anything:
            row = Audit(at=self.now, person_id=None, action="erased", subject=f"person {me}", detail=result.counts)
            row.area_code = self._province()
            self.session.add(row)
        return result

    def _steps(self, accounts: list[int], words: ErasedChats) -> dict[str, Step]:
        """By what it is: counts it, and removes it when told to. The name and the accounts, by which all of it is
        found, go last."""
        return {
            "roles": self._roles,
            "sessions": self._sessions,
            "messages": words.messages,
            "unsent": words.unsent,
            "photos": partial(self._photos, accounts),
            "signatures": self._signatures,
            "requests": partial(self._requests, accounts),
            "handed": self._handed,
            "calls": self._calls,
            "accounts": partial(self._accounts, accounts),
            "name": self._name,
        }

    def _count(self, model: type[Base], *where: Where) -> int:
        return self.session.scalar(select(func.count()).select_from(model).where(*where)) or 0

    def _change(self, model: type[Base], *where: Where, remove: bool, **values: object) -> int:
        found = self._count(model, *where)
        if remove and found:
            self.session.execute(update(model).where(*where).values(**values))
        return found

    def _province(self) -> str:
        """Of all roles that the person ever had; "" where they lie in several."""
        held = self.session.scalars(select(Membership.area_code).where(Membership.person_id == self.person.id))
        provinces = {code[:2] for code in held}
        return provinces.pop() if len(provinces) == 1 else ""

    def _roles(self, *, remove: bool) -> int:
        held = Membership.person_id == self.person.id, Membership.ended_at.is_(None)
        return self._change(Membership, *held, remove=remove, ended_at=self.now)

    def _sessions(self, *, remove: bool) -> int:
        held = DeskSession.person_id == self.person.id, DeskSession.ended_at.is_(None)
        return self._change(DeskSession, *held, remove=remove, ended_at=self.now, browser="")

    def _photos(self, accounts: list[int], *, remove: bool) -> int:
        sent = (
            Media.account_id.in_(accounts),
            Media.obligation_id.is_(None),
            of_no_certificate(),
            Media.state.in_((MediaState.WANTED.value, MediaState.STORED.value)),
        )
        media = self.session.scalars(select(Media).where(*sent).order_by(Media.id).with_for_update()).all()
        if remove:
            let_media_go(self.session, media, self.real)
        return len(media)

    def _signatures(self, *, remove: bool) -> int:
        drawn = (
            Signature.person_id == self.person.id,
            Signature.role.in_(_THEIR_OWN),
            Signature.storage_key != "",
            on_no_certificate(),
        )
        ids = self.session.scalars(select(Signature.id).where(*drawn)).all()
        if remove:
            empty_drawings(self.session, ids, self.real)
        return len(ids)

    def _requests(self, accounts: list[int], *, remove: bool) -> int:
        worked = select(Membership.area_code).where(Membership.person_id == self.person.id)
        listed = (Invitation.name == self.person.name) & Invitation.used_at.is_(None) & Invitation.area_code.in_(worked)
        asked, theirs = JoinRequest.account_id.in_(accounts), (Invitation.person_id == self.person.id) | listed
        named = or_(theirs, Invitation.used_by.in_(accounts)) & ((Invitation.name != "") | theirs)
        found = self._count(JoinRequest, asked) + self._count(Invitation, named)
        if remove:
            self.session.execute(delete(JoinRequest).where(asked))
            # a code for a new phone is good for nobody any more
            self.session.execute(
                update(Invitation).where(theirs, Invitation.used_at.is_(None)).values(expires_at=self.now)
            )
            self.session.execute(update(Invitation).where(named).values(name="", person_id=None))
        return found

    def _handed(self, *, remove: bool) -> int:
        mine = Obligation.assigned_to == self.person.id
        return self._change(Obligation, mine, remove=remove, assigned_to=None, assigned_by=None)

    def _calls(self, *, remove: bool) -> int:
        """Reports that they told on the telephone, where they ever worked: the name was typed by somebody else, perhaps
        with a title or position around it. Only a name of several words is looked for inside of others."""
        person = self.person
        if person.name == self.placeholder:
            return 0
        worked = self.session.scalars(select(Membership.area_code).where(Membership.person_id == person.id))
        areas = {code[:digits] for code in worked for digits in _AREAS}
        theirs = select(Obligation.id).where(Obligation.area_code.in_(areas))
        named = Report.phoned_by == person.name
        if " " in person.name:
            named = Report.phoned_by.contains(person.name, autoescape=True)
        return self._change(Report, Report.obligation_id.in_(theirs), named, remove=remove, phoned_by=self.placeholder)

    def _accounts(self, accounts: list[int], *, remove: bool) -> int:
        for account_id in accounts if remove else ():
            account = self.session.get_one(LineAccount, account_id)
            account.person_id, account.former_person_id, account.following = None, None, False
            account.line_user_id, account.display_name, account.rich_menu = f"{ERASED}{account_id}", "", ""
        return len(accounts)

    def _name(self, *, remove: bool) -> int:
        person = self.person
        if person.name == self.placeholder:
            return 0
        if remove:
            person.name, person.position, person.signing = self.placeholder, "", ""
            person.privacy_version = person.privacy_at = None
        return 1
