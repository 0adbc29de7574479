"""Sending what the outbox holds, so that the person hears it once.

A reply has no retry key: when its outcome is unclear the same token is tried again while it is fresh, and a
400 then means that the first try had arrived. A push carries its retry key from the first try on; 409 means
sent. No database transaction is open while LINE is being called.

`attempts` of a reply counts the tries that may have reached somebody, the one under way included: whoever writes
the row counts the one that follows the commit, so that a process that dies there counts too.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.faults import AFTER_REPLY_SENT, BEFORE_REPLY_MARKED, Faults
from models.base import Sessions
from models.chat import Conversation, Delivery, OutboxRequest, OutboxState
from models.obligation import SETTLED, Obligation, Reminder
from models.people import LineAccount
from services.calendar import day_of
from services.outbox import KEY_GOOD, close, pending, queue_push, record
from services.ports import Clock, LineGateway, SendOutcome, SendResult

TOKEN_FRESH = dt.timedelta(seconds=50)
"""A reply token is good for about a minute after the webhook (LINE: reply token); ten seconds are for the call."""
PUSH_INSTEAD = dt.timedelta(minutes=10)
"""An unsent answer younger than this is pushed; an older one rides on the next reply."""
SENDING = dt.timedelta(seconds=30)
"""Longer than a push can take, time-outs and the question about the quota included: meanwhile nobody else sends it."""


@dataclass(frozen=True)
class Sender:
    sessions: Sessions
    line: LineGateway
    clock: Clock
    faults: Faults

    def send_reply(self, row: OutboxRequest, *, first: bool) -> bool:
        """Send one reply row and mark it. `first`: this process has just written it, and counted this try.

        True when nothing is left to do for it (sent, handed on as a push, or carried to the next reply).
        """
        if self.clock.real() - row.created_at > TOKEN_FRESH:
            return self._push_instead(row)
        if not first:
            self._count_attempt(row)
        result = self.line.reply({"replyToken": row.reply_token, "messages": row.messages})
        self.faults.reach(AFTER_REPLY_SENT)
        if result.outcome is SendOutcome.TOKEN_GONE:
            return self._token_gone(row, result)
        return self._mark(row, result)

    def send_push(self, row: OutboxRequest) -> bool:
        """Send one push or multicast row, unless it should not be sent any more. True when it is done with."""
        recipients = self._recipients(row)
        if not recipients:
            return True
        if row.kind == "multicast":
            result = self.line.multicast({"to": recipients, "messages": row.messages}, row.retry_key)
        else:
            result = self.line.push({"to": recipients[0], "messages": row.messages}, row.retry_key)
        return self._mark(row, result)

    def _count_attempt(self, row: OutboxRequest) -> None:
        with self.sessions() as session, session.begin():
            session.execute(
                update(OutboxRequest)
                .where(OutboxRequest.id == row.id)
                .values(attempts=OutboxRequest.attempts + 1)
                .execution_options(synchronize_session=False)
            )

    def _token_gone(self, row: OutboxRequest, result: SendResult) -> bool:
        """400: used by an earlier try, of ours or of the process that took the chat over, or simply too old."""
        with self.sessions() as session, session.begin():
            stored = pending(session, row.id)
            if stored is None:
                return True
            if stored.attempts > 1:
                return record(
                    session, stored, SendResult(SendOutcome.SENT, result.status, result.request_id), self.clock.real()
                )
        return self._push_instead(row)

    def _push_instead(self, row: OutboxRequest) -> bool:
        """The token has gone. Push once while the turn is young; otherwise keep it for the next reply."""
        with self.sessions() as session, session.begin():
            stored = pending(session, row.id)
            if stored is None:
                return True
            young = self.clock.real() - stored.created_at < PUSH_INSTEAD
            chat = session.get(Conversation, stored.conversation_id) if stored.conversation_id else None
            if not young or chat is None or chat.account_id is None:
                close(session, stored, OutboxState.CARRIED)
                return True
            close(session, stored, OutboxState.WITHDRAWN, "reply token gone; pushed instead")
            push = queue_push(
                session,
                stored.channel_id,
                [chat.account_id],
                stored.messages,
                self.clock.real(),
                conversation_id=chat.id,
            )
            push.about = stored.about
        return self.send_push(push)

    def _mark(self, row: OutboxRequest, result: SendResult) -> bool:
        if result.outcome is SendOutcome.SENT:
            self.faults.reach(BEFORE_REPLY_MARKED)
        with self.sessions() as session, session.begin():
            stored = pending(session, row.id)
            return True if stored is None else record(session, stored, result, self.clock.real())

    def _recipients(self, row: OutboxRequest) -> list[str]:
        """LINE user ids to send to; empty when nobody is left or it is too late, and then the row is closed.

        One transaction decides: the obligation is looked at in the moment of sending, not of planning.
        """
        with self.sessions() as session, session.begin():
            stored = pending(session, row.id)
            if stored is None:
                return []
            if self._no_longer_true(session, stored):
                close(session, stored, OutboxState.WITHDRAWN)
                return []
            if stored.conversation_id is None and self.clock.real() - stored.created_at >= KEY_GOOD:
                close(session, stored, OutboxState.FAILED, "could not be sent in time")
                return []
            recipients = _followers(session, stored)
            if not recipients:
                answer = stored.conversation_id is not None
                close(session, stored, OutboxState.CARRIED if answer else OutboxState.WITHDRAWN)
            stored.attempts += 1
            if stored.conversation_id is None:
                stored.next_try_at = self.clock.real() + SENDING
            return recipients

    def _no_longer_true(self, session: Session, row: OutboxRequest) -> bool:
        """Settled meanwhile; or a reminder of another day, which speaks of "today" and "tomorrow"."""
        if row.obligation_id is not None and _settled(session, row.obligation_id):
            return True
        planned_for = session.scalar(select(Reminder.planned_for).where(Reminder.outbox_id == row.id).limit(1))
        return planned_for is not None and day_of(planned_for) < day_of(self.clock.now())


def _settled(session: Session, obligation_id: int) -> bool:
    state = session.scalar(select(Obligation.state).where(Obligation.id == obligation_id).with_for_update())
    return state in SETTLED


def _followers(session: Session, row: OutboxRequest) -> list[str]:
    """Who gets the row. Decided before the first try: a retry key stands for one body, recipients included."""
    if row.attempts == 0:
        away = select(LineAccount.id).where(LineAccount.following.is_(False))
        session.execute(
            update(Delivery)
            .where(Delivery.outbox_id == row.id, Delivery.account_id.in_(away))
            .values(state=OutboxState.WITHDRAWN.value)
            .execution_options(synchronize_session=False)
        )
    found = session.scalars(
        select(LineAccount.line_user_id)
        .join(Delivery, Delivery.account_id == LineAccount.id)
        .where(Delivery.outbox_id == row.id, Delivery.state == OutboxState.PENDING.value)
        .order_by(Delivery.id)
    )
    return list(found)
