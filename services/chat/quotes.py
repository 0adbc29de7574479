"""What each answer was about, so that a quote of it (LINE: quotedMessageId) can be taken as it is meant.

Kept with the outbox row whose bubbles LINE has given ids: names of boxes, of a question, of a house and its cases;
never a value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from bot.conversation.effects import SubmitReport
from bot.conversation.household_effects import BindPhoto, CoverSheet, MarkCase, NoteCase
from bot.conversation.report_facts import QuotedFacts
from bot.conversation.turn import Turn
from models.chat import Conversation, Delivery, InboxEvent, OutboxRequest
from models.people import LineAccount

NOTHING: Mapping[str, Any] = MappingProxyType({})
MOST = 1_000
"""Newest answers of a chat, and pushes to a person, that are looked through."""


def about(turn: Turn) -> dict[str, Any]:
    """What `turn` asks and tells: the report, the open question, the boxes that are read back or to be confirmed."""
    sent = next((effect.obligation_id for effect in turn.effects if isinstance(effect, SubmitReport)), None)
    if sent is not None:
        return {"o": sent}
    if turn.state.flow != "report":
        cases = [effect for effect in turn.effects if isinstance(effect, MarkCase | NoteCase)]
        if cases:
            keys = [effect.case for effect in cases]
            return {"case": {"v": cases[0].village_code, "no": cases[0].house, "c": list(dict.fromkeys(keys))}}
        photo = next((effect.message_id for effect in turn.effects if isinstance(effect, BindPhoto | CoverSheet)), None)
        return {"photo": photo} if photo is not None else {}
    data = turn.state.data
    boxes = [*turn.stored, *data.get("pending", ())]
    found = {"o": data.get("o"), "step": data.get("step"), "only": data.get("only"), "boxes": boxes}
    return {name: value for name, value in found.items() if value}


def quoted(session: Session, account: LineAccount, message_id: str) -> QuotedFacts | None:
    """What the message with LINE's id `message_id` was about, as far as this account can see it."""
    own = _answer_to(session, account, message_id)
    if own is not None:
        boxes = tuple(own.about.get("boxes", ()))
        return QuotedFacts(own.about["o"], boxes=boxes) if boxes and "o" in own.about else None
    row = next((row for row in _sent_to(session, account) if message_id in row.line_message_ids), None)
    if row is None or not (row.about.get("o") or row.obligation_id):
        return None
    told = row.about
    return QuotedFacts(
        told.get("o") or row.obligation_id, told.get("step", ""), told.get("only", ""), tuple(told.get("boxes", ()))
    )


def _answer_to(session: Session, account: LineAccount, message_id: str) -> OutboxRequest | None:
    """Our answer to a message of the person's own."""
    return session.scalar(
        select(OutboxRequest)
        .join(InboxEvent, InboxEvent.id == OutboxRequest.inbox_event_id)
        .join(Conversation, Conversation.id == InboxEvent.conversation_id)
        .where(InboxEvent.line_message_id == message_id, Conversation.account_id == account.id)
        .limit(1)
    )


def _sent_to(session: Session, account: LineAccount) -> Iterator[Row[Any]]:
    """What was sent in the person's chat, then what was pushed, newest first."""
    columns = select(OutboxRequest.line_message_ids, OutboxRequest.about, OutboxRequest.obligation_id)
    newest = columns.order_by(OutboxRequest.id.desc()).limit(MOST)
    chat = select(Conversation.id).where(Conversation.account_id == account.id).scalar_subquery()
    yield from session.execute(newest.where(OutboxRequest.conversation_id == chat))
    pushed = select(Delivery.outbox_id).where(Delivery.account_id == account.id)
    yield from session.execute(newest.where(OutboxRequest.id.in_(pushed)))
