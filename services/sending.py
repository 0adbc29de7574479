"""Sending what the outbox holds, each row one request to LINE, so that the person hears it once.

A reply has no retry key: when its outcome is unclear the same token is tried again while it is fresh, and a
400 then means that the first try had arrived. A push carries its retry key from the first try on; 409 means
sent. No database transaction is open while LINE is being called.
"""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.faults import AFTER_REPLY_SENT, BEFORE_REPLY_MARKED, Faults
from models.base import Sessions
from models.chat import Conversation, Delivery, OutboxRequest, OutboxState
from models.obligation import SETTLED, Obligation
from models.people import LineAccount
from services import owed
from services.ports import Clock, LineGateway, SendOutcome, SendResult

log = logging.getLogger(__name__)

TOKEN_FRESH = dt.timedelta(seconds=50)
"""A reply token is good for about a minute after the webhook (LINE: reply token); ten seconds are for the call."""
PUSH_INSTEAD = dt.timedelta(minutes=10)
"""An unsent answer younger than this is pushed; an older one rides on the next reply."""
MAX_ATTEMPTS = 8
_RETRYABLE = {SendOutcome.UNCLEAR, SendOutcome.RATE_LIMITED}


@dataclass(frozen=True)
class Sender:
    sessions: Sessions
    line: LineGateway
    clock: Clock
    faults: Faults

    def send_reply(self, row: OutboxRequest, *, first: bool) -> bool:
        """Send one reply row and mark it. `first`: this process has just written it, nobody tried before.

        True when nothing is left to do for it (sent, handed on as a push, or carried to the next reply).
        """
        if self.clock.real() - row.created_at > TOKEN_FRESH:
            return self._too_late(row)
        if not first:
            self._count_attempt(row)
        body = {"replyToken": row.reply_token, "messages": row.messages}
        result = self.line.reply(body)
        self.faults.reach(AFTER_REPLY_SENT)
        if result.outcome is SendOutcome.TOKEN_GONE and not first:
            result = SendResult(SendOutcome.SENT, result.status, result.request_id)
        if result.outcome is SendOutcome.TOKEN_GONE:
            return self._too_late(row)
        return self._mark(row, result)

    def send_push(self, row: OutboxRequest) -> bool:
        """Send one push or multicast row, unless what it reminds of is settled by now. True when it is done with."""
        recipients = self._recipients(row)
        if not recipients:
            return True
        if row.kind == "multicast":
            result = self.line.multicast({"to": recipients, "messages": row.messages}, row.retry_key)
        else:
            result = self.line.push({"to": recipients[0], "messages": row.messages}, row.retry_key)
        return self._mark(row, result)

    def _recipients(self, row: OutboxRequest) -> list[str]:
        """LINE user ids to send to; empty when nobody is left, and then the row is closed.

        One transaction decides: the obligation is looked at in the moment of sending, not of planning.
        """
        with self.sessions() as session, session.begin():
            if row.obligation_id is not None and _settled(session, row.obligation_id):
                _close(session, row.id, OutboxState.WITHDRAWN)
                return []
            accounts = session.execute(
                select(LineAccount.line_user_id)
                .join(Delivery, Delivery.account_id == LineAccount.id)
                .where(Delivery.outbox_id == row.id, LineAccount.following)
            )
            recipients = [line_user_id for (line_user_id,) in accounts]
            if not recipients:
                _close(session, row.id, OutboxState.WITHDRAWN)
            _add_attempt(session, row.id)
            return recipients

    def _count_attempt(self, row: OutboxRequest) -> None:
        with self.sessions() as session, session.begin():
            _add_attempt(session, row.id)

    def _too_late(self, row: OutboxRequest) -> bool:
        """The token has gone. Push once while the turn is young; otherwise keep it for the next reply."""
        with self.sessions() as session, session.begin():
            young = self.clock.real() - row.created_at < PUSH_INSTEAD
            chat = session.get(Conversation, row.conversation_id) if row.conversation_id else None
            if not young or chat is None or chat.account_id is None:
                _close(session, row.id, OutboxState.CARRIED)
                return True
            _close(session, row.id, OutboxState.WITHDRAWN, problem="reply token gone; pushed instead")
            push = queue_push(session, row.channel_id, [chat.account_id], row.messages, self.clock.real())
            push.conversation_id = row.conversation_id
        return self.send_push(push)

    def _mark(self, row: OutboxRequest, result: SendResult) -> bool:
        if result.outcome is SendOutcome.SENT:
            self.faults.reach(BEFORE_REPLY_MARKED)
        with self.sessions() as session, session.begin():
            return _record(session, row, result, self.clock.real())


