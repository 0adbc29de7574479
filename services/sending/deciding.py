"""The last look before anything is sent: which of the due rows go out now, and to whom.

One transaction for all of them. It locks the rows, then what guards them, in the order of their ids; whatever is no
longer true is withdrawn, each recipient by itself, and what goes out is frozen: its retry key stands for one body.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.chat import Delivery, OutboxRequest, OutboxState
from models.obligation import SETTLED, Reminder
from models.people import LineAccount
from services.calendar import day_of
from services.ports import Clock
from services.quota import reading as quota_reading
from services.quota.gone import quota_gone
from services.reminders.hold import held
from services.sending import rates, under_way
from services.sending.results import KEY_GOOD, QUOTA, Closing, all_pending
from services.sending.talking import talking

SENDING = dt.timedelta(seconds=40)
"""Longer than a request can take from the decision on, the question about the quota included: meanwhile nobody else
sends it."""
WAIT_FOR_PEOPLE = dt.timedelta(seconds=1)
WAIT_FOR_MORNING = dt.timedelta(minutes=1)
"""Between two looks whether the quiet hours are over: a simulated clock may jump."""
SETTLED_WHY, BLOCKED, STALE = "settled", "blocked", "stale"


@dataclass(frozen=True, slots=True)
class Ready:
    """A request that is to be sent now, by whoever decided so."""

    row: OutboxRequest
    to: tuple[str, ...]
    """LINE user ids."""
    frozen_before: bool
    decided_at: dt.datetime


@dataclass(frozen=True)
class _Recipient:
    delivery: Delivery
    line_user_id: str
    following: bool


@dataclass
class _Look:
    """What is true now of a batch of rows."""

    session: Session
    now: dt.datetime
    """Mechanical time."""
    rows: Sequence[OutboxRequest]
    recipients: Mapping[int, list[_Recipient]]
    stale: frozenset[int]
    quiet: frozenset[int] = frozenset()
    """Reminders for which it is a quiet hour or a day off."""
    states: Mapping[int, str] = field(default_factory=dict)
    """Of the obligations that guard anybody, locked."""
    talking: frozenset[int] = frozenset()
    """Obligations whose people are in the middle of something."""
    gone: frozenset[int] = frozenset()
    """Channels whose quota is gone."""
    closing: Closing = field(default_factory=Closing)
    missed: dict[int, int] = field(default_factory=dict)
    """By channel: how many people get nothing because the quota is gone."""

    def guards(self, row: OutboxRequest) -> set[int]:
        found = {each.delivery.obligation_id for each in self.recipients.get(row.id, ())}
        return {guard for guard in found if guard is not None}

    def settled(self, recipient: _Recipient) -> bool:
        guard = recipient.delivery.obligation_id
        return guard is not None and self.states.get(guard) in SETTLED


def decide(session: Session, row_ids: Iterable[int], clock: Clock) -> list[Ready]:
    """What of these rows is to be sent now; the others are closed, or wait. The caller's transaction commits it."""
    look = _look(session, [row for row in all_pending(session, row_ids) if _due(row, clock)], clock)
    wanted = [row for row in look.rows if _still_wanted(look, row)]
    look.closing.write(session)
    due = rates.let_through(session, [row for row in wanted if not _waits(look, row)], look.now)
    for channel_id, missed in look.missed.items():
        quota_gone(session, channel_id, missed, clock.now())
    return [_freeze(look, row) for row in due]


def _due(row: OutboxRequest, clock: Clock) -> bool:
    """Not while somebody else is sending it. An answer is guarded by its chat's lease."""
    return row.conversation_id is not None or row.next_try_at <= clock.real()


def _look(session: Session, rows: Sequence[OutboxRequest], clock: Clock) -> _Look:
    recipients = _recipients(session, rows)
    look = _Look(session, clock.real(), rows, recipients, _stale(session, rows, clock))
    look.states = under_way.lock(session, (guard for row in rows for guard in look.guards(row)))
    channels = {row.channel_id for row in rows}
    look.gone = frozenset(each for each in channels if quota_reading.is_gone(session, each, look.now))
    look.quiet = held(session, [row.id for row in rows if row.conversation_id is None], clock.now())
    look.talking = talking(session, look.states, look.now)
    return look


