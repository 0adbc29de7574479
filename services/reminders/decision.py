"""Deciding on reminders in one transaction: the unique row, what the quota leaves, the request in the outbox."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, cast

from sqlalchemy import CursorResult, update
from sqlalchemy.orm import Session

from models.obligation import Obligation, Reminder
from models.upsert import insert_or_ignore
from services.quota import book as quota
from services.quota.forecast import Expected
from services.reminders.dropped import QUOTA
from services.reminders.lately import one_after_the_other, reminded_lately
from services.reminders.letters import Letter
from services.reminders.plan import Due
from services.reminders.plan_rows import in_vain
from services.reminders.province import Province
from services.sending.outbox import Recipient, Word, queue_many
from services.texts import Texts


@dataclass
class Decision:
    """One transaction's reminders. `now` is civil, `real` mechanical time."""

    session: Session
    texts: Texts
    now: dt.datetime
    real: dt.datetime
    broadcast_id: int | None = None
    coming: Sequence[Expected] | None = None
    """What the plan still needs this month, where it is known already (services.quota.forecast)."""
    written: int = 0
    """People for whom a word stands in the outbox now."""
    dropped: int = 0
    """People who would have heard one, had the quota allowed it."""
    _areas: dict[str, tuple[Due, list[str]]] = field(default_factory=dict)
    _by_hand: Mapping[tuple[int, int], int] = field(default_factory=dict)
    """Who was reminded by hand a moment ago: the plan's word counts as said with that request."""

    def of(self, letters: Sequence[Letter]) -> list[int]:
        """Write what has not been decided yet; returns the ids of the outbox rows."""
        rows: list[int] = []
        if self.broadcast_id is None:
            rounds = {letter.due.round.id for letter in letters}
            one_after_the_other(self.session, rounds)
            self._by_hand = reminded_lately(self.session, rounds, self.now, by_hand=True)
        for (channel_id, purpose), some in groupby(letters, key=lambda letter: (letter.channel_id, letter.purpose)):
            rows += self._of_one_kind(channel_id, purpose, list(some))
        for subject, (due, areas) in self._areas.items():
            province = Province(self.session, self.texts, self.now)
            province.learns("notice.reminders_dropped", due.campaign, due.round, subject, areas)
        return rows

    def _of_one_kind(self, channel_id: int, purpose: str, letters: Sequence[Letter]) -> list[int]:
        # the reminder rows first: what stands already, another clock has decided
        new = [[each for each in letter.account_ids if self._is_new(letter, each)] for letter in letters]
        stay = _fitting(new, quota.room(self.session, channel_id, purpose, self.now, self.coming))
        for letter, everybody, lucky in zip(letters, new, stay, strict=True):
            self._drop(letter, [each for each in everybody if each not in lucky])
        kept = [(letter, lucky) for letter, lucky in zip(letters, stay, strict=True) if lucky]
        words = [Word([Recipient(each, letter.guard) for each in stays], letter.messages) for letter, stays in kept]
        rows = queue_many(self.session, channel_id, words, self.real, purpose=purpose, broadcast_id=self.broadcast_id)
        for row, (letter, stays) in zip(rows, kept, strict=True):
            self._note(letter, stays, outbox_id=row.id)
            self.written += len(stays)
        return [row.id for row in rows]

    def _is_new(self, letter: Letter, account_id: int) -> bool:
        key = {**_key(letter), "account_id": account_id}
        times = {"planned_for": letter.due.planned_for, "created_at": self.now}
        if not (insert_or_ignore(self.session, Reminder, {**key, **times}) or self._is_renewed(key)):
            return False
        said = self._by_hand.get((account_id, letter.obligation_id))
        if said is not None:
            self._note(letter, [account_id], outbox_id=said)
        return said is None

    def _is_renewed(self, key: dict[str, object]) -> bool:
        """One that could not be sent on its day begins anew, for whichever clock comes first."""
        statement = (
            update(Reminder)
            .filter_by(**key)
            .where(in_vain())
            .values(created_at=self.now, outbox_id=None)
            .execution_options(synchronize_session=False)
        )
        return cast("CursorResult[Any]", self.session.execute(statement)).rowcount == 1

    def _drop(self, letter: Letter, account_ids: Sequence[int]) -> None:
        if not account_ids:
            return
        self.dropped += len(account_ids)
        self._note(letter, account_ids, dropped=QUOTA)
        if letter.obligation_id:
            subject = f"dropped {letter.due.key} round {letter.due.round.id}"
            _due, areas = self._areas.setdefault(subject, (letter.due, []))
            areas.append(self.session.get_one(Obligation, letter.obligation_id).area_code)

    def _note(self, letter: Letter, account_ids: Sequence[int], **values: object) -> None:
        self.session.execute(
            update(Reminder)
            .filter_by(**_key(letter))
            .where(Reminder.account_id.in_(account_ids))
            .values(**values)
            .execution_options(synchronize_session=False)
        )


def _fitting(people: Sequence[Sequence[int]], room: int | None) -> list[list[int]]:
    """Of each letter's people those for whom there is room: first the first of each letter, then the second."""
    if room is None:
        return [list(each) for each in people]
    turns = sorted((place, number) for number, each in enumerate(people) for place in range(len(each)))
    found: list[list[int]] = [[] for _ in people]
    for place, number in turns[:room]:
        found[number].append(people[number][place])
    return found


def _key(letter: Letter) -> dict[str, object]:
    return {
        "entry": letter.due.key,
        "round_id": letter.due.round.id,
        "obligation_id": letter.obligation_id,
    }
