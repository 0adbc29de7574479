"""LINE's unsend: what a person takes back is removed, so that it cannot be seen or used (LINE: unsend event).

A log line without content stays. An answer that is still in a draft goes with its message; one that has been
submitted stands in the report's version and is handled by a change of the report.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.chat import InboxEvent, OutboxRequest, OutboxState
from models.media import Media, MediaState
from models.obligation import Draft
from models.work import Audit
from services.owed import owe
from services.ports import Clock


def withdraw(session: Session, event: InboxEvent, clock: Clock) -> None:
    """Remove what the unsent message held: text, the bubbles that repeated it, the photo, the answers it gave."""
    message_id = event.line_message_id
    if message_id is None:
        return
    source = session.scalar(
        select(InboxEvent).where(
            InboxEvent.line_message_id == message_id,
            InboxEvent.kind == "message",
            InboxEvent.conversation_id == event.conversation_id,
        )
    )
    if source is not None:
        source.payload = {"type": "message", "unsent": True, "replyToken": source.payload.get("replyToken")}
        session.execute(
            update(OutboxRequest)
            .where(OutboxRequest.inbox_event_id == source.id, OutboxRequest.state != OutboxState.PENDING.value)
            .values(messages=[])
        )
    _forget_photo(session, message_id, clock.real())
    _forget_answers(session, message_id, clock.now())
    session.add(Audit(at=clock.now(), person_id=None, action="unsent", subject=f"inbox_event {event.id}", detail={}))


def _forget_photo(session: Session, message_id: str, now: dt.datetime) -> None:
    media = session.scalar(select(Media).where(Media.line_message_id == message_id))
    if media is None:
        return
    media.state = MediaState.UNSENT.value
    media.household_id = media.obligation_id = None
    owe(session, "forget_media", media.id, now)


def _forget_answers(session: Session, message_id: str, now: dt.datetime) -> None:
    """Drafts are few and small: those of the last days are searched for the message."""
    recent = session.scalars(select(Draft).where(Draft.updated_at > now - dt.timedelta(days=2)))
    for draft in recent:
        kept = {
            name: answer
            for name, answer in draft.answers.items()
            if (answer.get("meta") or {}).get("message_id") != message_id
        }
        if len(kept) != len(draft.answers):
            draft.answers = kept
