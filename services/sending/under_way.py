"""Between a request that an obligation guards and whoever settles that obligation: never first the one, then the other.

Whoever decides to send locks the obligation, sees that it is owed, and marks the request as under way until an
instant by which LINE has been called for certain. Whoever settles (services.ledger.ledger) locks the obligation too and
finds the mark: the transaction is rolled back and taken anew a moment later. So nothing that an obligation guards goes
out after it was settled. A mark that a dead process left is over at its instant; whoever waits then takes it away.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.base import Sessions
from models.chat import Delivery, OutboxRequest, OutboxState
from models.obligation import Obligation
from services.ports import Clock

START_WITHIN = dt.timedelta(seconds=3)
"""After the decision; a request whose turn has not come by then is decided anew."""
LONGEST_CALL = dt.timedelta(seconds=7)
"""Of LINE's gateway: two seconds to connect, five of silence."""
UNDER_WAY = START_WITHIN + LONGEST_CALL
LOOK_AGAIN = 0.05
"""Seconds; LINE usually answers in less than two of these."""


class UnderWayError(Exception):
    """A request that the obligation guards may be leaving right now: roll back, wait a moment, take it anew."""

    def __init__(self, row_id: int) -> None:
        super().__init__(f"outbox {row_id} is under way")
        self.row_id = row_id


def lock(session: Session, obligation_ids: Iterable[int]) -> dict[int, str]:
    """The states of obligations, held until the transaction ends; in the order of their ids, against deadlocks."""
    ids = sorted(set(obligation_ids))
    if not ids:
        return {}
    found = session.execute(
        select(Obligation.id, Obligation.state).where(Obligation.id.in_(ids)).order_by(Obligation.id).with_for_update()
    )
    return {row.id: row.state for row in found}


def heed(session: Session, obligation_id: int) -> None:
    """Before settling, with the obligation locked: raises UnderWayError while a request that it guards may leave."""
    leaving = (
        select(OutboxRequest.id)
        .join(Delivery, Delivery.outbox_id == OutboxRequest.id)
        .where(
            OutboxRequest.state == OutboxState.PENDING.value,
            OutboxRequest.under_way_until.is_not(None),
            Delivery.obligation_id == obligation_id,
            Delivery.state == OutboxState.PENDING.value,
        )
    )
    row_id = session.scalar(leaving.limit(1))
    if row_id is not None:
        raise UnderWayError(row_id)


@dataclass(frozen=True)
class Patience:
    """Waits, outside any transaction, until what was under way has left or is over."""

    sessions: Sessions
    clock: Clock
    pause: Callable[[float], None] = time.sleep

    def wait(self, error: UnderWayError) -> None:
        """A moment; at the end of the mark's time it is taken away, so that nobody waits for a dead process."""
        now = self.clock.real()
        with self.sessions() as session:
            until = session.scalar(select(OutboxRequest.under_way_until).where(OutboxRequest.id == error.row_id))
        if until is None:
            return
        if now < until:
            self.pause(LOOK_AGAIN)
            return
        with self.sessions() as session, session.begin():
            session.execute(
                update(OutboxRequest)
                .where(OutboxRequest.id == error.row_id, OutboxRequest.under_way_until <= now)
                .values(under_way_until=None)
            )
