"""LINE's unsend: what a person takes back is removed, so that it cannot be seen or used (LINE: unsend event).

A log line without content stays. An answer that is still in a draft goes with its message; one that has been
submitted stands in the report's version and is handled by a change of the report.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import String, cast, or_, select, update
from sqlalchemy.orm import Session

from bot.conversation.household.run import OF_HOUSES, forgotten
from bot.conversation.report.answering.waiting import WAITING
from bot.conversation.state import IDLE, State
from bot.forms.explained import standing, without_message
from bot.forms.values import forget, from_json
from models.chat import Conversation, InboxEvent, OutboxRequest, OutboxState
from models.media import Media, MediaState
from models.obligation import Draft
from models.work import Audit
from services.owed import owe
from services.ports import Clock
from services.reports import reports
from services.reports.approvals import withdraw as withdraw_request
from services.reports.forms import FormCache

_WAITING = frozenset({*WAITING, "rest"})


def heed(session: Session, event: InboxEvent, forms: FormCache, clock: Clock) -> None:
    """Before a turn: carry an unsend out, or see that the message itself has been taken back before its turn came."""
    if event.kind == "unsend":
        withdraw(session, event, forms, clock)
    elif event.kind == "message" and _taken_back(session, event):
        _blot_out(event)


def _taken_back(session: Session, event: InboxEvent) -> bool:
    """Events may come out of order, and a message may wait while a process is away."""
    found = select(InboxEvent.id).where(
        InboxEvent.line_message_id == event.line_message_id,
        InboxEvent.kind == "unsend",
        InboxEvent.conversation_id == event.conversation_id,
    )
    return event.line_message_id is not None and session.scalar(found.limit(1)) is not None


def _blot_out(source: InboxEvent) -> None:
    source.payload = {"type": "message", "unsent": True, "replyToken": source.payload.get("replyToken")}


def withdraw(session: Session, event: InboxEvent, forms: FormCache, clock: Clock) -> None:
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
    if source is None:
        return  # it has yet to arrive, and will be blotted out then
    _blot_out(source)
    _forget_replies(session, source)
    _forget_state(session.get_one(Conversation, event.conversation_id), message_id)
    _forget_photo(session, message_id, clock.real())
    _forget_answers(session, message_id, forms, clock.now())
    session.add(Audit(at=clock.now(), person_id=None, action="unsent", subject=f"inbox_event {event.id}", detail={}))


def _forget_replies(session: Session, source: InboxEvent) -> None:
    """The bubbles that answered it, and every later one of the chat: a review card repeats what was said before."""
    session.execute(
        update(OutboxRequest)
        .where(
            OutboxRequest.conversation_id == source.conversation_id,
            OutboxRequest.created_at >= source.received_at,
            OutboxRequest.state != OutboxState.PENDING.value,
        )
        .values(messages=[])
    )


def _forget_state(chat: Conversation, message_id: str) -> None:
    """What waits for a yes, what somebody who is joining has said of themselves, one place of a line of places."""
    state = State.from_json(chat.state)
    if state.flow.startswith("join_"):
        chat.state = IDLE.to_json()
    elif not state.data.keys().isdisjoint(OF_HOUSES):
        chat.state = State(state.flow, forgotten(state.data, message_id), state.unclear).to_json()
    elif (_WAITING | {"points"}) & state.data.keys():
        kept = {name: value for name, value in state.data.items() if name not in _WAITING}
        if "points" in kept:
            kept["points"] = [point for point in kept["points"] if point[0] != message_id]
        chat.state = State(state.flow, kept, state.unclear).to_json()


def _forget_photo(session: Session, message_id: str, now: dt.datetime) -> None:
    media = session.scalar(select(Media).where(Media.line_message_id == message_id))
    if media is None:
        return
    media.state = MediaState.UNSENT.value
    media.household_id = media.obligation_id = None
    owe(session, "forget_media", media.id, now)


def _came_in(meta: Mapping[str, Any], message_id: str) -> bool:
    """Whether an answer, or a part of one that was gathered from several messages, came in this one."""
    return meta.get("message_id") == message_id or message_id in meta.get("message_ids", ())


def _forget_answers(session: Session, message_id: str, forms: FormCache, now: dt.datetime) -> None:
    """Drafts are few and small: each that names the message is read. Raises ReportChangedError, see reports."""
    columns = (Draft.answers, Draft.explained)
    named = select(Draft).where(or_(*(cast(item, String).contains(message_id, autoescape=True) for item in columns)))
    for draft in session.scalars(named.execution_options(populate_existing=True)):
        values = from_json(forms.get(session, draft.form_version_id), draft.answers)
        left = forget(values, lambda answer: _came_in(answer.meta, message_id))
        kept, reasons = left.to_json(), standing(without_message(draft.explained, message_id), left)
        if kept["answers"] != draft.answers["answers"] or reasons.keys() != draft.explained.keys():
            withdraw_request(session, draft.obligation_id, None, now)
            reports.replace_answers(session, draft, kept, reasons)
