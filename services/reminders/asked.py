"""A reminder that the province asks for by hand: each district's own, in the words that fit the day, to whoever still
owes, and not a second time within the hour.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.broadcast import Broadcast
from models.campaign import Campaign, Round
from models.obligation import Obligation, Reminder
from models.people import Role
from services.calendar import day_of
from services.campaigns.files import working_days_of
from services.reminders.decision import Decision
from services.reminders.entries import ASKED, stage
from services.reminders.letters import Letter, LetterWriter
from services.reminders.plan import Due, Wanted, plan_of, to_districts

LATELY = dt.timedelta(minutes=60)
"""Whoever was reminded of the same report within this time is left alone."""


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

    def prepare(
        self,
        session: Session,
        campaign: Campaign,
        rnd: Round,
        *,
        areas: Collection[str] = (),
        force: bool = False,
        key: str = ASKED,
    ) -> Asked:
        """What would go out now; `areas` narrows it to some districts. `force`: also to who was reminded lately."""
        due = self._due(campaign, rnd, key)
        if due is None:
            return Asked((), (), ())
        found, silent = to_districts(session, due, self.now)
        lately = set() if force else self._lately(session, rnd)
        wanted: list[Wanted] = []
        spared: list[tuple[int, int]] = []
        for item in found:
            if areas and session.get_one(Obligation, item.obligation_id).area_code not in areas:
                continue
            pairs = [(each, (each.account_id, item.obligation_id)) for each in item.addressees]
            spared += [pair for _each, pair in pairs if pair in lately]
            people = tuple(each for each, pair in pairs if pair not in lately)
            wanted += [replace(item, addressees=people)] if people else []
        nobody = tuple(code for code in silent if not areas or code in areas)
        return Asked(tuple(self.letters.write(session, wanted, self.now)), tuple(spared), nobody)

    def write(self, session: Session, broadcast: Broadcast, real: dt.datetime, *, force: bool = False) -> AskedResult:
        """Into the outbox, with one reminder row for each person: asked again for the same broadcast, nothing is
        written twice. `real` is mechanical time. Raises LookupError when the broadcast is about no round.
        """
        if broadcast.round_id is None:
            raise LookupError(f"broadcast {broadcast.id} is about no round")
        campaign = session.get_one(Campaign, broadcast.campaign_id)
        rnd = session.get_one(Round, broadcast.round_id)
        areas = broadcast.audience.get("areas") or ()
        key = f"{ASKED}:{broadcast.id}"
        asked = self.prepare(session, campaign, rnd, areas=areas, force=force, key=key)
        decision = Decision(session, self.letters.texts, self.now, real, broadcast.id)
        rows = decision.of(asked.letters)
        return AskedResult(tuple(rows), decision.written, asked.lately, asked.silent, decision.dropped)

    def _due(self, campaign: Campaign, rnd: Round, key: str) -> Due | None:
        """The plan's entry of this stage, for the officer; once the due day has come, for the deputy as well."""
        days, day = working_days_of(campaign.settings), day_of(rnd.due_at)
        entry = stage(plan_of(campaign, rnd), day, self.now, days)
        if entry is None:
            return None
        roles = (Role.OFFICER.value, Role.DEPUTY.value) if day_of(self.now) >= day else (Role.OFFICER.value,)
        fresh = entry.fresh(entry.planned(day, days), self.now)
        return Due(campaign, rnd, replace(entry, only_if_owed=True), key, ASKED, self.now, roles, fresh)

    def _lately(self, session: Session, rnd: Round) -> set[tuple[int, int]]:
        found = session.execute(
            select(Reminder.account_id, Reminder.obligation_id).where(
                Reminder.round_id == rnd.id,
                Reminder.created_at > self.now - LATELY,
                Reminder.outbox_id.is_not(None),
            )
        )
        return {(account_id, obligation_id) for account_id, obligation_id in found}
