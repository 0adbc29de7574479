"""Exception cases of a household: why it has no photo or no signature, or what else was found (the letter, ๓.๑-๓.๕)."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class HouseholdCase(Base):
    """Several may hold of one household at once. What was taken back is no row any more; the audit keeps the step."""

    __tablename__ = "household_case"
    __table_args__ = (UniqueConstraint("household_id", "case"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id", ondelete="CASCADE"), index=True)
    case: Mapped[str]
    """Its key in campaign.yaml: e31."""
    note: Mapped[str] = mapped_column(default="")
    """Reason, defect or correction, word for word, as the case asks for."""
    confirmed_by: Mapped[str] = mapped_column(default="")
    """Of a correction: who of the household confirmed it."""
    line_message_id: Mapped[str] = mapped_column(default="", index=True)
    """The message that gave the note: taken back, the note goes with it."""
    confirmed_message_id: Mapped[str] = mapped_column(default="", index=True)
    """The message that said who confirmed it."""
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    """The leader who said so."""
    at: Mapped[dt.datetime]
    """Civil time."""
