"""One turn of a group inside one transaction: facts, step, effects, and at most one bubble on the reply token.

There is no way from here to a push: what cannot be replied is not said.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.conversation.group.facts import GroupFacts
from bot.conversation.group.inputs import GroupKind, GroupSaid, group_said
from bot.conversation.group.step import step
from bot.conversation.group.turn import GroupEffect, LeaveGroup, LinkGroup, NoteJoined, NoteRemoved
from bot.conversation.state import State
from bot.messages.bubbles import Bubble
from bot.messages.render import render
from models.chat import Conversation, InboxEvent, OutboxRequest, OutboxState
from models.group import LineGroup
from models.people import LineAccount
from models.work import Audit
from services import owed
from services.chat.facts import FactsLoader
from services.groups import groups
from services.groups.facts import GroupFactsLoader
from services.groups.leaving import AFTER_THE_GOODBYE, LEAVE
from services.ports import Clock

_COMING_AND_GOING = {GroupKind.JOINED, GroupKind.REMOVED}
"""Where we are now is what the newest of these says."""


@dataclass(frozen=True)
class GroupTurns:
    clock: Clock
    facts: FactsLoader

    def take(self, session: Session, chat: Conversation, event: InboxEvent) -> OutboxRequest | None:
        """Answer `event`. Returns the reply to send after the commit, if there is one."""
        said = group_said(event.payload)
        late = event.timestamp < chat.last_timestamp
        if said.kind is GroupKind.SILENT or (late and said.kind in _COMING_AND_GOING):
            return None
        group = groups.group_of(session, chat, self.clock.now())
        account = _speaker(session, event)
        facts = GroupFactsLoader(session, self.facts, self.clock.now()).load(chat, group, account)
        return self._answer(session, chat, event, (group, account, said, facts))

    def _answer(
        self,
        session: Session,
        chat: Conversation,
        event: InboxEvent,
        known: tuple[LineGroup, LineAccount | None, GroupSaid, GroupFacts],
    ) -> OutboxRequest | None:
        group, account, said, facts = known
        turn = step(State.from_json(chat.state), said, facts)
        chat.state = turn.state.to_json()
        for effect in turn.effects:
            self._apply(session, group, account, effect)
        token = event.payload.get("replyToken")
        if turn.bubble is None or not token:
            return None
        return _reply(session, event, render([_whole(turn.bubble)], facts.catalogue), token, self.clock.real())

    def _apply(self, session: Session, group: LineGroup, account: LineAccount | None, effect: GroupEffect) -> None:
        now = self.clock.now()
        match effect:
            case NoteJoined():
                groups.joined(group, now)
            case NoteRemoved():
                groups.left(group, now)
            case LinkGroup(area_code):
                group.area_code, group.linked_at = area_code, now
                group.linked_by = account.person_id if account else None
                subject = f"line_group {group.id}"
                row = Audit(at=now, person_id=group.linked_by, action="group_linked", subject=subject)
                row.area_code, row.detail = area_code, {"area": area_code}
                session.add(row)
            case LeaveGroup():
                owed.owe(session, LEAVE, group.id, self.clock.real() + AFTER_THE_GOODBYE)


def _speaker(session: Session, event: InboxEvent) -> LineAccount | None:
    account_id = event.payload.get("account")
    return session.get(LineAccount, account_id) if account_id else None


def _whole(bubble: Bubble) -> Bubble:
    """A group's bubble has no buttons and needs no menu below it."""
    return Bubble(bubble.lines)


def _reply(
    session: Session, event: InboxEvent, messages: list[dict[str, object]], token: str, now: dt.datetime
) -> OutboxRequest:
    row = OutboxRequest(
        channel_id=event.channel_id,
        conversation_id=event.conversation_id,
        inbox_event_id=event.id,
        kind="reply",
        messages=messages,
        reply_token=token,
        retry_key=str(uuid.uuid4()),
        state=OutboxState.PENDING.value,
        attempts=1,  # the one that follows the commit
        next_try_at=now,
        created_at=event.received_at,
        line_message_ids=[],
    )
    session.add(row)
    session.flush()
    return row
