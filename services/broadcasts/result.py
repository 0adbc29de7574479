"""What became of a broadcast: how many got it, how many did not, and why."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.conversation.broadcast_facts import Audience, BroadcastFacts, DeliveryFacts, NotSent
from models.area import AreaKind
from models.broadcast import Broadcast, BroadcastKind, BroadcastState
from models.campaign import Form
from models.chat import Delivery, OutboxRequest, OutboxState
from models.obligation import SETTLED, Obligation, Reminder
from models.people import Person
from services.people.people import Areas

_SETTLED = "settled"
_KNOWN = frozenset({"settled", "blocked", "quota", "refused", "stale"})


def broadcast_facts(session: Session, row: Broadcast, areas: Areas) -> BroadcastFacts:
    audience = Audience.from_json(row.audience)
    return BroadcastFacts(
        key=row.key,
        kind=row.kind,
        state=row.state,
        audience=audience,
        areas=areas.facts(audience.areas),
        words=row.words,
        created_at=row.created_at,
        send_at=row.send_at,
        confirmed_at=row.confirmed_at,
        by=session.get_one(Person, row.confirmed_by or row.created_by).name,
    )


def result(session: Session, row: Broadcast, areas: Areas) -> DeliveryFacts:
    """Of a broadcast that was confirmed; before a worker has written it, everybody waits."""
    counted = session.execute(
        select(Delivery.state, Delivery.problem, Delivery.obligation_id, func.count(Delivery.id))
        .join(OutboxRequest, OutboxRequest.id == Delivery.outbox_id)
        .where(OutboxRequest.broadcast_id == row.id)
        .group_by(Delivery.state, Delivery.problem, Delivery.obligation_id)
        .order_by(Delivery.obligation_id)
    ).all()
    sent = sum(count for state, _why, _obligation, count in counted if state == OutboxState.SENT)
    waiting = sum(count for state, _why, _obligation, count in counted if state == OutboxState.PENDING)
    if row.state == BroadcastState.SCHEDULED:
        waiting = row.cost
    refused: Counter[tuple[str, int | None]] = Counter()
    for state, why, obligation_id, count in counted:
        if state not in {OutboxState.SENT, OutboxState.PENDING}:
            reason = why if why in _KNOWN else "other"
            refused[(reason, obligation_id if reason == _SETTLED else None)] += count
    not_sent = [_not_sent(session, why, people, obligation, areas) for (why, obligation), people in refused.items()]
    dropped = _dropped(session, row)
    not_sent += [NotSent("quota", dropped)] if dropped else []
    decided = row.state == BroadcastState.SENT
    just = _reported_before(session, row, areas) if decided and row.kind == BroadcastKind.REMINDER else []
    return DeliveryFacts(broadcast_facts(session, row, areas), sent, waiting, (*just, *not_sent))


def _dropped(session: Session, row: Broadcast) -> int:
    """People for whom the month's messages were too few when it was written."""
    found = select(func.count(Reminder.id)).where(Reminder.entry == f"asked:{row.id}", Reminder.dropped != "")
    return session.scalar(found) or 0


def _not_sent(session: Session, why: str, people: int, obligation_id: int | None, areas: Areas) -> NotSent:
    obligation = session.get(Obligation, obligation_id) if obligation_id is not None else None
    if obligation is None:
        return NotSent(why, people)
    return NotSent(why, people, areas[obligation.area_code], obligation.submitted_at)


def _reported_before(session: Session, row: Broadcast, areas: Areas) -> list[NotSent]:
    """Districts of the preview that reported before a worker wrote the requests: nobody there was to be written to."""
    written = select(Delivery.obligation_id).join(OutboxRequest, OutboxRequest.id == Delivery.outbox_id)
    found = session.scalars(
        select(Obligation)
        .join(Form, Form.id == Obligation.form_id)
        .where(
            Obligation.round_id == row.round_id,
            Form.unit == AreaKind.DISTRICT.value,
            Obligation.area_code.in_(list(row.audience.get("areas", ()))),
            Obligation.state.in_([state.value for state in SETTLED]),
            Obligation.submitted_at >= row.created_at,
            Obligation.submitted_at <= (row.sent_at or row.created_at),
            Obligation.id.not_in(
                written.where(OutboxRequest.broadcast_id == row.id, Delivery.obligation_id.is_not(None))
            ),
        )
        .order_by(Obligation.area_code)
    )
    return [NotSent(_SETTLED, 0, areas[item.area_code], item.submitted_at) for item in found]
