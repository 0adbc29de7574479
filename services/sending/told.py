"""What became of words that were sent unasked, in the office's terms: of a person's last ones, of everybody's in one.

LINE tells a sender neither who has blocked it nor who never became a friend: both are one fate here.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from bot.messages.bubbles import Text
from models.broadcast import Broadcast
from models.campaign import Campaign, Round
from models.chat import Delivery, Notice, OutboxRequest, OutboxState
from models.obligation import Obligation, Reminder
from models.people import LineAccount, Person
from services.ledger.rounds import called

LAST = 10
SENT, WAITING, UNCLEAR, LATER, OTHER = "sent", "waiting", "unclear", "later", "other"
_WHY = frozenset({"settled", "blocked", "quota", "refused", "stale"})
_LATER = frozenset({OutboxState.CARRIED.value, OutboxState.DELIVERED_LATER.value})


@dataclass(frozen=True, slots=True)
class Told:
    """One word to one person."""

    at: dt.datetime
    """Civil time of deciding on it, where that is known."""
    purpose: str
    """As OutboxRequest.purpose; empty for what somebody's own doing has brought about."""
    round: int | Text | None
    """What the round of a reminder is called."""
    words: str
    """Of an announcement."""
    fate: str
    """sent, waiting, unclear (tried, no answer yet), later (with the next answer), blocked, settled, quota, refused,
    stale or other."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody whom a broadcast was for."""

    person_id: int | None
    name: str
    area_code: str
    """Of the district whose reminder it is; empty for an announcement."""
    fate: str


def fate_of(delivery: Delivery, request: OutboxRequest) -> str:
    """One of the fates of Told."""
    if delivery.state == OutboxState.SENT:
        return SENT
    if delivery.state == OutboxState.PENDING:
        return UNCLEAR if request.frozen and request.problem else WAITING
    if delivery.state in _LATER:
        return LATER
    return delivery.problem if delivery.problem in _WHY else OTHER


def last_told(session: Session, person_id: int, locale: str, most: int = LAST) -> tuple[Told, ...]:
    """What was sent to a person unasked, or was left out for the quota; the newest first."""
    accounts = select(LineAccount.id).where(LineAccount.person_id == person_id)
    pushed = session.execute(
        select(Delivery, OutboxRequest, Broadcast)
        .join(OutboxRequest, OutboxRequest.id == Delivery.outbox_id)
        .outerjoin(Broadcast, Broadcast.id == OutboxRequest.broadcast_id)
        .where(Delivery.account_id.in_(accounts))
        .order_by(Delivery.id.desc())
        .limit(most)
    )
    found = [_told(session, *row, locale) for row in pushed]
    dropped = session.scalars(
        select(Reminder)
        .where(Reminder.account_id.in_(accounts), Reminder.dropped != "", Reminder.outbox_id.is_(None))
        .order_by(Reminder.id.desc())
        .limit(most)
    )
    found += [
        Told(item.created_at, _purpose(item), _round(session, item, locale), "", item.dropped) for item in dropped
    ]
    return tuple(sorted(found, key=lambda told: told.at, reverse=True)[:most])


def _told(
    session: Session, delivery: Delivery, request: OutboxRequest, broadcast: Broadcast | None, locale: str
) -> Told:
    reminder = session.scalar(
        select(Reminder).where(Reminder.outbox_id == request.id, Reminder.account_id == delivery.account_id).limit(1)
    )
    fate = fate_of(delivery, request)
    if reminder is not None:
        return Told(reminder.created_at, request.purpose, _round(session, reminder, locale), "", fate)
    if broadcast is not None:
        return Told(broadcast.sent_at or request.created_at, request.purpose, None, broadcast.words, fate)
    return Told(request.created_at, request.purpose, None, "", fate)


def _purpose(reminder: Reminder) -> str:
    return f"reminder:{reminder.entry.partition(':')[0]}"


def _round(session: Session, reminder: Reminder, locale: str) -> int | Text:
    rnd = session.get_one(Round, reminder.round_id)
    return called(session.get_one(Campaign, rnd.campaign_id), rnd, locale)


def waiting_notices(session: Session, person_id: int) -> int:
    """Sentences that a person is told, for free, as soon as they write."""
    waiting = Notice.person_id == person_id, Notice.shown_at.is_(None)
    return session.scalar(select(func.count()).select_from(Notice).where(*waiting)) or 0


def receivers(session: Session, broadcast: Broadcast) -> tuple[Receiver, ...]:
    """Everybody for whom it was written, those who did not get it first; nobody before a worker has written it."""
    rows = session.execute(_written(broadcast))
    found = [
        Receiver(who.person_id, name or who.display_name, area or "", fate_of(delivery, request))
        for delivery, request, who, name, area in rows
    ]
    left_out = session.execute(
        select(LineAccount, Person.name, Obligation.area_code)
        .join(Reminder, Reminder.account_id == LineAccount.id)
        .outerjoin(Person, Person.id == LineAccount.person_id)
        .outerjoin(Obligation, Obligation.id == Reminder.obligation_id)
        .where(Reminder.entry == f"asked:{broadcast.id}", Reminder.dropped != "")
    )
    found += [Receiver(who.person_id, name or who.display_name, area or "", "quota") for who, name, area in left_out]
    return tuple(sorted(found, key=lambda each: (each.fate == SENT, each.area_code, each.name)))


def _written(broadcast: Broadcast) -> Select[Delivery, OutboxRequest, LineAccount, str, str]:
    return (
        select(Delivery, OutboxRequest, LineAccount, Person.name, Obligation.area_code)
        .join(OutboxRequest, OutboxRequest.id == Delivery.outbox_id)
        .join(LineAccount, LineAccount.id == Delivery.account_id)
        .outerjoin(Person, Person.id == LineAccount.person_id)
        .outerjoin(Obligation, Obligation.id == Delivery.obligation_id)
        .where(OutboxRequest.broadcast_id == broadcast.id)
    )
