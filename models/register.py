"""The register beside its places: volunteers with their signatures, records of earlier years, and how files came in."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import Date, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Volunteer(Base):
    """Who collects the data of some twenty to thirty households; the office gives the id."""

    __tablename__ = "volunteer"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(index=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    """Their tambon or village."""
    registered: Mapped[bool] = mapped_column(default=True)


class VolunteerSignature(Base):
    """An image of a volunteer's signature. Several of one volunteer are kept, for a person to look at side by side."""

    __tablename__ = "volunteer_signature"
    __table_args__ = (UniqueConstraint("volunteer_id", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id", ondelete="CASCADE"), index=True)
    sha256: Mapped[str]
    """Of the file as it was handed in."""
    storage_key: Mapped[str]
    """Under it lies the same picture drawn anew: without the place and time that a camera writes into a file."""
    width: Mapped[int]
    """Pixels."""
    height: Mapped[int]
    size: Mapped[int]
    """Bytes as stored."""
    loaded_at: Mapped[dt.datetime]


class EarlierRecord(Base):
    """What the survey's base holds of a household for a year before its newest."""

    __tablename__ = "earlier_record"
    __table_args__ = (UniqueConstraint("household_id", "survey_year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id", ondelete="CASCADE"), index=True)
    survey_year: Mapped[int]
    """Common era."""
    head_name: Mapped[str] = mapped_column(default="")
    volunteer_code: Mapped[str] = mapped_column(default="")
    other_volunteers: Mapped[str] = mapped_column(default="")
    has_photo: Mapped[bool | None]
    has_signature: Mapped[bool | None]
    on_web: Mapped[bool | None]
    surveyed_on: Mapped[dt.date | None] = mapped_column(Date)
    members: Mapped[int | None]


class RunState(StrEnum):
    WAITING = "waiting"
    """Handed in on the desk; a worker has not begun yet."""
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    """The file as a whole could not be used; nothing was stored."""
    BROKEN = "broken"
    """The process ended half-way. The same file may simply be imported again."""


class ImportRun(Base):
    """One file that was imported, or tried without storing anything; its counts grow while it runs."""

    __tablename__ = "import_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    """villages, households, volunteers or signatures."""
    state: Mapped[str] = mapped_column(default=RunState.RUNNING.value)
    dry_run: Mapped[bool]
    replace: Mapped[bool]
    file_name: Mapped[str]
    total: Mapped[int | None]
    """Rows in the file; None while that is not known."""
    rows_read: Mapped[int] = mapped_column(default=0)
    """Rows that hold anything; added + changed + same + refused."""
    added: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    same: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    vanished: Mapped[int] = mapped_column(default=0)
    """Rows of the same villages or tambons that stand in the register and not in the file."""
    removed: Mapped[int] = mapped_column(default=0)
    """How many of those were taken out (`replace`)."""
    errors_key: Mapped[str] = mapped_column(default="")
    """Where the media store has the table of all refused rows; empty: none."""
    upload_key: Mapped[str] = mapped_column(default="")
    """Where the media store has the file that was handed in on the desk, while it may still be needed."""
    area_code: Mapped[str] = mapped_column(default="")
    """Rows outside of this area are refused; empty: the command line, everywhere."""
    told: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What is said of the file as a whole: {"what", "columns", "values"} of a FileFault, {"left_out": headings}."""
    started_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """None: the command line."""
    started_at: Mapped[dt.datetime]
    updated_at: Mapped[dt.datetime]
    """Mechanical time of the last step: one that stands still has broken off."""
    ended_at: Mapped[dt.datetime | None]
