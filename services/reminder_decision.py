"""Deciding on reminders in one transaction: the unique row, what the quota leaves, the request in the outbox."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.obligation import Obligation, Reminder
from models.upsert import insert_or_ignore
from services.outbox import queue_push
from services.reminder_dropped import QUOTA
from services.reminder_entries import purpose_of
from services.reminder_letters import Letter
from services.reminder_plan import Due
from services.reminder_province import Province
from services.texts import Texts


@dataclass
class Decision:
    """One transaction's reminders. `now` is civil, `real` mechanical time."""

    session: Session
    texts: Texts
    now: dt.datetime
    real: dt.datetime
    dropped: int = 0
    _areas: dict[str, tuple[Due, list[str]]] = field(default_factory=dict)

    def of(self, letters: Iterable[Letter]) -> list[int]:
        """Write what has not been decided yet; returns the ids of the outbox rows."""
        rows = [row for letter in letters for row in self._letter(letter)]
        for due, areas in self._areas.values():
            province = Province(self.session, self.texts, self.now)
            province.learns(
                "notice.reminders_dropped", due.campaign, due.round, f"dropped {due.key} round {due.round.id}", areas
            )
        return rows

    def _letter(self, letter: Letter) -> list[int]:
        """The reminder rows first: what stands already, another clock has decided."""
        new = [account_id for account_id in letter.account_ids if self._is_new(letter, account_id)]
        if not new:
            return []
        kept = new
        row = queue_push(self.session, letter.channel_id, kept, letter.messages, self.real, obligation_id=letter.guard)
        row.purpose = purpose_of(letter.due.purpose)
        self._note(letter, kept, outbox_id=row.id)
        return [row.id]

    def _is_new(self, letter: Letter, account_id: int) -> bool:
        times = {"planned_for": letter.due.planned_for, "created_at": self.now}
        return insert_or_ignore(self.session, Reminder, {**_key(letter), "account_id": account_id, **times})

    def _drop(self, letter: Letter, account_ids: Sequence[int]) -> None:
        if not account_ids:
            return
        self.dropped += len(account_ids)
        self._note(letter, account_ids, dropped=QUOTA)
        if letter.obligation_id:
            key = f"{letter.due.key} {letter.due.round.id}"
            _due, areas = self._areas.setdefault(key, (letter.due, []))
            areas.append(self.session.get_one(Obligation, letter.obligation_id).area_code)

    def _note(self, letter: Letter, account_ids: Sequence[int], **values: object) -> None:
        self.session.execute(
            update(Reminder)
            .filter_by(**_key(letter))
            .where(Reminder.account_id.in_(account_ids))
            .values(**values)
            .execution_options(synchronize_session=False)
        )


def _key(letter: Letter) -> dict[str, object]:
    return {
        "entry": letter.due.key,
        "round_id": letter.due.round.id,
        "obligation_id": letter.obligation_id,
    }
