"""Signatures: of whom, for which household or village, taken how, and where the drawing is.

A signature is evidence that somebody was asked, looked at by people alone: nothing here compares one with another.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class SignerRole(StrEnum):
    RESPONDENT = "respondent"
    """Somebody of the household, who answered the survey."""
    WITNESS = "witness"
    """The leader, where nobody of the household is there to sign (case ๓.๔)."""
    LEADER = "leader"
    """Certifies the village's summary, as its leader."""
    INSPECTOR = "inspector"
    """Certifies the village's summary, as who checked it."""


class SignedOn(StrEnum):
    SCREEN = "screen"
    PAPER = "paper"
    """A photo of a signed sheet."""


class Signature(Base):
    __tablename__ = "signature"

    id: Mapped[int] = mapped_column(primary_key=True)
    nonce: Mapped[str] = mapped_column(unique=True)
    """Of the link it came through: a link is used once. On paper: the photo's and the household's ids."""
    village_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"), index=True)
    """None: for the village's summary."""
    role: Mapped[str]
    signed_on: Mapped[str] = mapped_column(default=SignedOn.SCREEN.value)
    storage_key: Mapped[str] = mapped_column(default="")
    """The drawing as a PNG; empty on paper."""
    sha256: Mapped[str] = mapped_column(default="")
    """Of what was drawn, as it was sent: the same strokes sent again are no second signature."""
    media_id: Mapped[int | None] = mapped_column(ForeignKey("media.id"), index=True)
    """The photo of the signed sheet; when that goes, the signature goes with it."""
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    """On whose telephone."""
    signed_at: Mapped[dt.datetime]
    """Civil time."""
