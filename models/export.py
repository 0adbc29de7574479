"""Files that somebody asked for on the desk: made by a worker, fetched for some days, then removed."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class ExportKind(StrEnum):
    REPORTS = "reports"
    PHOTOS = "photos"


class ExportState(StrEnum):
    WANTED = "wanted"
    READY = "ready"
    GONE = "gone"
    """Its days are over; the files are removed, the row says that it was made."""


class Export(Base):
    __tablename__ = "export"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    """Who asked for it."""
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    """What it holds lies here; who may not see all of it may not fetch it."""
    kind: Mapped[str]
    wanted: Mapped[dict[str, Any]]
    """{"form", "format", "versions", "rounds"} of reports, {"rounds"} of photos."""
    state: Mapped[str] = mapped_column(default=ExportState.WANTED.value, index=True)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    """Reports or photos; 0 until they are counted."""
    parts: Mapped[list[Any]] = mapped_column(default=list)
    """The files so far: {"key", "name", "rows", "size", "last"}. One that is named here is whole."""
    created_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    """Civil time, like the one above."""
