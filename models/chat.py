"""The journal of the chat: what came in, what goes out, and whose turn it is."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Conversation(Base):
    """One chat: a person's, or a group's. Its lease says which process answers it now."""

    __tablename__ = "conversation"
    __table_args__ = (UniqueConstraint("channel_id", "group_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("line_account.id"), unique=True)
    group_key: Mapped[str | None]
    state: Mapped[dict[str, Any]]
    """Flow, cursor, pending confirmation; see bot.conversation.state."""
    last_timestamp: Mapped[int] = mapped_column(default=0)
    """LINE's time (ms) of the newest event handled: an older answer is never stored silently."""
    lease_owner: Mapped[str | None]
    lease_until: Mapped[dt.datetime | None]


class InboxEvent(Base):
    """A webhook event as LINE sent it (ids and national ids masked): the queue of record."""

    __tablename__ = "inbox_event"
    __table_args__ = (Index("ix_inbox_event_pending", "conversation_id", "handled_at", "timestamp"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id"))
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversation.id"))
    webhook_event_id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    line_message_id: Mapped[str | None] = mapped_column(index=True)
    timestamp: Mapped[int]
    payload: Mapped[dict[str, Any]]
    received_at: Mapped[dt.datetime]
    """Mechanical time: the reply token's age is counted from here."""
    handled_at: Mapped[dt.datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[dt.datetime | None]


class OutboxState(StrEnum):
    PENDING = "pending"
    SENT = "sent"
    WITHDRAWN = "withdrawn"
    """Not sent because it was no longer true (the report had come in)."""
    CARRIED = "carried"
    """A reply that came too late to send; its bubbles ride on the next reply."""
    DELIVERED_LATER = "delivered_later"
    """Carried bubbles that have been handed over in a later reply."""
    FAILED = "failed"


class OutboxRequest(Base):
    """One request to LINE's API, frozen before the first try. Body and retry key never change."""

    __tablename__ = "outbox_request"
    __table_args__ = (Index("ix_outbox_request_pending", "state", "next_try_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id"))
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversation.id"), index=True)
    inbox_event_id: Mapped[int | None] = mapped_column(ForeignKey("inbox_event.id"), unique=True)
    kind: Mapped[str]
    """reply, push or multicast."""
    messages: Mapped[list[Any]]
    reply_token: Mapped[str | None]
    retry_key: Mapped[str] = mapped_column(unique=True)
    obligation_id: Mapped[int | None] = mapped_column(ForeignKey("obligation.id"))
    """Send only while this is still owed."""
    purpose: Mapped[str] = mapped_column(default="")
    """What kind of word it is, for the quota's order and the counts by kind: reminder:<entry>, reminder:asked,
    broadcast, notice; empty for an answer."""
    broadcast_id: Mapped[int | None] = mapped_column(ForeignKey("broadcast.id"), index=True)
    state: Mapped[str] = mapped_column(default=OutboxState.PENDING.value)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[dt.datetime]
    """Mechanical time."""
    frozen: Mapped[bool] = mapped_column(default=False)
    """A try is under way or ended unclear: its retry key stands for this body, recipients included."""
    under_way_until: Mapped[dt.datetime | None]
    """Mechanical time. Set while a request that obligations guard may be on its way to LINE: until it is over (None
    again) or this instant has passed, nobody settles one of them (services.sending.under_way)."""
    created_at: Mapped[dt.datetime]
    """Mechanical time; for a reply, when its event was received."""
    sent_at: Mapped[dt.datetime | None]
    line_request_id: Mapped[str] = mapped_column(default="")
    line_message_ids: Mapped[list[Any]]
    about: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What an answer asked and told, for a quote of it; see services.chat.quotes."""
    problem: Mapped[str] = mapped_column(default="")


class Delivery(Base):
    """A recipient of an outbox request and what became of it."""

    __tablename__ = "delivery"
    __table_args__ = (UniqueConstraint("outbox_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    outbox_id: Mapped[int] = mapped_column(ForeignKey("outbox_request.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("line_account.id"), index=True)
    obligation_id: Mapped[int | None] = mapped_column(ForeignKey("obligation.id"))
    """This recipient gets it only while this is still owed."""
    state: Mapped[str] = mapped_column(default=OutboxState.PENDING.value)
    problem: Mapped[str] = mapped_column(default="")
    """Why this recipient got nothing: settled, blocked, quota, refused, stale; empty when they did."""


class Notice(Base):
    """A sentence that waits for the person's next contact: asking costs nothing, pushing does."""

    __tablename__ = "notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    key: Mapped[str]
    values: Mapped[dict[str, Any]]
    subject: Mapped[str] = mapped_column(unique=True)
    """What it is about, so that a repeated job does not say it twice."""
    created_at: Mapped[dt.datetime]
    shown_at: Mapped[dt.datetime | None]
