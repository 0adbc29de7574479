"""What becomes of a duty when people come and go: it is given, ends, moves to another area, or goes
on to another person.

Each is one deed of provincial staff, noted in the audit with its area, and told to whom it concerns.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.conversation.say import command
from bot.messages.bubbles import Bubble, Value, text
from bot.messages.catalogue import Catalogue
from models.area import Area, AreaKind
from models.chat import Conversation
from models.obligation import OWED, Draft, Obligation
from models.people import REPORTING_ROLES, STAFF_ROLES, LineAccount, Membership, Person, Role
from models.work import Audit
from services.people import invitations
from services.people.people import Areas
from services.ports import Clock
from services.retention.words import empty_states
from services.rich_menus.promises import promise_link
from services.sending.telling import accounts_of, tell
from services.texts import Texts

KINDS = {
    **dict.fromkeys(REPORTING_ROLES, AreaKind.DISTRICT),
    **dict.fromkeys(STAFF_ROLES, AreaKind.PROVINCE),
    Role.LEADER: AreaKind.VILLAGE,
}
"""In what kind of area each role is held."""


class NoSuchAreaError(LookupError):
    """The code is of no area that this role can be held in."""


class HeldAlreadyError(Exception):
    """The person has this role in this area."""


class ElsewhereError(Exception):
    """The person has duties that lie outside of what this member of staff looks after."""


def given_by(role: str) -> tuple[str, ...]:
    """Who gives this role, and takes it away, in the areas where they are it themselves."""
    return (Role.ADMIN.value,) if role == Role.ADMIN else tuple(each.value for each in STAFF_ROLES)


def may_give(roles: Collection[str]) -> tuple[Role, ...]:
    """Which roles somebody of the province may give: administrators are made by administrators alone."""
    if not set(roles) & set(STAFF_ROLES):
        return ()
    return tuple(role for role in Role if role != Role.ADMIN or Role.ADMIN in roles)


@dataclass(frozen=True)
class Duties:
    """Within the caller's transaction; `by` is the person who does it."""

    session: Session
    clock: Clock
    texts: Texts
    by: int

    def give(self, person_id: int, role: Role, area_code: str) -> None:
        """A further role beside those that the person has. Raises NoSuchAreaError, HeldAlreadyError."""
        area = self.session.get(Area, area_code)
        if area is None or area.kind != KINDS[role]:
            raise NoSuchAreaError(area_code)
        self.session.get_one(
            Person, person_id, with_for_update=True
        )  # two pages that give the same, one after the other
        held = (Membership.person_id == person_id, Membership.role == role.value, Membership.area_code == area_code)
        if self.session.scalar(select(Membership.id).where(*held, Membership.ended_at.is_(None))) is not None:
            raise HeldAlreadyError
        fresh = self._grant(person_id, role.value, area_code)
        self._note("role_given", fresh)
        self._tell([person_id], "desk.people.told.added", fresh)

    def end(self, duty: Membership) -> None:
        """The role is over from now on: pages and menus of it go, what was done under it stays."""
        self._over(duty)
        self._note("role_ended", duty)
        self._menus([duty.person_id])

    def move(self, duty: Membership, area_code: str) -> None:
        """The same role in another area. Raises NoSuchAreaError."""
        area = self.session.get(Area, area_code)
        if area is None or area.kind != KINDS[Role(duty.role)]:
            raise NoSuchAreaError(area_code)
        if area_code == duty.area_code:
            return
        self._over(duty)
        self._note("role_ended", duty)
        fresh = self._grant(duty.person_id, duty.role, area_code)
        self._note("role_given", fresh)
        self._tell([duty.person_id], "desk.people.told.moved", fresh)

    def hand_on(self, duty: Membership, to: int) -> None:
        """The role goes to `to`, with the drafts that were half filled and the rounds that had been taken over.

        Raises LookupError when that is the same person.
        """
        if to == duty.person_id:
            raise LookupError(to)
        who = {person: self.session.get_one(Person, person).name for person in (duty.person_id, to)}
        self._over(duty)
        fresh = self._grant(to, duty.role, duty.area_code)
        if duty.role in REPORTING_ROLES:
            self._pass_work(duty, to)
        self._note("role_handed_on", duty, to=to)
        self._menus([duty.person_id])
        self._tell([to], "desk.people.told.given", fresh, who=who[duty.person_id])
        self._tell([duty.person_id], "desk.people.told.taken", duty, who=who[to])

    def new_phone(self, duty: Membership) -> str:
        """A code that brings the person's duties to another telephone. Codes of theirs that lie about end.

        Raises ElsewhereError: with the telephone go all duties, those as well that `by` has no say in.
        """
        own = self._held(self.by)
        for role, code in self._held(duty.person_id):
            if not any(mine in given_by(role) and code.startswith(area) for mine, area in own):
                raise ElsewhereError
        now = self.clock.now()
        invitations.end_phone_codes(self.session, duty.person_id, now)
        code = invitations.invite(self.session, Role(duty.role), duty.area_code, now, person_id=duty.person_id)
        self._note("phone_code_made", duty)
        return code

    def _held(self, person_id: int) -> list[tuple[str, str]]:
        held = select(Membership.role, Membership.area_code).where(
            Membership.person_id == person_id, Membership.ended_at.is_(None)
        )
        return [(role, code) for role, code in self.session.execute(held)]

    def _pass_work(self, duty: Membership, to: int) -> None:
        """Answers keep the name of who typed them; the draft itself and what was asked for it are `to`'s."""
        here = select(Obligation.id).where(Obligation.area_code == duty.area_code)
        me, owed = duty.person_id, [state.value for state in OWED]
        for column in (Draft.updated_by, Draft.asked_by):
            theirs = update(Draft).where(Draft.obligation_id.in_(here), column == me)
            self.session.execute(theirs.values({column: to}).execution_options(synchronize_session=False))
        taken = Obligation.area_code == duty.area_code, Obligation.assigned_to == me, Obligation.state.in_(owed)
        self.session.execute(update(Obligation).where(*taken).values(assigned_to=to, assigned_by=self.by))

    def _grant(self, person_id: int, role: str, area_code: str) -> Membership:
        held = select(Membership).where(
            Membership.person_id == person_id, Membership.role == role, Membership.area_code == area_code
        )
        row = self.session.scalar(held)
        if row is None:
            row = Membership(person_id=person_id, role=role, area_code=area_code, since=self.clock.now())
            self.session.add(row)
        elif row.ended_at is not None:
            row.since, row.ended_at = self.clock.now(), None
        self.session.flush()
        invitations.end_phone_codes(self.session, person_id, self.clock.now())
        self._menus([person_id])
        return row

    def _over(self, duty: Membership) -> None:
        """What its holder was at in the chat is over with it: a card that waits for a yes was shown for that area."""
        duty.ended_at = self.clock.now()
        theirs = select(LineAccount.id).where(LineAccount.person_id == duty.person_id)
        chats = self.session.scalars(select(Conversation.id).where(Conversation.account_id.in_(theirs))).all()
        empty_states(self.session, chats, duty.ended_at)
        invitations.end_phone_codes(self.session, duty.person_id, duty.ended_at)

    def _menus(self, people: Iterable[int]) -> None:
        for account in self.session.scalars(select(LineAccount).where(LineAccount.person_id.in_(list(people)))):
            promise_link(self.session, account, self.clock.real())

    def _tell(self, people: list[int], key: str, duty: Membership, **values: Value) -> None:
        def told(_account: LineAccount, catalogue: Catalogue) -> tuple[Bubble, ...]:
            area = Areas(self.session, catalogue)[duty.area_code].name
            words: dict[str, Value] = {"role": text(f"role.{duty.role}"), "area": area, **values}
            return (Bubble((text(key, **words),), (command("menu.title"),)),)

        tell(self.session, accounts_of(self.session, people), self.clock, self.texts, told)

    def _note(self, action: str, duty: Membership, **detail: int) -> None:
        subject, at = f"person {duty.person_id}", self.clock.now()
        self.session.add(
            Audit(
                at=at,
                person_id=self.by,
                action=action,
                subject=subject,
                area_code=duty.area_code,
                detail={"role": duty.role, **detail},
            )
        )
