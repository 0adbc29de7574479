"""The signed letter on paper with which a report, or a round as a whole, has gone out: its number, day and scan."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Date, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class SentLetter(Base):
    """Never changed, but that its scan goes when it has been kept long enough: one that is added later stands in place
    of those before it."""

    __tablename__ = "sent_letter"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    obligation_id: Mapped[int | None] = mapped_column(ForeignKey("obligation.id"), index=True)
    """Of which report; None for the letter of the whole round, compiled."""
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"))
    """Of the office that sent it: the district's, or the province's."""
    number: Mapped[str]
    """As written on it: ลย 0719/123."""
    day: Mapped[dt.date] = mapped_column(Date)
    """The letter's own."""
    storage_key: Mapped[str]
    """Of a photo the copy without EXIF; of a PDF the file. No two letters share one. Empty: kept no longer."""
    content_type: Mapped[str]
    added_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[dt.datetime]
