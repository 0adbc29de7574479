"""What became of an outbox row: LINE's answers written down, and what is tried again and when."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.chat import Delivery, OutboxRequest, OutboxState
from services.ports import SendOutcome, SendResult

log = logging.getLogger(__name__)

MAX_CHAT_PUSHES = 8
"""Tries of a pushed answer; then it rides on the next reply, and the chat goes on after half a minute."""
LONGEST_CHAT_PAUSE = dt.timedelta(seconds=5)
LONGEST_PAUSE = dt.timedelta(minutes=10)
KEY_GOOD = dt.timedelta(hours=20)
"""A retry key is good for 24 hours (LINE: retrying an API request); later, the same key sends a second message."""
QUOTA = "quota"
"""A delivery's problem: the month's messages were gone."""
_KEY_REFUSED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
"""Our access token is wrong or was replaced: nothing was sent, and somebody will mend it."""


def pending(session: Session, row_id: int) -> OutboxRequest | None:
    """The row as it stands now, held until the transaction ends; None when it has been dealt with already."""
    return next(iter(all_pending(session, [row_id])), None)


def all_pending(session: Session, row_ids: Iterable[int]) -> Sequence[OutboxRequest]:
    """Those of the rows that stand unsent now, held until the transaction ends, in the order of their ids."""
    found = session.scalars(
        select(OutboxRequest)
        .where(OutboxRequest.id.in_(list(row_ids)), OutboxRequest.state == OutboxState.PENDING.value)
        .order_by(OutboxRequest.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.all()


def close(session: Session, row: OutboxRequest, state: OutboxState, problem: str = "", *, why: str = "") -> None:
    """Deal with a pending row for good; what became of each recipient before stays, the others get `why`."""
    closing = Closing()
    closing.add(row, state, problem, why=why)
    closing.write(session)


@dataclass
class Closing:
    """Rows that are dealt with for good; their recipients are written together, one statement for each fate."""

    fates: dict[tuple[OutboxState, str], list[int]] = field(default_factory=dict)

    def add(self, row: OutboxRequest, state: OutboxState, problem: str = "", *, why: str = "") -> None:
        row.state, row.problem, row.under_way_until = state.value, problem, None
        self.fates.setdefault((state, why), []).append(row.id)

    def write(self, session: Session) -> None:
        for (state, why), row_ids in self.fates.items():
            session.execute(
                update(Delivery)
                .where(Delivery.outbox_id.in_(row_ids), Delivery.state == OutboxState.PENDING.value)
                .values(state=state.value, problem=why)
                .execution_options(synchronize_session=False)
            )
        self.fates.clear()


def record(session: Session, row: OutboxRequest, result: SendResult, now: dt.datetime) -> bool:
    """Write down what LINE said about a pending row. False when it is to be tried again later."""
    closing = Closing()
    done = note(closing, row, result, now)
    closing.write(session)
    return done


def note(
    closing: Closing, row: OutboxRequest, result: SendResult, now: dt.datetime, *, frozen_before: bool = True
) -> bool:
    """As `record`; whoever calls it writes `closing`.

    `frozen_before`: an earlier try of a push may have arrived, so that its recipients stay as they are.
    """
    row.under_way_until = None
    if _certainly_not_sent(result):
        _undo_try(row, result, frozen_before=frozen_before)
    if _may_work_later(result) and _worth_trying(row, now):
        row.next_try_at, row.problem = now + _pause(row), result.problem
        return False
    state = _final_state(row, result)
    if state is OutboxState.SENT:
        row.sent_at = now
    else:
        log.warning("outbox %s ended %s: status %s request %s", row.id, state, result.status, result.request_id)
    row.line_request_id, row.line_message_ids = result.request_id, list(result.message_ids)
    closing.add(row, state, result.problem, why=_why(result))
    return True


def _undo_try(row: OutboxRequest, result: SendResult, *, frozen_before: bool) -> None:
    row.frozen = frozen_before
    if row.kind == "reply" or (result.outcome is SendOutcome.RATE_LIMITED and row.conversation_id is None):
        # of a reply: a 400 at the next try then means an old token, not that an earlier try had arrived
        row.attempts -= 1


def _why(result: SendResult) -> str:
    if result.outcome is SendOutcome.SENT:
        return ""
    return QUOTA if result.outcome is SendOutcome.QUOTA_GONE else "refused"


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
    carry = row.conversation_id is not None and not is_wrong(result)
    return OutboxState.CARRIED if carry else OutboxState.FAILED


def is_wrong(result: SendResult) -> bool:
    """LINE will never take these words: something in them is against its rules."""
    return result.outcome is SendOutcome.REFUSED and not _certainly_not_sent(result)
