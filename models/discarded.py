"""Keys of stored bytes that nobody may see any more, until they are removed from the media store."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Discarded(Base):
    """Written in the transaction in which the last row lets go of the bytes: none is served half-gone or forgotten."""

    __tablename__ = "discarded"

    id: Mapped[int] = mapped_column(primary_key=True)
    storage_key: Mapped[str] = mapped_column(unique=True)
    at: Mapped[dt.datetime]
    """Mechanical time."""
