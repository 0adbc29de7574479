"""What LINE lets us send: the month's quota as last read, and how fast each endpoint may be called."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class QuotaReading(Base):
    """One row a channel: LINE's own figures, which lag behind, and what has been sent since they were read."""

    __tablename__ = "quota_reading"

    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id"), primary_key=True)
    limit: Mapped[int | None]
    """Messages a month; None: no limit."""
    used: Mapped[int]
    sent_since: Mapped[int] = mapped_column(default=0)
    """Recipients of requests that were sent after the reading."""
    counted_at: Mapped[dt.datetime | None]
    """When something was counted last, in mechanical time: LINE's own figure is late for a while after it."""
    gone_at: Mapped[dt.datetime | None]
    """When LINE last refused a single message for the quota, in mechanical time; None while it takes them."""
    month: Mapped[str]
    """Of civil time in Bangkok, such as 2021-06."""
    read_at: Mapped[dt.datetime]
    """Mechanical time."""


class RateWindow(Base):
    """Calls of one endpoint in its present window, counted over all processes."""

    __tablename__ = "rate_window"
    __table_args__ = (UniqueConstraint("channel_id", "endpoint"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id"))
    endpoint: Mapped[str]
    window_start: Mapped[dt.datetime]
    calls: Mapped[int] = mapped_column(default=0)
    paused_until: Mapped[dt.datetime | None]
    """LINE said 429 of the rate kind: nobody calls before this."""
