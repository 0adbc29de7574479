"""Who is told of every version and every step of the ledger, and each telling as a row."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class WebhookSubscription(Base):
    __tablename__ = "webhook_subscription"

    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str]
    secret: Mapped[str]
    """Signs what is sent; the receiver has the same, so it cannot be kept as a digest."""
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    """Only what happens here is told."""
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    """Civil time, like the one above."""


class DeliveryState(StrEnum):
    WAITING = "waiting"
    """Not sent yet, or to be tried again."""
    TAKEN = "taken"
    """The receiver answered with a success."""
    DEAD = "dead"
    """Tried as often as we try; somebody may send it again by hand."""


class WebhookDelivery(Base):
    __tablename__ = "webhook_delivery"
    __table_args__ = (Index("ix_webhook_delivery_subscription_state", "subscription_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subscription_id: Mapped[int] = mapped_column(ForeignKey("webhook_subscription.id"))
    message_id: Mapped[str]
    """The webhook-id: the same however often it is sent, so that a receiver knows it again."""
    body: Mapped[dict[str, Any]]
    """Type, civil time, ids and codes; never what somebody wrote, never a name."""
    state: Mapped[str] = mapped_column(default=DeliveryState.WAITING.value)
    attempts: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(default="")
    """What went wrong last: a status, or the kind of the fault."""
    created_at: Mapped[dt.datetime]
    """Civil time."""
    taken_at: Mapped[dt.datetime | None]
    """Civil time of the receiver's success."""
