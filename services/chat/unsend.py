"""LINE's unsend: what a person takes back is removed, so that it cannot be seen or used (LINE: unsend event).

A log line without content stays. An answer that is still in a draft goes with its message; one that has been
submitted stands in the report's version; its district is told (services.chat.unsent_answers).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import String, cast, or_, select, update
from sqlalchemy.orm import Session

from bot.conversation.household import case_talk
from bot.conversation.household.case_talk import OF_CASES
from bot.conversation.household.run import ASKED, OF_HOUSES, forgotten
from bot.conversation.report.answering.waiting import WAITING
from bot.conversation.state import IDLE, State
from bot.forms.explained import standing, without_message
from bot.forms.values import forget, from_json
from models.chat import Conversation, InboxEvent, Notice, OutboxRequest, OutboxState
from models.media import Media, MediaState
from models.obligation import Draft
from models.people import LineAccount
from models.upsert import insert_or_ignore
from models.work import Audit
from services.calendar import BANGKOK
from services.chat import unsent_answers
from services.evidence.cases import forget_words
from services.evidence.certificates.amending import note_unsent
from services.evidence.house_photos import forget_what_it_shows
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
    _forget_photo(session, message_id, clock)
    _forget_houses(session, session.get_one(Conversation, event.conversation_id), message_id, clock)
    forget_words(session, message_id)
    _forget_answers(session, message_id, forms, clock.now())
    unsent_answers.tell(session, message_id, forms, clock, _came_in)
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
    chat.state = _without_message(State.from_json(chat.state), message_id).to_json()


def _without_message(state: State, message_id: str) -> State:
    if state.flow == "menu" and "under" in state.data:
        under = _without_message(State.from_json(state.data["under"]), message_id)
        return state.with_data(under=under.to_json())
    if state.flow.startswith("join_"):
        return IDLE
    if not state.data.keys().isdisjoint(OF_HOUSES | OF_CASES):
        return replace(state, data=case_talk.forgotten(forgotten(state.data, message_id), message_id))
    kept = {name: value for name, value in state.data.items() if name not in _WAITING}
    if "points" in kept:
        kept["points"] = [point for point in kept["points"] if point[0] != message_id]
    return replace(state, data=kept)


def _forget_photo(session: Session, message_id: str, clock: Clock) -> None:
    media = session.scalar(select(Media).where(Media.line_message_id == message_id))
    if media is None:
        return
    if media.household_id is not None or media.sheet:
        note_unsent(session, media.village_code, clock.now())
    forget_what_it_shows(session, media, clock)
    media.state, media.obligation_id = MediaState.UNSENT.value, None
    owe(session, "forget_media", media.id, clock.real())


def _forget_houses(session: Session, chat: Conversation, message_id: str, clock: Clock) -> None:
    """A number that named the house of a photo, or those of a sheet: not known any more, and asked about again."""
    named = session.scalars(select(Media).where(Media.said_in == message_id).order_by(Media.sent_at, Media.id)).all()
    account = session.get(LineAccount, chat.account_id)
    if not named or account is None or account.person_id is None:
        return
    for village in {media.village_code for media in named}:
        note_unsent(session, village, clock.now())
    signatures = sum(forget_what_it_shows(session, media, clock) for media in named)
    state = State.from_json(chat.state)
    if state.flow == IDLE.flow:
        chat.state = state.with_data(**{ASKED: named[0].line_message_id}).to_json()
    sent_at = named[0].sent_at.astimezone(BANGKOK).strftime("%H.%M")
    notice = {
        "person_id": account.person_id,
        "key": "notice.sheet_houses_withdrawn" if signatures else "notice.house_withdrawn",
        "values": {"time": sent_at, "n": signatures or len(named)},
        "subject": f"houses of media {named[0].id} {clock.now().isoformat()}",
        "created_at": clock.now(),
    }
    insert_or_ignore(session, Notice, notice)


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
