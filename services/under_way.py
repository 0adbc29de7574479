"""Between a request that an obligation guards and whoever settles that obligation: never first the one, then the other.

Whoever decides to send locks the obligation, sees that it is owed, and marks the request as under way until an
instant by which LINE has been called for certain. Whoever settles locks the obligation too and finds the mark: the
transaction is rolled back and taken anew a moment later. So nothing that an obligation guards leaves after it was
settled, and a mark that a dead process left is over by itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.chat import Delivery, OutboxRequest, OutboxState
from models.obligation import Obligation

START_WITHIN = dt.timedelta(seconds=3)
"""After the decision; a request whose turn has not come by then is decided anew."""
LONGEST_CALL = dt.timedelta(seconds=7)
"""Of LINE's gateway: two seconds to connect, five of silence."""
UNDER_WAY = START_WITHIN + LONGEST_CALL
LOOK_AGAIN = dt.timedelta(milliseconds=50)


class UnderWayError(Exception):
    """A request that the obligation guards may be leaving right now: roll back, wait a moment, take it anew."""


def lock(session: Session, obligation_ids: Iterable[int]) -> dict[int, str]:
    """The states of obligations, held until the transaction ends; in the order of their ids, against deadlocks."""
    ids = sorted(set(obligation_ids))
    if not ids:
        return {}
    found = session.execute(
        select(Obligation.id, Obligation.state).where(Obligation.id.in_(ids)).order_by(Obligation.id).with_for_update()
    )
    return {row.id: row.state for row in found}


def heed(session: Session, obligation_id: int, now: dt.datetime) -> None:
    """Before settling, with the obligation locked: raises UnderWayError while a request that it guards may leave.

    `now` is mechanical.
    """
    leaving = (
        select(OutboxRequest.id)
        .join(Delivery, Delivery.outbox_id == OutboxRequest.id)
        .where(
            OutboxRequest.state == OutboxState.PENDING.value,
            OutboxRequest.under_way_until > now,
            Delivery.obligation_id == obligation_id,
            Delivery.state == OutboxState.PENDING.value,
        )
    )
    if session.scalar(leaving.limit(1)) is not None:
        raise UnderWayError
