"""Photos that people sent, where their bytes are, and which household they show."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class MediaState(StrEnum):
    WANTED = "wanted"
    STORED = "stored"
    LOST = "lost"
    """LINE no longer has it: the sender is asked to send it again."""
    UNSENT = "unsent"
    """Withdrawn by the sender; the bytes are gone."""


class Media(Base):
    __tablename__ = "media"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("line_account.id"), index=True)
    line_message_id: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(default=MediaState.WANTED.value)
    sent_at: Mapped[dt.datetime]
    """Civil time of the sender's message."""
    content_type: Mapped[str] = mapped_column(default="")
    size: Mapped[int | None]
    sha256: Mapped[str] = mapped_column(default="")
    storage_key: Mapped[str] = mapped_column(default="")
    village_code: Mapped[str | None] = mapped_column(ForeignKey("area.code"))
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"), index=True)
    obligation_id: Mapped[int | None] = mapped_column(ForeignKey("obligation.id"))
    """An officer's attachment to a report."""
