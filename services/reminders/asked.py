"""A reminder that the province asks for by hand: each district's own, in the words that fit the day, to whoever still
owes, and not a second time within the hour.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from models.broadcast import Broadcast
from models.campaign import Campaign, Round
from models.people import Role
from services.calendar import day_of
from services.campaigns.stored_settings import working_days_of
from services.reminders.decision import Decision
from services.reminders.entries import ASKED, stage
from services.reminders.lately import one_after_the_other, reminded_lately
from services.reminders.letters import Letter, LetterWriter
from services.reminders.plan import Due, Wanted, plan_of, to_districts
from services.reminders.plan_rows import PlanRows


@dataclass(frozen=True, slots=True)
class ByHand:
    """What is asked for: a word about a round to whoever still owes it."""

    campaign: Campaign
    round: Round
    areas: Collection[str] = ()
    """Districts that it is narrowed to; none are all."""
    force: bool = False
    """Also to whoever was reminded lately."""
    key: str = ASKED
    """Stands in the reminder rows; each broadcast has its own."""

    def covers(self, code: str) -> bool:
        return not self.areas or code in self.areas


@dataclass(frozen=True, slots=True)
class Hearing:
    """Who would hear a reminder by hand now, before it is put into words."""

    wanted: tuple[Wanted, ...]
    lately: tuple[tuple[int, int], ...]
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reminder by hand would say now, and to whom it would not go."""

    letters: tuple[Letter, ...]
    lately: tuple[tuple[int, int], ...]
    """(account, obligation) of who was reminded within the last hour."""
    silent: tuple[str, ...]
    """Codes of the districts where nobody can be written to."""

    @property
    def people(self) -> int:
        """How many would hear it; as many messages of the quota."""
        return sum(len(letter.account_ids) for letter in self.letters)


@dataclass(frozen=True, slots=True)
class AskedResult:
    """What became of a reminder by hand."""

    rows: tuple[int, ...]
    """Ids in the outbox."""
    people: int
    lately: tuple[tuple[int, int], ...]
    silent: tuple[str, ...]
    dropped: int
    """People for whom the month's quota left no message."""


@dataclass(frozen=True)
class AskedWriter:
    """Prepares and writes them, in the caller's transaction; `now` is civil."""

    letters: LetterWriter
    now: dt.datetime

    def prepare(self, session: Session, wish: ByHand) -> Asked:
        """What would go out now."""
        found = self.who(session, wish)
        return Asked(tuple(self.letters.write(session, found.wanted, self.now)), found.lately, found.silent)

    def who(self, session: Session, wish: ByHand) -> Hearing:
        """To whom `prepare` would write; words are dear, each is made from what the district sent before."""
        due, rnd, rows = self._due(wish), wish.round, PlanRows(session)
        if due is None or (rnd.closes_at is not None and rnd.closes_at <= self.now):
            return Hearing((), (), ())  # nobody can send what is asked for
        found, silent = to_districts(rows, due, self.now)
        covered = {owed.id for owed in rows.owed(rnd.id, only_if_owed=True) if wish.covers(owed.area_code)}
        lately = {} if wish.force else reminded_lately(session, [rnd.id], self.now)
        wanted: list[Wanted] = []
        spared: list[tuple[int, int]] = []
        for item in found:
            if item.obligation_id not in covered:
                continue
            pairs = [(each, (each.account_id, item.obligation_id)) for each in item.addressees]
            spared += [pair for _each, pair in pairs if pair in lately]
            people = tuple(each for each, pair in pairs if pair not in lately)
            wanted += [replace(item, addressees=people)] if people else []
        nobody = tuple(code for code in silent if wish.covers(code))
        return Hearing(tuple(wanted), tuple(spared), nobody)

    def write(self, session: Session, broadcast: Broadcast, real: dt.datetime, *, force: bool = False) -> AskedResult:
        """Into the outbox, with one reminder row for each person: asked again for the same broadcast, nothing is
        written twice. `real` is mechanical time. Raises LookupError when the broadcast is about no round.
        """
        if broadcast.round_id is None:
            raise LookupError(f"broadcast {broadcast.id} is about no round")
        campaign = session.get_one(Campaign, broadcast.campaign_id)
        # of two at one moment, by hand or by the plan, the second spares whom the first has reminded
        one_after_the_other(session, [broadcast.round_id])
        rnd = session.get_one(Round, broadcast.round_id)
        areas = broadcast.audience.get("areas") or ()
        key = f"{ASKED}:{broadcast.id}"
        asked = self.prepare(session, ByHand(campaign, rnd, areas, force, key))
        decision = Decision(session, self.letters.texts, self.now, real, broadcast.id)
        rows = decision.of(asked.letters)
        return AskedResult(tuple(rows), decision.written, asked.lately, asked.silent, decision.dropped)

    def _due(self, wish: ByHand) -> Due | None:
        """The plan's entry of this stage, for the officer; once the due day has come, for the deputy as well."""
        campaign, rnd = wish.campaign, wish.round
        days, day = working_days_of(campaign.settings), day_of(rnd.due_at)
        entry = stage(plan_of(campaign, rnd), day, self.now, days)
        if entry is None:
            return None
        roles = (Role.OFFICER.value, Role.DEPUTY.value) if day_of(self.now) >= day else (Role.OFFICER.value,)
        fresh = entry.fresh(entry.planned(day, days), self.now)
        return Due(campaign, rnd, replace(entry, only_if_owed=True), wish.key, ASKED, self.now, roles, fresh)
