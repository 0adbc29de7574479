"""What is kept in words: chats, notices, notes on households."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, String, and_, cast, delete, literal, or_, select, update
from sqlalchemy.orm import Session

from models.area import Household
from models.chat import Conversation, InboxEvent, Notice, OutboxRequest, OutboxState
from models.household_case import HouseholdCase
from services.retention.belonging import Bounds, Column, by_people, chats, people


def _holds(column: Column, nothing: str = "{}") -> ColumnElement[bool]:
    return cast(column, String) != nothing


def _milliseconds(instant: dt.datetime) -> int:
    return round(instant.timestamp() * 1000)


def said(bounds: Bounds) -> ColumnElement[bool]:
    return and_(
        InboxEvent.handled_at.is_not(None),
        _holds(InboxEvent.payload),
        by_people(
            InboxEvent.conversation_id, chats(), bounds, lambda limit: InboxEvent.timestamp < _milliseconds(limit)
        ),
    )


def empty_said(session: Session, ids: Sequence[int], _now: dt.datetime) -> None:
    """The event stays, so that one delivered again is not answered again; what it said goes."""
    session.execute(update(InboxEvent).where(InboxEvent.id.in_(ids)).values(payload={}))


def answered(bounds: Bounds) -> ColumnElement[bool]:
    def before(limit: dt.datetime) -> ColumnElement[bool]:
        # an answer is as old as what it answers; what was pushed has mechanical time alone
        said_at = select(InboxEvent.timestamp).where(InboxEvent.id == OutboxRequest.inbox_event_id).scalar_subquery()
        pushed = and_(OutboxRequest.inbox_event_id.is_(None), OutboxRequest.created_at < limit + bounds.mechanical)
        return or_(said_at < _milliseconds(limit), pushed)

    return and_(
        OutboxRequest.state != OutboxState.PENDING.value,
        _holds(OutboxRequest.messages, "[]"),
        by_people(OutboxRequest.conversation_id, chats(), bounds, before),
    )


def empty_answered(session: Session, ids: Sequence[int], _now: dt.datetime) -> None:
    """The request stays for the counts of what was sent. What waited to ride on a next answer waits no longer."""
    mine = OutboxRequest.id.in_(ids)
    carried = OutboxRequest.state == OutboxState.CARRIED.value
    session.execute(update(OutboxRequest).where(mine, carried).values(state=OutboxState.WITHDRAWN.value))
    session.execute(update(OutboxRequest).where(mine).values(messages=[], about={}))


def in_the_middle(bounds: Bounds) -> ColumnElement[bool]:
    return and_(
        _holds(Conversation.state),
        Conversation.lease_owner.is_(None),
        by_people(Conversation.id, chats(), bounds, lambda limit: Conversation.last_timestamp < _milliseconds(limit)),
    )


def empty_states(session: Session, ids: Sequence[int], _now: dt.datetime) -> None:
    """The chat begins anew with its next message."""
    session.execute(update(Conversation).where(Conversation.id.in_(ids)).values(state={}))


def noted(bounds: Bounds) -> ColumnElement[bool]:
    return by_people(Notice.person_id, people(), bounds, lambda limit: Notice.created_at < limit)


def delete_notices(session: Session, ids: Sequence[int], _now: dt.datetime) -> None:
    session.execute(delete(Notice).where(Notice.id.in_(ids)))


def notes(bounds: Bounds) -> ColumnElement[bool]:
    village = select(Household.village_code).where(Household.id == HouseholdCase.household_id).scalar_subquery()
    parts = [
        and_(village.startswith(province), HouseholdCase.at < limit) for province, limit in bounds.by_province.items()
    ]
    return and_(or_(HouseholdCase.note != "", HouseholdCase.confirmed_by != ""), or_(literal(False), *parts))  # noqa: FBT003


def empty_notes(session: Session, ids: Sequence[int], _now: dt.datetime) -> None:
    session.execute(update(HouseholdCase).where(HouseholdCase.id.in_(ids)).values(note="", confirmed_by=""))
