"""What is kept of each kind, table by table: which rows may go, how much they hold, and what is done to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, delete, func, literal, select, update
from sqlalchemy.orm import Session

from models.chat import Conversation, InboxEvent, Notice, OutboxRequest
from models.household_case import HouseholdCase
from models.media import Media
from models.people import Invitation, JoinRequest
from models.register import ImportRun
from models.sent_letter import SentLetter
from models.signature import Signature
from models.work import Audit
from services.retention.belonging import Bounds, Column, by_code, everywhere
from services.retention.discarding import discard
from services.retention.pictures import drawings, empty_drawings, empty_media, photos, sheets
from services.retention.words import (
    answered,
    delete_notices,
    empty_answered,
    empty_notes,
    empty_said,
    empty_states,
    in_the_middle,
    noted,
    notes,
    said,
)


@dataclass(frozen=True, slots=True)
class Holding:
    """The rows of one table that a kind of data is kept in."""

    ids: Column
    may_go: Callable[[Bounds], ColumnElement[bool]]
    """Which rows hold anything that may go. One that has been emptied is none of them any more."""
    size: ColumnElement[int]
    """Bytes that one row holds, in the media store or in itself."""
    empty: Callable[[Session, Sequence[int], dt.datetime], None]
    """What is done to rows of these ids, which are locked; the instant is mechanical."""


def _length(*columns: Column) -> ColumnElement[int]:
    lengths = [func.coalesce(func.length(cast(column, String)), 0) for column in columns]
    return sum(lengths[1:], start=lengths[0])


def _requests(bounds: Bounds) -> ColumnElement[bool]:
    return by_code(JoinRequest.area_code, bounds, lambda limit: JoinRequest.created_at < limit)


def delete_requests(session: Session, ids: Sequence[int], _now: dt.datetime) -> None:
    session.execute(delete(JoinRequest).where(JoinRequest.id.in_(ids)))


def _invitations(bounds: Bounds) -> ColumnElement[bool]:
    return by_code(Invitation.area_code, bounds, lambda limit: Invitation.expires_at < limit)


def _delete_invitations(session: Session, ids: Sequence[int], _now: dt.datetime) -> None:
    session.execute(delete(Invitation).where(Invitation.id.in_(ids)))


def _refused_rows(bounds: Bounds) -> ColumnElement[bool]:
    return and_(ImportRun.errors_key != "", everywhere(bounds, lambda limit: ImportRun.started_at < limit))


def _empty_refused_rows(session: Session, ids: Sequence[int], now: dt.datetime) -> None:
    mine = ImportRun.id.in_(ids)
    discard(session, session.scalars(select(ImportRun.errors_key).where(mine)), now)
    session.execute(update(ImportRun).where(mine).values(errors_key=""))


def _letters(bounds: Bounds) -> ColumnElement[bool]:
    return and_(
        SentLetter.storage_key != "",
        by_code(SentLetter.area_code, bounds, lambda limit: SentLetter.added_at < limit),
    )


def _empty_letters(session: Session, ids: Sequence[int], now: dt.datetime) -> None:
    """That the letter went out, with its number and day, remains; the scan goes."""
    mine = SentLetter.id.in_(ids)
    discard(session, session.scalars(select(SentLetter.storage_key).where(mine)), now)
    session.execute(update(SentLetter).where(mine).values(storage_key=""))


def _steps(bounds: Bounds) -> ColumnElement[bool]:
    return everywhere(bounds, lambda limit: Audit.at < limit)


def _delete_steps(session: Session, ids: Sequence[int], _now: dt.datetime) -> None:
    session.execute(delete(Audit).where(Audit.id.in_(ids)))


_SENT = func.coalesce(Media.size, 0)
_UNKNOWN: Any = literal(0)

HOLDINGS: dict[str, tuple[Holding, ...]] = {
    "photos": (Holding(Media.id, photos, _SENT, empty_media),),
    "signatures": (
        Holding(Media.id, sheets, _SENT, empty_media),
        Holding(Signature.id, drawings, _UNKNOWN, empty_drawings),
    ),
    "chats": (
        Holding(OutboxRequest.id, answered, _length(OutboxRequest.messages, OutboxRequest.about), empty_answered),
        Holding(InboxEvent.id, said, _length(InboxEvent.payload), empty_said),
        Holding(Conversation.id, in_the_middle, _length(Conversation.state), empty_states),
        Holding(Notice.id, noted, _length(Notice.values), delete_notices),
    ),
    "notes": (Holding(HouseholdCase.id, notes, _length(HouseholdCase.note, HouseholdCase.confirmed_by), empty_notes),),
    "requests": (
        Holding(JoinRequest.id, _requests, _length(JoinRequest.name), delete_requests),
        Holding(Invitation.id, _invitations, _length(Invitation.name), _delete_invitations),
        Holding(ImportRun.id, _refused_rows, _UNKNOWN, _empty_refused_rows),
    ),
    "letters": (Holding(SentLetter.id, _letters, _UNKNOWN, _empty_letters),),
    "audit": (Holding(Audit.id, _steps, _length(Audit.subject, Audit.detail), _delete_steps),),
}
"""By kind (services.campaigns.retention.KINDS). Answers before what they answer: their age is that of the question."""
