"""Whose a round's report is: the officer's, or a colleague's to whom it was handed over for this round."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversation.facts import PersonFacts
from bot.conversation.report_facts import ColleagueFacts
from bot.conversation.say import command
from bot.messages.bubbles import Bubble, Day, Value, text
from bot.messages.catalogue import Catalogue
from models.campaign import Campaign, Round
from models.obligation import Obligation
from models.people import REPORTING_ROLES, LineAccount, Membership, Person
from models.work import Audit
from services.calendar import day_of
from services.ledger.rounds import called
from services.people.people import Areas
from services.ports import Clock
from services.sending.telling import accounts_of, tell
from services.texts import Texts


def colleagues(session: Session, area_code: str, me: PersonFacts | None) -> tuple[ColleagueFacts, ...]:
    """Who else may answer for the area, the longest member first."""
    held = session.execute(
        select(Person.id, Person.name, Membership.role)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.area_code == area_code,
            Membership.role.in_([role.value for role in REPORTING_ROLES]),
            Membership.ended_at.is_(None),
            Person.id != (me.id if me else 0),
        )
        .order_by(Membership.since, Person.id)
    )
    found: dict[int, ColleagueFacts] = {}
    for person_id, name, role in held:
        found.setdefault(person_id, ColleagueFacts(person_id, name, role))
    return tuple(found.values())


@dataclass(frozen=True)
class HandOvers:
    session: Session
    clock: Clock
    texts: Texts

    def assign(self, obligation_id: int, person_id: int | None, by: int) -> None:
        """The round's report is `person_id`'s from now on; None gives it back to the officer. The others concerned
        are told at once: they would not know that the reminders come to them."""
        obligation = self.session.get_one(Obligation, obligation_id, with_for_update=True, populate_existing=True)
        before = {obligation.assigned_to, obligation.assigned_by} - {None, by, person_id}
        obligation.assigned_to = person_id
        obligation.assigned_by = by if person_id is not None else None
        giver = self.session.get_one(Person, by).name
        if person_id is not None and person_id != by:
            self._tell([person_id], obligation, "report.hand_over.yours", giver)
        self._tell([one for one in before if one], obligation, "report.hand_over.not_yours", giver)
        subject, detail = f"obligation {obligation_id}", {"to": person_id}
        at, code = self.clock.now(), obligation.area_code
        self.session.add(
            Audit(at=at, person_id=by, action="handed_over", subject=subject, area_code=code, detail=detail)
        )

    def _tell(self, people: list[int], obligation: Obligation, key: str, giver: str) -> None:
        rnd = self.session.get_one(Round, obligation.round_id)
        campaign = self.session.get_one(Campaign, rnd.campaign_id)

        def told(_account: LineAccount, catalogue: Catalogue) -> tuple[Bubble, ...]:
            area = Areas(self.session, catalogue)[obligation.area_code]
            named = called(campaign, rnd, catalogue.locale)
            words: dict[str, Value] = {"who": giver, "round": named, "area": area.name}
            return (Bubble((text(key, due=Day(day_of(rnd.due_at)), **words),), (command("menu.button.report"),)),)

        tell(self.session, accounts_of(self.session, people), self.clock, self.texts, told)
