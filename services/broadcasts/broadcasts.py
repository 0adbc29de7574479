"""Words from provincial staff to many: prepared with a preview, decided on once, carried out by a worker.

The row's state is changed by conditional UPDATEs, so a second tap, a second message or a second worker changes
nothing: preview -> scheduled -> sent, or cancelled before it has gone.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CursorResult, Update, select, update
from sqlalchemy.orm import Session

from bot.conversation import broadcast_effects as of_broadcast
from models.broadcast import Broadcast, BroadcastKind, BroadcastState
from models.campaign import Campaign, Round
from models.chat import Notice
from models.people import LineAccount
from models.upsert import insert_or_ignore
from services import owed
from services.ports import Clock
from services.texts import campaign_of

JOB = "send_broadcast"
Deed = of_broadcast.PrepareBroadcast | of_broadcast.ConfirmBroadcast | of_broadcast.CancelBroadcast


def apply(session: Session, account: LineAccount, deed: Deed, clock: Clock) -> None:
    """What staff have decided, in the caller's transaction. Raises LookupError when it was decided on meanwhile."""
    match deed:
        case of_broadcast.PrepareBroadcast():
            prepare(session, account, deed, clock.now())
        case of_broadcast.ConfirmBroadcast():
            confirm(session, account, deed, clock)
        case of_broadcast.CancelBroadcast():
            cancel(session, account, deed)


def prepare(session: Session, account: LineAccount, effect: of_broadcast.PrepareBroadcast, now: dt.datetime) -> None:
    """Keep a preview. Raises LookupError when its key was given away in the meantime."""
    campaign = campaign_of(session, account)
    if campaign is None or account.person_id is None:
        raise LookupError(f"account {account.id} has no campaign")
    rnd = current_round(session, campaign, now)
    values = {
        "key": effect.key,
        "campaign_id": campaign.id,
        "kind": BroadcastKind(effect.kind).value,
        "state": BroadcastState.PREVIEW.value,
        "round_id": rnd.id if rnd is not None else None,
        "audience": dict(effect.audience),
        "words": effect.words,
        "cost": effect.cost,
        "created_by": account.person_id,
        "created_at": now,
    }
    if not insert_or_ignore(session, Broadcast, values):
        raise LookupError(f"broadcast {effect.key} exists")


def confirm(session: Session, account: LineAccount, effect: of_broadcast.ConfirmBroadcast, clock: Clock) -> None:
    """Let it go out at its time; a worker is rung for when that is now. Raises LookupError when it is no preview."""
    now = clock.now()
    values = {
        "state": BroadcastState.SCHEDULED.value,
        "send_at": effect.send_at,
        "confirmed_by": account.person_id,
        "confirmed_at": now,
    }
    _move(
        session, effect.key, update(Broadcast).where(Broadcast.state == BroadcastState.PREVIEW.value).values(**values)
    )
    if effect.send_at <= now:
        row = session.scalars(select(Broadcast).where(Broadcast.key == effect.key)).one()
        owed.owe(session, JOB, row.id, clock.real())


def cancel(session: Session, account: LineAccount, effect: of_broadcast.CancelBroadcast) -> None:
    """Raises LookupError when it has gone, or was cancelled before."""
    open_states = [BroadcastState.PREVIEW.value, BroadcastState.SCHEDULED.value]
    values = {"state": BroadcastState.CANCELLED.value, "cancelled_by": account.person_id}
    _move(session, effect.key, update(Broadcast).where(Broadcast.state.in_(open_states)).values(**values))


def _move(session: Session, key: str, change: Update) -> None:
    done = session.execute(change.where(Broadcast.key == key).execution_options(synchronize_session="fetch"))
    if not isinstance(done, CursorResult) or done.rowcount != 1:
        raise LookupError(f"broadcast {key} was decided on")


def told(session: Session, account: LineAccount, key: str, now: dt.datetime) -> None:
    """The delivery report was seen in the chat: the notice counts as shown, and none is written later."""
    row = session.scalars(select(Broadcast).where(Broadcast.key == key)).one()
    if account.person_id is None or row.confirmed_by != account.person_id:
        return
    values = {"person_id": account.person_id, "key": "notice.words", "values": {"words": ""}, "created_at": now}
    insert_or_ignore(session, Notice, {**values, "subject": notice_subject(row)})
    session.execute(
        update(Notice)
        .where(Notice.subject == notice_subject(row), Notice.shown_at.is_(None))
        .values(shown_at=now)
        .execution_options(synchronize_session="fetch")
    )


def notice_subject(row: Broadcast) -> str:
    return f"delivery of broadcast {row.id}"


def current_round(session: Session, campaign: Campaign, now: dt.datetime) -> Round | None:
    """The newest of the campaign's rounds that has opened by `now` (civil)."""
    return session.scalar(
        select(Round)
        .where(Round.campaign_id == campaign.id, Round.duty == "", Round.opens_at <= now)
        .order_by(Round.number.desc())
        .limit(1)
    )


def owe_due(session: Session, now: dt.datetime, real: dt.datetime) -> list[int]:
    """Promise the job of every broadcast whose time (civil) has come; returns their ids. Called by the clock."""
    due = session.scalars(
        select(Broadcast.id)
        .where(Broadcast.state == BroadcastState.SCHEDULED.value, Broadcast.send_at <= now)
        .order_by(Broadcast.send_at)
    ).all()
    for broadcast_id in due:
        owed.owe(session, JOB, broadcast_id, real)
    return list(due)
