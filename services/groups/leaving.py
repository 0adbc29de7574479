"""Leaving a group: asked for by its turn or decided by the clock, done by a job after the goodbye is out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversation.group.step import LEAVING
from bot.conversation.state import State
from models.base import Sessions
from models.chat import Conversation, OutboxRequest, OutboxState
from models.group import LineGroup
from models.work import OwedJob
from services import owed
from services.groups import groups
from services.owed import LaterError
from services.ports import Clock, LineGateway

LEAVE = "leave_group"
AFTER_THE_GOODBYE = dt.timedelta(seconds=5)
"""The sweep leaves the job alone for so long; the turn rings for it itself once its reply is out."""
LONGEST_GOODBYE = dt.timedelta(minutes=1)
"""A reply token is good for no longer, so nothing is gained by waiting on."""


@dataclass(frozen=True)
class GroupLeaving:
    sessions: Sessions
    clock: Clock
    line: LineGateway

    def plan(self) -> list[int]:
        """Promise to leave what nobody has linked in time, or is allowed no more. Returns the ids of the groups."""
        with self.sessions() as session:
            owes = select(OwedJob.subject_id).where(OwedJob.job == LEAVE, OwedJob.done_at.is_(None))
            promised = set(session.scalars(owes))
            found = [row.id for row in groups.all_lost(session, self.clock.now()) if row.id not in promised]
        if not found:
            return []
        with self.sessions() as session, session.begin():
            for group_id in found:
                owed.owe(session, LEAVE, group_id, self.clock.real())
        return found

    def leave(self, group_id: int) -> None:
        """Go. Raises LaterError when the goodbye is still on its way, or LINE did not answer."""
        with self.sessions() as session:
            group = session.get_one(LineGroup, group_id)
            chat = session.get_one(Conversation, group.conversation_id)
            wanted = group.left_at is None and self._wanted(session, group, chat)
            waiting = _goodbye_sent_at(session, chat)
        if not wanted or chat.group_key is None:
            return
        if waiting is not None and self.clock.real() - waiting < LONGEST_GOODBYE:
            raise LaterError(f"group {group_id}: the goodbye is not out yet")
        if not self.line.leave(chat.group_key):
            raise LaterError(f"group {group_id}: no answer")
        with self.sessions() as session, session.begin():
            groups.left(session.get_one(LineGroup, group_id), self.clock.now())

    def _wanted(self, session: Session, group: LineGroup, chat: Conversation) -> bool:
        """Looked at once more: we may have been invited anew since, or linked at the last moment."""
        if State.from_json(chat.state) == LEAVING:
            return True
        return groups.lost(group, groups.campaign_of_group(session, group.area_code), self.clock.now())


def _goodbye_sent_at(session: Session, chat: Conversation) -> dt.datetime | None:
    """When the event came in whose answer is still to be sent; None when all is out."""
    pending = OutboxRequest.conversation_id == chat.id, OutboxRequest.state == OutboxState.PENDING.value
    return session.scalar(select(OutboxRequest.created_at).where(*pending).limit(1))
