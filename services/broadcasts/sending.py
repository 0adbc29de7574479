"""Carrying a broadcast out: in one transaction it is marked as sent and every request stands in the outbox.

Safe to run twice: the second run finds nothing to mark. Who gets it is decided here, not at the preview; what each
recipient's guard says is looked at again when the request leaves (services.sending.deciding).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from bot.conversation.broadcast.card import as_received
from bot.conversation.broadcast.delivery import lines
from bot.conversation.broadcast_facts import ANNOUNCING, Audience
from bot.messages.render import render
from models.base import Sessions
from models.broadcast import Broadcast, BroadcastKind, BroadcastState
from models.campaign import Campaign, Round
from models.chat import Notice
from models.people import LineAccount
from models.upsert import insert_or_ignore
from services.broadcasts import broadcasts
from services.broadcasts.audience import Asked, accounts
from services.broadcasts.result import result
from services.people.people import Areas
from services.ports import Clock
from services.reminders.reminders import Reminders
from services.sending.outbox import Recipient, queue_words
from services.texts import Texts

TELL_WITHIN = dt.timedelta(days=2)
"""Older results are asked for, not told."""


@dataclass(frozen=True)
class BroadcastSender:
    sessions: Sessions
    clock: Clock
    texts: Texts
    reminders: Reminders

    def carry_out(self, broadcast_id: int) -> bool:
        """Write a confirmed broadcast into the outbox. False when it has been, was cancelled, or is to go later."""
        now = self.clock.now()
        with self.sessions() as session, session.begin():
            if not _claim(session, broadcast_id, now):
                return False
            row = session.get_one(Broadcast, broadcast_id, populate_existing=True)
            if row.kind == BroadcastKind.REMINDER:
                self.reminders.write_asked(session, row)
            else:
                self._announce(_asked(session, row), row)
            return True

    def _announce(self, asked: Asked, row: Broadcast) -> None:
        """The same words to everybody, in one request for each language, 500 at a time."""
        groups: dict[tuple[int, str], list[Recipient]] = {}
        for account in accounts(asked, Audience.from_json(row.audience)):
            key = (account.channel_id, self.texts.locale(account))
            groups.setdefault(key, []).append(Recipient(account.id))
        for (channel_id, locale), recipients in groups.items():
            messages = render([as_received(row.words)], self.texts.catalogue(locale, asked.campaign))
            real = self.clock.real()
            queue_words(asked.session, channel_id, recipients, messages, real, purpose=ANNOUNCING, broadcast_id=row.id)

    def tick(self) -> list[int]:
        """What the clock does: promise what is due by now, tell what has become of what went. Returns due ids."""
        now = self.clock.now()
        with self.sessions() as session, session.begin():
            due = broadcasts.owe_due(session, now, self.clock.real())
        self._tell(now)
        return due

    def _tell(self, now: dt.datetime) -> None:
        """Whoever confirmed it hears at the next contact, for free (S-03)."""
        with self.sessions() as session:
            untold = _untold(session, now)
        for broadcast_id in untold:
            with self.sessions() as session, session.begin():
                self._notice(session, session.get_one(Broadcast, broadcast_id), now)

    def _notice(self, session: Session, row: Broadcast, now: dt.datetime) -> None:
        account = session.scalar(
            select(LineAccount).where(LineAccount.person_id == row.confirmed_by).order_by(LineAccount.id).limit(1)
        )
        if account is None:
            return
        catalogue = self.texts.of(session, account)
        found = result(session, row, Areas(session, catalogue))
        if found.waiting:
            return
        words = "\n".join(catalogue.say(line) for line in lines(found))
        values = {"person_id": row.confirmed_by, "key": f"notice.delivery_{row.kind}", "values": {"words": words}}
        insert_or_ignore(session, Notice, {**values, "subject": broadcasts.notice_subject(row), "created_at": now})


def _claim(session: Session, broadcast_id: int, now: dt.datetime) -> bool:
    done = session.execute(
        update(Broadcast)
        .where(
            Broadcast.id == broadcast_id,
            Broadcast.state == BroadcastState.SCHEDULED.value,
            Broadcast.send_at <= now,
        )
        .values(state=BroadcastState.SENT.value, sent_at=now)
        .execution_options(synchronize_session=False)
    )
    return isinstance(done, CursorResult) and done.rowcount == 1


def _asked(session: Session, row: Broadcast) -> Asked:
    rnd = session.get(Round, row.round_id) if row.round_id is not None else None
    return Asked(session, session.get_one(Campaign, row.campaign_id), rnd, row.confirmed_by)


def _untold(session: Session, now: dt.datetime) -> list[int]:
    """Broadcasts that went out lately and whose result nobody has been told."""
    rows = session.scalars(
        select(Broadcast).where(Broadcast.state == BroadcastState.SENT.value, Broadcast.sent_at > now - TELL_WITHIN)
    ).all()
    subjects = {broadcasts.notice_subject(row): row.id for row in rows}
    told = set(session.scalars(select(Notice.subject).where(Notice.subject.in_(list(subjects)))))
    return [broadcast_id for subject, broadcast_id in subjects.items() if subject not in told]
