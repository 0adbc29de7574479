"""The outbox: what is to be sent, each row one request to LINE, frozen before the first try."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from http import HTTPStatus
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from models.chat import Delivery, OutboxRequest, OutboxState
from services import owed
from services.ports import SendOutcome, SendResult

log = logging.getLogger(__name__)

MAX_CHAT_PUSHES = 8
"""Tries of a pushed answer; then it rides on the next reply, and the chat goes on after half a minute."""
LONGEST_CHAT_PAUSE = dt.timedelta(seconds=5)
LONGEST_PAUSE = dt.timedelta(minutes=10)
KEY_GOOD = dt.timedelta(hours=20)
"""A retry key is good for 24 hours (LINE: retrying an API request); later, the same key sends a second message."""
_KEY_REFUSED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
"""Our access token is wrong or was replaced: nothing was sent, and somebody will mend it."""


def queue_push(
    session: Session,
    channel_id: int,
    account_ids: list[int],
    messages: list[dict[str, Any]],
    now: dt.datetime,
    *,
    obligation_id: int | None = None,
    conversation_id: int | None = None,
) -> OutboxRequest:
    """Write a push (one recipient) or multicast (several, 500 at most) with its retry key; `now` is mechanical.

    With `conversation_id` it is an answer: sent in the chat's order, and carried to the next reply if it has to be.
    """
    row = OutboxRequest(
        channel_id=channel_id,
        conversation_id=conversation_id,
        kind="push" if len(account_ids) == 1 else "multicast",
        messages=messages,
        retry_key=str(uuid.uuid4()),
        obligation_id=obligation_id,
        state=OutboxState.PENDING.value,
        attempts=0,
        next_try_at=now,
        created_at=now,
        line_message_ids=[],
    )
    session.add(row)
    session.flush()
    if conversation_id is None:
        owed.promise(session, "send_outbox", row.id)
    session.add_all(Delivery(outbox_id=row.id, account_id=account_id) for account_id in account_ids)
    return row


def pending(session: Session, row_id: int) -> OutboxRequest | None:
    """The row as it stands now, held until the transaction ends; None when it has been dealt with already."""
    return session.scalar(
        select(OutboxRequest)
        .where(OutboxRequest.id == row_id, OutboxRequest.state == OutboxState.PENDING.value)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def close(session: Session, row: OutboxRequest, state: OutboxState, problem: str = "") -> None:
    """Deal with a pending row for good; what became of each recipient before stays."""
    row.state, row.problem = state.value, problem
    session.execute(update(Delivery).where(*_undecided(row)).values(state=state.value))


def _undecided(row: OutboxRequest) -> tuple[ColumnElement[bool], ...]:
    return Delivery.outbox_id == row.id, Delivery.state == OutboxState.PENDING.value


def record(session: Session, row: OutboxRequest, result: SendResult, now: dt.datetime) -> bool:
    """Write down what LINE said about a pending row. False when it is to be tried again later."""
    if _certainly_not_sent(result) and row.kind == "reply":
        # a 400 at the next try then means an old token, not that an earlier try had arrived
        row.attempts -= 1
    if _may_work_later(result) and _worth_trying(row, now):
        row.next_try_at, row.problem = now + _pause(row), result.problem
        return False
    state = _final_state(row, result)
    if state is OutboxState.SENT:
        row.sent_at = now
    else:
        log.warning("outbox %s ended %s: status %s request %s", row.id, state, result.status, result.request_id)
    row.line_request_id, row.line_message_ids = result.request_id, list(result.message_ids)
    close(session, row, state, result.problem)
    return True


def _certainly_not_sent(result: SendResult) -> bool:
    return result.outcome is SendOutcome.RATE_LIMITED or result.status in _KEY_REFUSED


def _may_work_later(result: SendResult) -> bool:
    return result.outcome is SendOutcome.UNCLEAR or _certainly_not_sent(result)


def _worth_trying(row: OutboxRequest, now: dt.datetime) -> bool:
    if row.kind == "reply":
        return True  # until its token is old; then Sender pushes it instead
    if row.conversation_id is not None:
        return row.attempts < MAX_CHAT_PUSHES
    return now - row.created_at < KEY_GOOD


def _pause(row: OutboxRequest) -> dt.timedelta:
    longest = LONGEST_PAUSE if row.conversation_id is None else LONGEST_CHAT_PAUSE
    return min(dt.timedelta(seconds=2 ** min(max(row.attempts - 1, 0), 16)), longest)


def _final_state(row: OutboxRequest, result: SendResult) -> OutboxState:
    if result.outcome is SendOutcome.SENT:
        return OutboxState.SENT
    our_words_are_wrong = result.outcome is SendOutcome.REFUSED and not _certainly_not_sent(result)
    carry = row.conversation_id is not None and not our_words_are_wrong
    return OutboxState.CARRIED if carry else OutboxState.FAILED
