"""A word from provincial staff to many: an announcement, or a reminder asked for by hand."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class BroadcastKind(StrEnum):
    ANNOUNCEMENT = "announcement"
    """The text that was typed, the same for everybody."""
    REMINDER = "reminder"
    """Each district's own reminder, to whoever still owes at the moment of sending."""


class BroadcastState(StrEnum):
    PREVIEW = "preview"
    """Shown with its cost, not confirmed."""
    SCHEDULED = "scheduled"
    """Confirmed; goes out at `send_at`."""
    SENT = "sent"
    """Every request stands in the outbox."""
    CANCELLED = "cancelled"


class Broadcast(Base):
    __tablename__ = "broadcast"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    """Given before it is written, so that the buttons of its preview can name it."""
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(default=BroadcastState.PREVIEW.value, index=True)
    round_id: Mapped[int | None] = mapped_column(ForeignKey("round.id"))
    audience: Mapped[dict[str, Any]]
    """{"group": all, owing, sent, leaders, staff or named; "areas": [codes of districts]}, as it was said: who that
    is, is found out at the moment of sending."""
    words: Mapped[str] = mapped_column(default="")
    """What staff typed, for an announcement."""
    cost: Mapped[int] = mapped_column(default=0)
    """Messages that the preview named."""
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[dt.datetime]
    send_at: Mapped[dt.datetime | None]
    """Civil time; None until confirmed."""
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[dt.datetime | None]
    sent_at: Mapped[dt.datetime | None]
    """Civil time at which it was written into the outbox."""
    cancelled_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
