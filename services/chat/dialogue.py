"""Answering one chat: everything that waits in its inbox, in order, each once, each reply before the next event.

The same function is called by the web process right after a webhook and, for what a dead process left behind,
by a job of the sweep. The chat's lease makes sure that only one of them is at it, across processes.
"""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from bot.faults import AFTER_TURN_COMMIT, Faults
from models.base import Sessions
from models.chat import InboxEvent, OutboxRequest
from services import owed
from services.chat import lease
from services.chat.refreshing import Refreshing
from services.chat.turns import Turns
from services.chat.waiting import next_event, unsent
from services.people.joining import AlreadyDecidedError
from services.ports import Clock
from services.reports.reports import ReportChangedError
from services.sending.sender import Sender
from services.sending.under_way import Patience, UnderWayError
from services.traces import without_words

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 3
"""A message whose turn keeps failing is given up with an apology, so that it cannot block the chat."""
CONFLICT_TRIES = 5
CONFLICTS = (StaleDataError, IntegrityError, ReportChangedError, AlreadyDecidedError)
"""Somebody of the same district was faster: look again and decide anew."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A turn that is committed, and the reply that is now to be sent (None: nothing to say)."""

    reply: OutboxRequest | None
    promised: tuple[tuple[str, int], ...] = ()
    """(job, subject id) that the turn owes: rung for after the reply is out."""


@dataclass(frozen=True)
class Dialogue:
    sessions: Sessions
    clock: Clock
    turns: Turns
    refreshing: Refreshing
    sender: Sender
    faults: Faults
    ring: Callable[[str, int], bool]
    lease_seconds: float
    patience: Patience

    def drain(self, conversation_id: int) -> None:
        """Answer what is pending in the chat. Returns at once when another process holds it."""
        owner = uuid.uuid4().hex
        while self._take(conversation_id, owner):
            try:
                self._work(conversation_id, owner)
            except lease.LeaseLostError:
                log.warning("conversation %s: lease lost", conversation_id)
                return
            finally:
                self._release(conversation_id, owner)
            if not self._something_waits(conversation_id):
                return

    def _take(self, conversation_id: int, owner: str) -> bool:
        now = self.clock.real()
        with self.sessions() as session, session.begin():
            return lease.take(session, conversation_id, owner, now, now + self._lease_length())

    def _release(self, conversation_id: int, owner: str) -> None:
        """Give the chat back; nothing happens when it is somebody else's by now."""
        with self.sessions() as session, session.begin():
            lease.release(session, conversation_id, owner)

    def _lease_length(self) -> dt.timedelta:
        return dt.timedelta(seconds=self.lease_seconds)

    def _work(self, conversation_id: int, owner: str) -> None:
        """Send what is unsent, then turn by turn; stops when nothing is due or a reply has to wait."""
        if not self._send_leftovers(conversation_id, owner):
            return
        self.refreshing.refresh_profile(conversation_id)
        self.refreshing.refresh_quota(conversation_id)
        while True:
            taken = self._next_turn(conversation_id, owner)
            if taken is None:
                return
            sent = taken.reply is None or self.sender.send_reply(taken.reply, first=True)
            for job, subject_id in taken.promised:
                self.ring(job, subject_id)
            if not sent:
                return

    def _send_leftovers(self, conversation_id: int, owner: str) -> bool:
        """Retry replies of an earlier process or try. False when one still has to wait: order comes first."""
        with self.sessions() as session:
            rows = list(session.scalars(unsent(conversation_id).order_by(OutboxRequest.id)))
        for row in rows:
            if row.next_try_at > self.clock.real():
                return False
            self._hold(conversation_id, owner)
            done = self.sender.send_reply(row, first=False) if row.kind == "reply" else self.sender.send_push(row)
            if not done:
                return False
        return True

    def _hold(self, conversation_id: int, owner: str) -> None:
        with self.sessions() as session, session.begin():
            self._renew(session, conversation_id, owner)

    def _next_turn(self, conversation_id: int, owner: str) -> Taken | None:
        """Take one turn and commit it. None when nothing is due."""
        with self.sessions() as session:
            event = next_event(session, conversation_id, self.clock.real())
        if event is None:
            return None
        try:
            taken = self._turn(conversation_id, owner, event.id)
        except lease.LeaseLostError:
            raise
        except Exception as error:
            log.exception("turn of event %s failed", event.id, exc_info=without_words(error))
            return self._postpone(conversation_id, owner, event.id)
        self.faults.reach(AFTER_TURN_COMMIT)
        return taken

    def _turn(self, conversation_id: int, owner: str, event_id: int) -> Taken:
        """One transaction, taken anew at once when somebody got in its way; the last collision is raised.

        A reminder that is leaving in this moment is waited for: it does so within seconds.
        """
        collisions = 0
        while True:
            try:
                with self.sessions() as session, session.begin():
                    self._renew(session, conversation_id, owner)
                    reply = self.turns.take(session, session.get_one(InboxEvent, event_id))
                return Taken(reply, owed.promised(session))
            except UnderWayError as error:
                self.patience.wait(error)
                self._hold(conversation_id, owner)
            except CONFLICTS:
                collisions += 1
                if collisions == CONFLICT_TRIES:
                    raise

    def _renew(self, session: Session, conversation_id: int, owner: str) -> None:
        lease.renew(session, conversation_id, owner, self.clock.real() + self._lease_length())

    def _postpone(self, conversation_id: int, owner: str, event_id: int) -> Taken | None:
        """Count a failed turn; the message stays in the inbox and is tried again, a few times."""
        with self.sessions() as session, session.begin():
            self._renew(session, conversation_id, owner)
            event = session.get_one(InboxEvent, event_id)
            event.attempts += 1
            event.next_try_at = self.clock.real() + dt.timedelta(seconds=event.attempts)
            if event.attempts < MAX_ATTEMPTS:
                return None
        log.error("event %s given up", event_id)
        return self._give_up(conversation_id, owner, event_id)

    def _give_up(self, conversation_id: int, owner: str, event_id: int) -> Taken:
        try:
            with self.sessions() as session, session.begin():
                self._renew(session, conversation_id, owner)
                return Taken(self.turns.apologise(session, session.get_one(InboxEvent, event_id)))
        except lease.LeaseLostError:
            raise
        except Exception as error:
            log.exception("no apology for event %s", event_id, exc_info=without_words(error))
        with self.sessions() as session, session.begin():
            self._renew(session, conversation_id, owner)
            self.turns.leave(session, session.get_one(InboxEvent, event_id))
        return Taken(None)

    def _something_waits(self, conversation_id: int) -> bool:
        """One more look after the release: an event may have come in while the lease was still held."""
        now = self.clock.real()
        with self.sessions() as session:
            if session.scalar(unsent(conversation_id).with_only_columns(OutboxRequest.id).limit(1)):
                return False
            return next_event(session, conversation_id, now) is not None