def queue_push(
    session: Session,
    channel_id: int,
    account_ids: list[int],
    messages: list[dict[str, Any]],
    now: dt.datetime,
    *,
    obligation_id: int | None = None,
) -> OutboxRequest:
    """Write a push (one recipient) or multicast (several, 500 at most) with its retry key; `now` is mechanical."""
    row = OutboxRequest(
        channel_id=channel_id,
        kind="push" if len(account_ids) == 1 else "multicast",
        messages=messages,
        retry_key=str(uuid.uuid4()),
        obligation_id=obligation_id,
        state=OutboxState.PENDING.value,
        attempts=0,
        next_try_at=now,
        created_at=now,
        line_message_ids=[],
    )
    session.add(row)
    session.flush()
    owed.promise(session, "send_outbox", row.id)
    session.add_all(Delivery(outbox_id=row.id, account_id=account_id) for account_id in account_ids)
    return row


def _settled(session: Session, obligation_id: int) -> bool:
    state = session.scalar(select(Obligation.state).where(Obligation.id == obligation_id).with_for_update())
    return state in SETTLED


def _add_attempt(session: Session, row_id: int) -> None:
    session.execute(update(OutboxRequest).where(OutboxRequest.id == row_id).values(attempts=OutboxRequest.attempts + 1))


def _close(session: Session, row_id: int, state: OutboxState, problem: str = "") -> None:
    session.execute(
        update(OutboxRequest)
        .where(OutboxRequest.id == row_id, OutboxRequest.state == OutboxState.PENDING.value)
        .values(state=state.value, problem=problem)
    )
    session.execute(update(Delivery).where(Delivery.outbox_id == row_id).values(state=state.value))


def _record(session: Session, row: OutboxRequest, result: SendResult, now: dt.datetime) -> bool:
    """Write down what LINE said. False when the row is to be tried again later."""
    attempts = session.scalar(select(OutboxRequest.attempts).where(OutboxRequest.id == row.id)) or 0
    if result.outcome in _RETRYABLE and attempts < MAX_ATTEMPTS:
        pause = dt.timedelta(seconds=min(2 ** max(attempts - 1, 0), 60))
        session.execute(
            update(OutboxRequest)
            .where(OutboxRequest.id == row.id)
            .values(next_try_at=now + pause, problem=result.problem)
        )
        return False
    state = _final_state(row, result)
    if state is not OutboxState.SENT:
        log.warning("outbox %s ended %s: status %s request %s", row.id, state, result.status, result.request_id)
    session.execute(
        update(OutboxRequest)
        .where(OutboxRequest.id == row.id)
        .values(
            state=state.value,
            sent_at=now if state is OutboxState.SENT else None,
            line_request_id=result.request_id,
            line_message_ids=list(result.message_ids),
            problem=result.problem,
        )
    )
    session.execute(update(Delivery).where(Delivery.outbox_id == row.id).values(state=state.value))
    return True


def _final_state(row: OutboxRequest, result: SendResult) -> OutboxState:
    if result.outcome is SendOutcome.SENT:
        return OutboxState.SENT
    answers_a_person = row.conversation_id is not None and result.outcome is not SendOutcome.REFUSED
    return OutboxState.CARRIED if answers_a_person else OutboxState.FAILED
