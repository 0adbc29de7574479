"""Answers that came too late to be sent ride on top of the next reply, as many as LINE takes at once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.messages.actions import RenderError
from bot.messages.fit import fit
from models.chat import OutboxRequest, OutboxState

Messages = list[dict[str, Any]]


def with_carried(session: Session, conversation_id: int | None, messages: Messages) -> Messages:
    """`messages` (what is said now) with the chat's carried answers before them, oldest first; the rest waits on."""
    rows = session.scalars(
        select(OutboxRequest)
        .where(OutboxRequest.conversation_id == conversation_id, OutboxRequest.state == OutboxState.CARRIED.value)
        .order_by(OutboxRequest.id)
    )
    earlier: Messages = []
    for row in rows:
        taken = _taken(earlier, row.messages, messages)
        earlier += [_without_quick_reply(message) for message in row.messages[:taken]]
        if taken < len(row.messages):
            row.messages = row.messages[taken:]
            break
        row.state = OutboxState.DELIVERED_LATER.value
    return _together(earlier, messages)


def _taken(earlier: Messages, candidates: Messages, messages: Messages) -> int:
    """How many of `candidates` still fit between what is carried already and what is said now."""
    for count in range(len(candidates), 0, -1):
        try:
            _together(earlier + candidates[:count], messages)
        except RenderError:
            continue
        return count
    return 0


def _together(earlier: Messages, messages: Messages) -> Messages:
    """Merged into at most five. Quick replies stay on the last message, the only one whose LINE shows."""
    if not earlier:
        return messages
    fitted = fit([*earlier, *messages])
    quick = messages[-1].get("quickReply")
    return [*fitted[:-1], {**fitted[-1], "quickReply": quick}] if quick else fitted


def _without_quick_reply(message: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in message.items() if key != "quickReply"}
