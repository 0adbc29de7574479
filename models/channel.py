"""A LINE official account that the service speaks through. The environment fills row 1."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Channel(Base):
    __tablename__ = "channel"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    bot_user_id: Mapped[str] = mapped_column(default="")
    """The `destination` of LINE's webhook; empty until the first one arrives."""
