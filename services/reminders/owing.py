"""Who still owes a round, district by district: how far they are, who would be written to, when they were last."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.conversation.facts import AreaFacts
from models.campaign import Campaign, Round
from models.chat import Conversation
from models.obligation import Obligation, Reminder
from models.people import REPORTING_ROLES, LineAccount, Membership, Person
from services.ledger.overview import OverviewReader
from services.people.people import Areas
from services.reminders.asked import AskedWriter, ByHand, Hearing

NOT_STARTED, HALF_DONE, WAITS, RETURNED = "not_started", "half_done", "waits", "returned"


@dataclass(frozen=True, slots=True)
class Hearer:
    person_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Owing:
    """A district that owes the round."""

    area: AreaFacts
    state: str
    """not_started, half_done, waits (for the head of office) or returned."""
    left: int
    """Questions left, of half_done."""
    hear: tuple[Hearer, ...]
    """Who would be reminded now."""
    lately: bool
    """Somebody there is left alone, having been reminded within the hour."""
    silent: bool
    """Nobody there can be written to."""
    seen: dt.timedelta | None
    """How long ago somebody of the office last wrote to the account; None: never."""
    reminded_at: dt.datetime | None
    """Civil time of the newest reminder of this round."""

    @property
    def ticked(self) -> bool:
        """Those that the chat's เตือน would take; what was returned has been told already, and may be ticked."""
        return bool(self.hear) and self.state != RETURNED


@dataclass(frozen=True)
class OwingReader:
    """`now` of the writer is civil, `real` mechanical time."""

    session: Session
    areas: Areas
    writer: AskedWriter
    real: dt.datetime

    def of_round(self, campaign: Campaign, rnd: Round) -> tuple[Owing, ...]:
        """Half-finished ones first, then those that have not begun, then the returned ones."""
        overview = OverviewReader(self.session, self.writer.letters.forms, self.areas).of_round(rnd)
        states: dict[str, tuple[AreaFacts, str, int]] = {}
        for half in overview.half_finished:
            states.setdefault(half.area.code, (half.area, WAITS if half.asked else HALF_DONE, half.left))
        for state, found in ((NOT_STARTED, overview.not_started), (RETURNED, overview.returned)):
            for area in found:
                states.setdefault(area.code, (area, state, 0))
        asked = self.writer.who(self.session, ByHand(campaign, rnd))
        hear, lately = self._hear(asked), self._areas_of({obligation for _account, obligation in asked.lately})
        seen, reminded = self._seen(list(states)), self._reminded(rnd)
        return tuple(
            Owing(
                area,
                state,
                left,
                hear.get(code, ()),
                code in lately,
                code in asked.silent,
                seen.get(code),
                reminded.get(code),
            )
            for code, (area, state, left) in states.items()
        )

    def _hear(self, asked: Hearing) -> dict[str, tuple[Hearer, ...]]:
        accounts = {each.account_id for item in asked.wanted for each in item.addressees}
        rows = self.session.execute(
            select(LineAccount.id, Person.id.label("person_id"), Person.name)
            .join(Person, Person.id == LineAccount.person_id)
            .where(LineAccount.id.in_(accounts))
        )
        people = {row.id: Hearer(row.person_id, row.name) for row in rows}
        owed = select(Obligation.id, Obligation.area_code).where(
            Obligation.id.in_([item.obligation_id for item in asked.wanted])
        )
        places = {row.id: row.area_code for row in self.session.execute(owed)}
        found: dict[str, dict[int, Hearer]] = {}
        for item in asked.wanted:
            here = found.setdefault(places[item.obligation_id], {})
            for account in sorted(each.account_id for each in item.addressees):
                here[people[account].person_id] = people[account]
        return {code: tuple(hearers.values()) for code, hearers in found.items()}

    def _areas_of(self, obligation_ids: set[int]) -> set[str]:
        return set(self.session.scalars(select(Obligation.area_code).where(Obligation.id.in_(obligation_ids))))

    def _seen(self, codes: list[str]) -> dict[str, dt.timedelta]:
        """LINE's own time of their newest message: mechanical, and so told as so long ago."""
        rows = self.session.execute(
            select(Membership.area_code, func.max(Conversation.last_timestamp))
            .join(LineAccount, LineAccount.person_id == Membership.person_id)
            .join(Conversation, Conversation.account_id == LineAccount.id)
            .where(
                Membership.area_code.in_(codes),
                Membership.role.in_([role.value for role in REPORTING_ROLES]),
                Membership.ended_at.is_(None),
                Conversation.last_timestamp > 0,
            )
            .group_by(Membership.area_code)
        )
        now_ms = self.real.timestamp() * 1000
        return {code: dt.timedelta(milliseconds=max(now_ms - newest, 0)) for code, newest in rows}

    def _reminded(self, rnd: Round) -> dict[str, dt.datetime]:
        rows = self.session.execute(
            select(Obligation.area_code, func.max(Reminder.created_at))
            .join(Obligation, Obligation.id == Reminder.obligation_id)
            .where(Reminder.round_id == rnd.id, Reminder.outbox_id.is_not(None))
            .group_by(Obligation.area_code)
        )
        return {row[0]: row[1] for row in rows}
