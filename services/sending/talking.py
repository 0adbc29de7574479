"""Who is in the middle of something: a reminder waits for what has already reached us.

The wait is bounded by what it looks at: a message that is older than twenty seconds is no reason any more, and a
chat's lease runs out by itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from models.chat import Conversation, InboxEvent
from models.obligation import Obligation
from models.people import LineAccount, Membership

LONGEST_WAIT = dt.timedelta(seconds=20)


def talking(session: Session, obligation_ids: Collection[int], now: dt.datetime) -> frozenset[int]:
    """Those of the obligations whose area's people have an unanswered message, or are being answered.

    `now` is mechanical.
    """
    if not obligation_ids:
        return frozenset()
    unanswered = exists().where(
        InboxEvent.conversation_id == Conversation.id,
        InboxEvent.handled_at.is_(None),
        InboxEvent.received_at > now - LONGEST_WAIT,
    )
    found = session.scalars(
        select(Obligation.id)
        .join(Membership, Membership.area_code == Obligation.area_code)
        .join(LineAccount, LineAccount.person_id == Membership.person_id)
        .join(Conversation, Conversation.account_id == LineAccount.id)
        .where(
            Obligation.id.in_(list(obligation_ids)),
            Membership.ended_at.is_(None),
            or_(Conversation.lease_until > now, unanswered),
        )
        .distinct()
    )
    return frozenset(found)
