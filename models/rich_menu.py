"""Rich menus as LINE keeps them: which of our menus, drawn from which words, has which id there."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class RichMenu(Base):
    __tablename__ = "rich_menu"
    __table_args__ = (UniqueConstraint("channel_id", "key", "locale"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id"))
    key: Mapped[str]
    """officer, leader, staff or guest."""
    locale: Mapped[str]
    content_hash: Mapped[str]
    """Of its words, areas and picture: another hash is another menu."""
    line_rich_menu_id: Mapped[str]
    created_at: Mapped[dt.datetime]
