"""What an erased person said, what was said to them, and what was said of them to others."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, false, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.chat import InboxEvent, Notice, OutboxRequest, OutboxState
from services.retention.words import delete_notices, empty_answered, empty_said, empty_states

SHORTEST_NAME = 4
"""Letters below which a name is looked for nowhere: it would be found within other words."""


@dataclass(frozen=True)
class ErasedChats:
    session: Session
    person_id: int
    chats: Sequence[int]
    name: str
    """Whom others may have been told of; empty: nobody."""
    now: dt.datetime
    """Mechanical time."""

    def messages(self, *, remove: bool) -> int:
        """Count, and blot out, the words on both sides, and bubbles to others that name the person."""
        said = self._ids(
            InboxEvent.id, InboxEvent.conversation_id.in_(self.chats), cast(InboxEvent.payload, String) != "{}"
        )
        sent = OutboxRequest.state != OutboxState.PENDING.value
        answered = self._ids(
            OutboxRequest.id,
            sent,
            cast(OutboxRequest.messages, String) != "[]",
            or_(OutboxRequest.conversation_id.in_(self.chats), self._named(OutboxRequest.messages)),
        )
        noted = self._ids(Notice.id, or_(Notice.person_id == self.person_id, self._named(Notice.values)))
        if remove:
            empty_answered(self.session, answered, self.now)
            empty_said(self.session, said, self.now)
            delete_notices(self.session, noted, self.now)
            unheard = InboxEvent.conversation_id.in_(self.chats), InboxEvent.handled_at.is_(None)
            self.session.execute(update(InboxEvent).where(*unheard).values(handled_at=self.now))
            empty_states(self.session, self.chats, self.now)
        return len(said) + len(answered) + len(noted)

    def unsent(self, *, remove: bool) -> int:
        """Count, and withdraw, what waits to be sent to them. What others get too leaves them out by itself."""
        waiting = self._ids(
            OutboxRequest.id,
            OutboxRequest.conversation_id.in_(self.chats),
            OutboxRequest.state == OutboxState.PENDING.value,
        )
        if remove:
            mine = OutboxRequest.id.in_(waiting)
            gone = {"state": OutboxState.WITHDRAWN.value, "problem": "erased", "messages": [], "about": {}}
            self.session.execute(update(OutboxRequest).where(mine).values(**gone))
        return len(waiting)

    def _ids(self, column: InstrumentedAttribute[int], *where: ColumnElement[bool]) -> list[int]:
        return list(self.session.scalars(select(column).where(and_(*where)).order_by(column)))

    def _named(self, column: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
        if len(self.name) < SHORTEST_NAME:
            return false()
        # SQLite holds JSON with its letters escaped
        text, escaped = cast(column, String), json.dumps(self.name)[1:-1]
        return or_(text.contains(self.name, autoescape=True), text.contains(escaped, autoescape=True))
