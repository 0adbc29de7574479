"""A burst of photos is summed up once, when nothing has come for a moment: as the answer to its last message.

The answer needs a reply token that is still fresh. Where none is left (the worker was away), the summary waits for
whatever the person says next; it is never pushed, because a push costs the province one of its messages.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.base import Sessions
from models.chat import InboxEvent, OutboxRequest
from services.chat import lease
from services.chat.turns import Turns
from services.evidence.burst_promises import QUIET
from services.owed import LaterError
from services.ports import Clock
from services.sending.sender import TOKEN_FRESH, Sender


@dataclass(frozen=True)
class Bursts:
    sessions: Sessions
    clock: Clock
    turns: Turns
    sender: Sender
    lease_seconds: float

    def sum_up(self, conversation_id: int) -> None:
        """Say the summary. Raises LaterError while messages still come in or another process answers the chat."""
        owner, now = uuid.uuid4().hex, self.clock.real()
        until = now + dt.timedelta(seconds=self.lease_seconds)
        with self.sessions() as session, session.begin():
            if not lease.take(session, conversation_id, owner, now, until):
                raise LaterError(f"conversation {conversation_id} is being answered")
        try:
            with self.sessions() as session, session.begin():
                lease.renew(session, conversation_id, owner, until)
                reply = self._reply(session, conversation_id)
            if reply is not None:
                self.sender.send_reply(reply, first=True)
        except lease.LeaseLostError as error:
            raise LaterError(f"conversation {conversation_id}: lease lost") from error
        finally:
            with self.sessions() as session, session.begin():
                lease.release(session, conversation_id, owner)

    def _reply(self, session: Session, conversation_id: int) -> OutboxRequest | None:
        last = session.scalars(
            select(InboxEvent)
            .where(InboxEvent.conversation_id == conversation_id)
            .order_by(InboxEvent.received_at.desc(), InboxEvent.id.desc())
            .limit(1)
        ).one()
        age = self.clock.real() - last.received_at
        if last.handled_at is None or age < QUIET:
            raise LaterError(f"conversation {conversation_id}: messages still come in")
        event = self._with_token(session, conversation_id)
        return self.turns.after_quiet(session, event) if event is not None else None

    def _with_token(self, session: Session, conversation_id: int) -> InboxEvent | None:
        """The newest message whose reply token is fresh and unused."""
        answered = select(OutboxRequest.inbox_event_id).where(OutboxRequest.conversation_id == conversation_id)
        newest = session.scalars(
            select(InboxEvent)
            .where(
                InboxEvent.conversation_id == conversation_id,
                InboxEvent.received_at > self.clock.real() - TOKEN_FRESH,
                InboxEvent.id.not_in(answered.where(OutboxRequest.inbox_event_id.is_not(None))),
            )
            .order_by(InboxEvent.received_at.desc(), InboxEvent.id.desc())
        )
        return next((event for event in newest if event.payload.get("replyToken")), None)
