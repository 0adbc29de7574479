"""What waits in a chat: events to be answered, requests to be sent, and the chats that a dead process left."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from models.chat import Conversation, InboxEvent, OutboxRequest, OutboxState


def unsent(conversation_id: int) -> Select[OutboxRequest]:
    return select(OutboxRequest).where(
        OutboxRequest.conversation_id == conversation_id, OutboxRequest.state == OutboxState.PENDING.value
    )


def next_event(session: Session, conversation_id: int, now: dt.datetime) -> InboxEvent | None:
    """The oldest unhandled event, unless it is waiting to be tried again: those after it wait as well."""
    event = session.scalar(
        select(InboxEvent)
        .where(InboxEvent.conversation_id == conversation_id, InboxEvent.handled_at.is_(None))
        .order_by(InboxEvent.timestamp, InboxEvent.webhook_event_id)
        .limit(1)
    )
    if event is None or (event.next_try_at is not None and event.next_try_at > now):
        return None
    return event


def waiting_conversations(session: Session, now: dt.datetime, older_than: dt.timedelta) -> list[int]:
    """Chats with something left undone by a dead process: unhandled or unsent, due, and nobody is at it."""
    cutoff = now - older_than
    unhandled = select(InboxEvent.conversation_id).where(
        InboxEvent.handled_at.is_(None),
        InboxEvent.received_at < cutoff,
        or_(InboxEvent.next_try_at.is_(None), InboxEvent.next_try_at <= now),
    )
    unsent = select(OutboxRequest.conversation_id).where(
        OutboxRequest.state == OutboxState.PENDING.value,
        OutboxRequest.conversation_id.is_not(None),
        OutboxRequest.created_at < cutoff,
        OutboxRequest.next_try_at <= now,
    )
    free = or_(Conversation.lease_until.is_(None), Conversation.lease_until < now)
    found = select(Conversation.id).where(free, or_(Conversation.id.in_(unhandled), Conversation.id.in_(unsent)))
    return list(session.scalars(found.order_by(Conversation.id).limit(500)))
