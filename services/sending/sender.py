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

from sqlalchemy import update

from bot.faults import AFTER_REPLY_SENT, BEFORE_REPLY_MARKED, Faults
from models.base import Sessions
from models.chat import Conversation, OutboxRequest, OutboxState
from services.chat.apology import Apology
from services.ports import Clock, LineGateway, SendOutcome, SendResult
from services.sending import marking
from services.sending.deciding import Ready, decide
from services.sending.outbox import queue_push
from services.sending.results import close, pending, record
from services.sending.under_way import START_WITHIN

TOKEN_FRESH = dt.timedelta(seconds=50)
"""A reply token is good for about a minute after the webhook (LINE: reply token); ten seconds are for the call."""
PUSH_INSTEAD = dt.timedelta(minutes=10)
"""An unsent answer younger than this is pushed; an older one rides on the next reply."""


@dataclass(frozen=True)
class Sender:
    sessions: Sessions
    line: LineGateway
    clock: Clock
    faults: Faults
    apology: Apology

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
        with self.sessions() as session, session.begin():
            ready = decide(session, [row.id], self.clock)
        if not ready:
            with self.sessions() as session:
                return pending(session, row.id) is None
        (one,) = ready
        result = self.call(one)
        if result is not None and result.outcome is SendOutcome.SENT:
            self.faults.reach(BEFORE_REPLY_MARKED)
        with self.sessions() as session, session.begin():
            done = marking.mark(session, [(one, result)], self.clock) == []
            sorry = self.apology.instead_of(session, one.row, result) if result is not None else None
        return done if sorry is None else self._say(sorry)

    def _say(self, sorry: OutboxRequest) -> bool:
        return self.send_reply(sorry, first=True) if sorry.kind == "reply" else self.send_push(sorry)

    def call(self, ready: Ready) -> SendResult | None:
        """Let LINE have a request that was decided on. None when its turn came too late: it is decided anew."""
        if self.clock.real() - ready.decided_at > START_WITHIN:
            return None
        row = ready.row
        if row.kind == "multicast":
            return self.line.multicast({"to": list(ready.to), "messages": row.messages}, row.retry_key)
        return self.line.push({"to": ready.to[0], "messages": row.messages}, row.retry_key)

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
            if chat is not None and chat.account_id is None:
                close(session, stored, OutboxState.WITHDRAWN, "reply token gone; a group is never pushed to")
                return True
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
            push.about, push.purpose = stored.about, stored.purpose
        return self.send_push(push)

    def _mark(self, row: OutboxRequest, result: SendResult) -> bool:
        if result.outcome is SendOutcome.SENT:
            self.faults.reach(BEFORE_REPLY_MARKED)
        with self.sessions() as session, session.begin():
            stored = pending(session, row.id)
            if stored is None:
                return True
            done = record(session, stored, result, self.clock.real())
            sorry = self.apology.instead_of(session, stored, result)
        return done if sorry is None else self._say(sorry)
