"""Photos that people sent, where their bytes are, which household they show, and which of them look alike."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class MediaState(StrEnum):
    WANTED = "wanted"
    STORED = "stored"
    LOST = "lost"
    """LINE no longer has it: the sender is asked to send it again."""
    REFUSED = "refused"
    """It is no photo that can be opened; the sender is told what to do."""
    UNSENT = "unsent"
    """Withdrawn by the sender; the bytes are gone."""
    PURGED = "purged"
    """Kept as long as it was needed, or erased with its sender; the bytes are gone. That it was sent still counts."""


class Media(Base):
    __tablename__ = "media"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("line_account.id"), index=True)
    line_message_id: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(default=MediaState.WANTED.value)
    sent_at: Mapped[dt.datetime]
    """Civil time of the sender's message."""
    kind: Mapped[str] = mapped_column(default="image")
    """LINE's type of the message: image, video, audio or file."""
    content_type: Mapped[str] = mapped_column(default="")
    """Found in the content for an image; as LINE said for others."""
    size: Mapped[int | None]
    """Bytes as sent."""
    width: Mapped[int | None]
    height: Mapped[int | None]
    sha256: Mapped[str] = mapped_column(default="", index=True)
    """Of the bytes as sent: twins share what is stored."""
    storage_key: Mapped[str] = mapped_column(default="")
    """Of a photo the copy that is shown, without EXIF; of others the bytes themselves."""
    thumbnail_key: Mapped[str] = mapped_column(default="")
    fingerprint: Mapped[str] = mapped_column(default="")
    """How it looks, in 16 hexadecimal digits (services.evidence.pictures.fingerprint)."""
    problem: Mapped[str] = mapped_column(default="")
    """Why it was refused (services.evidence.pictures.look.Refusal)."""
    village_code: Mapped[str | None] = mapped_column(ForeignKey("area.code"), index=True)
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"), index=True)
    obligation_id: Mapped[int | None] = mapped_column(ForeignKey("obligation.id"))
    """An officer's attachment to a report."""
    said_in: Mapped[str] = mapped_column(default="", index=True)
    """The message that named what it shows; taken back, that is not known any more. Empty: a button."""
    sheet: Mapped[bool] = mapped_column(default=False)
    """It shows a signed paper sheet (models.signature), not a house."""


class PhotoBand(Base):
    """A part of a photo's fingerprint, to find others that look alike without comparing all with all."""

    __tablename__ = "photo_band"
    __table_args__ = (Index("ix_photo_band_value", "band", "value"),)

    media_id: Mapped[int] = mapped_column(ForeignKey("media.id"), primary_key=True)
    band: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[int]


class Verdict(StrEnum):
    """What a person said of two photos that look alike."""

    OPEN = "open"
    SAME = "same"
    DIFFERENT = "different"
    CANNOT_TELL = "cannot_tell"


class LookAlike(Base):
    """Two photos of different households that look alike, for a person to look at; never blamed by the machine."""

    __tablename__ = "look_alike"
    __table_args__ = (UniqueConstraint("first_id", "second_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("media.id"))
    """The smaller id of the two."""
    second_id: Mapped[int] = mapped_column(ForeignKey("media.id"), index=True)
    distance: Mapped[int]
    """Bits that differ; 0 for the same bytes."""
    verdict: Mapped[str] = mapped_column(default=Verdict.OPEN.value, index=True)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[dt.datetime | None]
    found_at: Mapped[dt.datetime]
