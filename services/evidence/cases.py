"""Exceptional cases of households: marked, noted, taken back, each step in the audit trail without its words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.conversation.facts import PersonFacts
from bot.conversation.household.facts import CaseReceipt
from bot.conversation.household_effects import DropCase, MarkCase, NoteCase
from models.area import Household
from models.chat import Conversation, OutboxRequest
from models.household_case import HouseholdCase
from models.people import LineAccount, Role
from models.upsert import insert_or_ignore
from models.work import Audit
from services.evidence import figures_promises
from services.evidence.checks import find_household, household_id
from services.ports import Clock

NEWEST = 200
"""Answers of a chat that are looked through for a quoted receipt."""


@dataclass(frozen=True)
class Cases:
    """The cases of households, as one person changes them."""

    session: Session
    person_id: int
    clock: Clock

    def mark(self, effect: MarkCase) -> None:
        """A case holds. Said again, also by another leader, it stays one; an empty note leaves the earlier one."""
        household = household_id(self.session, effect.village_code, effect.house)
        values = {
            "household_id": household,
            "case": effect.case,
            "note": effect.note,
            "line_message_id": effect.message_id if effect.note else "",
            "person_id": self.person_id,
            "at": self.clock.now(),
        }
        if insert_or_ignore(self.session, HouseholdCase, values):
            self._audit("case_marked", effect.village_code, household, effect.case)
            figures_promises.changed(self.session, effect.village_code, self.clock.real())
        elif effect.note:
            self._note(effect.village_code, household, effect.case, note=effect.note, line_message_id=effect.message_id)

    def note(self, effect: NoteCase) -> None:
        """What the case asks for; nothing when somebody has taken the case back meanwhile."""
        household = find_household(self.session, effect.village_code, effect.house)
        if household is None:
            return
        if effect.note:
            self._note(effect.village_code, household, effect.case, note=effect.note, line_message_id=effect.message_id)
        if effect.confirmed_by:
            by = {"confirmed_by": effect.confirmed_by, "confirmed_message_id": effect.message_id}
            self._note(effect.village_code, household, effect.case, **by)

    def _note(self, village_code: str, household: int, case: str, **values: str) -> None:
        standing = self.session.scalar(
            select(HouseholdCase.id).where(HouseholdCase.household_id == household, HouseholdCase.case == case)
        )
        if standing is not None:
            self.session.execute(update(HouseholdCase).where(HouseholdCase.id == standing).values(**values))
            action = "case_confirmed" if "confirmed_by" in values else "case_noted"
            self._audit(action, village_code, household, case)

    def drop(self, effect: DropCase) -> None:
        """The case does not hold after all; its words go with it."""
        household = find_household(self.session, effect.village_code, effect.house)
        if household is None:
            return
        gone = self.session.execute(
            delete(HouseholdCase)
            .where(HouseholdCase.household_id == household, HouseholdCase.case == effect.case)
            .returning(HouseholdCase.id)
        ).all()
        if gone:
            self._audit("case_dropped", effect.village_code, household, effect.case)
            figures_promises.changed(self.session, effect.village_code, self.clock.real())

    def _audit(self, action: str, village_code: str, household: int, case: str) -> None:
        self.session.add(
            Audit(
                at=self.clock.now(),
                person_id=self.person_id,
                action=action,
                subject=f"household {household}",
                area_code=village_code,
                detail={"case": case},
            )
        )


def forget_words(session: Session, message_id: str) -> None:
    """A message was taken back: whatever it noted of a case goes; the case itself had a yes of its own and stays."""
    for column, by in (
        (HouseholdCase.note, HouseholdCase.line_message_id),
        (HouseholdCase.confirmed_by, HouseholdCase.confirmed_message_id),
    ):
        session.execute(update(HouseholdCase).where(by == message_id).values({column: "", by: ""}))


def quoted_case(
    session: Session, account: LineAccount, person: PersonFacts | None, message_id: str
) -> CaseReceipt | None:
    """See QuotedCase."""
    rows = session.execute(
        select(OutboxRequest.line_message_ids, OutboxRequest.about)
        .join(Conversation, Conversation.id == OutboxRequest.conversation_id)
        .where(Conversation.account_id == account.id)
        .order_by(OutboxRequest.id.desc())
        .limit(NEWEST)
    )
    told = next((row.about.get("case") for row in rows if message_id in row.line_message_ids), None)
    led = person.areas(Role.LEADER.value) if person is not None else ()
    if not told or told["v"] not in {village.code for village in led}:
        return None
    return CaseReceipt(told["v"], told["no"], tuple(told["c"]))


def marked_at(session: Session, village_code: str) -> dict[int, dt.datetime]:
    """Household id to the time at which its newest case was marked."""
    rows = session.execute(
        select(HouseholdCase.household_id, HouseholdCase.at)
        .join(Household, Household.id == HouseholdCase.household_id)
        .where(Household.village_code == village_code)
        .order_by(HouseholdCase.at)
    )
    return {row.household_id: row.at for row in rows}
