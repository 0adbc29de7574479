"""A LINE group that the account was invited to, and the district whose group it is."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class LineGroup(Base):
    __tablename__ = "line_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), unique=True)
    """Its chat, which knows LINE's id of the group."""
    area_code: Mapped[str | None] = mapped_column(ForeignKey("area.code"))
    """Whose group it is; None until somebody of the district or the province has said so."""
    linked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    linked_at: Mapped[dt.datetime | None]
    joined_at: Mapped[dt.datetime]
    left_at: Mapped[dt.datetime | None]
