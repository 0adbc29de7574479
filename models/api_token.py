"""Tokens of other people's programs: what they may read lies in one area."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class ApiToken(Base):
    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    """What it is for, as staff wrote."""
    digest: Mapped[str] = mapped_column(unique=True)
    """The token was shown once; no backup of the database has it."""
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    """Civil time, like the others."""
    used_at: Mapped[dt.datetime | None]
    revoked_at: Mapped[dt.datetime | None]