def _recipients(session: Session, rows: Sequence[OutboxRequest]) -> dict[int, list[_Recipient]]:
    found = session.execute(
        select(Delivery, LineAccount.line_user_id, LineAccount.following)
        .join(LineAccount, LineAccount.id == Delivery.account_id)
        .where(Delivery.outbox_id.in_([row.id for row in rows]), Delivery.state == OutboxState.PENDING.value)
        .order_by(Delivery.id)
    )
    grouped: dict[int, list[_Recipient]] = {}
    for delivery, user_id, following in found:
        grouped.setdefault(delivery.outbox_id, []).append(_Recipient(delivery, user_id, following))
    return grouped


def _stale(session: Session, rows: Sequence[OutboxRequest], clock: Clock) -> frozenset[int]:
    """Reminders that were written on another day: they speak of "today" and "tomorrow"."""
    written = session.execute(
        select(Reminder.outbox_id, func.min(Reminder.created_at))
        .where(Reminder.outbox_id.in_([row.id for row in rows if row.conversation_id is None]))
        .group_by(Reminder.outbox_id)
    )
    today = day_of(clock.now())
    return frozenset(row_id for row_id, at in written if row_id is not None and day_of(at) < today)


def _still_wanted(look: _Look, row: OutboxRequest) -> bool:
    """Whether anybody is to get it; otherwise the row is closed, and each recipient's delivery says why."""
    if row.conversation_id is None and row.id in look.stale:
        look.closing.add(row, OutboxState.WITHDRAWN, why=STALE)
        return False
    if row.conversation_id is None and look.now - row.created_at >= KEY_GOOD:
        look.closing.add(row, OutboxState.FAILED, "could not be sent in time", why=STALE)
        return False
    left = _who_is_left(look, row)
    if not left:
        answer = row.conversation_id is not None
        look.closing.add(row, OutboxState.CARRIED if answer else OutboxState.WITHDRAWN, why=SETTLED_WHY)
        return False
    if not row.frozen and row.channel_id in look.gone:
        _close_for_quota(look, row)
        return False
    return True


def _who_is_left(look: _Look, row: OutboxRequest) -> bool:
    """Before the first try each who blocked or settled is left out; afterwards it is all or nobody."""
    recipients = look.recipients.get(row.id, [])
    if row.frozen:
        return not all(look.settled(each) for each in recipients)
    for each in recipients:
        why = SETTLED_WHY if look.settled(each) else "" if each.following else BLOCKED
        if why:
            each.delivery.state, each.delivery.problem = OutboxState.WITHDRAWN.value, why
    return any(_open(each) for each in recipients)


def _open(recipient: _Recipient) -> bool:
    return recipient.delivery.state == OutboxState.PENDING.value


def _close_for_quota(look: _Look, row: OutboxRequest) -> None:
    """The month's messages are gone: an answer rides on the next reply, anything else has failed and is listed."""
    if row.conversation_id is not None:
        look.closing.add(row, OutboxState.CARRIED, why=QUOTA)
        return
    missed = sum(_open(each) for each in look.recipients[row.id])
    look.missed[row.channel_id] = look.missed.get(row.channel_id, 0) + missed
    look.closing.add(row, OutboxState.FAILED, "monthly quota", why=QUOTA)


def _waits(look: _Look, row: OutboxRequest) -> bool:
    """It is a quiet hour; or somebody whose report it is about is writing to us, and may be about to settle it."""
    if row.id in look.quiet and not row.frozen:
        row.next_try_at = look.now + WAIT_FOR_MORNING
        return True
    if not look.guards(row) & look.talking:
        return False
    row.next_try_at = look.now + WAIT_FOR_PEOPLE
    return True


def _freeze(look: _Look, row: OutboxRequest) -> Ready:
    frozen_before, row.frozen = row.frozen, True
    row.attempts += 1
    if row.conversation_id is None:
        row.next_try_at = look.now + SENDING
    if look.guards(row):
        row.under_way_until = look.now + under_way.UNDER_WAY
    to = tuple(each.line_user_id for each in look.recipients[row.id] if _open(each))
    return Ready(row, to, frozen_before, look.now)
