"""Deadline reminders: who still owes hears it at the planned time, once; who has reported hears nothing.

Planning writes one row for each (entry, obligation, person), and its unique key is why nobody hears twice, however
many clocks run. Sending looks at the obligation again in its own transaction (services.sending). Only the newest
entry of the day is sent: a service that comes back after days says what is true now, not everything that it missed.
"""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.messages.bubbles import Bubble
from bot.messages.render import render
from models.base import Sessions
from models.obligation import Draft, Obligation, Reminder
from models.people import LineAccount
from models.upsert import insert_or_ignore
from services.forms import FormCache
from services.outbox import queue_push
from services.ports import Clock
from services.reminder_audience import is_head
from services.reminder_plan import Wanted, wanted
from services.reminder_words import Writer
from services.texts import Texts
from services.traces import without_words

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reminders:
    sessions: Sessions
    clock: Clock
    texts: Texts
    forms: FormCache

    def plan(self) -> list[int]:
        """Write what is due now into the outbox. Returns the new rows' ids, to be rung for.

        One that cannot be written (a draft that cannot be read, say) leaves the others alone and is tried again.
        """
        now = self.clock.now()
        with self.sessions() as session:
            waiting = wanted(session, now)
        rows = []
        for item in waiting:
            try:
                row = self._decide(item, now)
            except SQLAlchemyError:
                raise
            except Exception as error:
                where = (item.due.entry["key"], item.obligation_id, item.account_id)
                log.exception("reminder %s", where, exc_info=without_words(error))
            else:
                rows += [row] if row is not None else []
        return rows

    def _decide(self, item: Wanted, now: dt.datetime) -> int | None:
        """The reminder row first: if it stands already, another clock has decided this one."""
        key = {
            "entry": item.due.entry["key"],
            "round_id": item.due.round.id,
            "obligation_id": item.obligation_id,
            "account_id": item.account_id,
        }
        with self.sessions() as session, session.begin():
            times = {"planned_for": item.due.planned_for, "created_at": now}
            if not insert_or_ignore(session, Reminder, {**key, **times}):
                return None
            account = session.get_one(LineAccount, item.account_id)
            messages = self._messages(session, item, account, now)
            guard = item.obligation_id if item.due.entry.get("only_if_owed") and item.obligation_id else None
            row = queue_push(
                session, account.channel_id, [account.id], messages, self.clock.real(), obligation_id=guard
            )
            session.scalars(select(Reminder).filter_by(**key)).one().outbox_id = row.id
            return row.id

    def _messages(
        self, session: Session, item: Wanted, account: LineAccount, now: dt.datetime
    ) -> list[dict[str, object]]:
        catalogue = self.texts.catalogue(self.texts.locale(account), item.due.campaign)
        return render([self._bubble(session, Writer(session, self.forms, item.due, catalogue, now), item)], catalogue)

    def _bubble(self, session: Session, writer: Writer, item: Wanted) -> Bubble:
        if item.due.for_staff:
            return writer.to_staff()
        draft = session.scalar(select(Draft).where(Draft.obligation_id == item.obligation_id))
        obligation = session.get_one(Obligation, item.obligation_id)
        if draft is not None and draft.asked_at is not None and is_head(session, item.account_id, obligation.area_code):
            return writer.to_agree(obligation, draft.asked_at)
        return writer.to_district(obligation, draft, item.due.role)
