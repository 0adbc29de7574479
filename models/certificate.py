"""A village's summary, certified by its leader and by an inspector (the letter, step ๔).

What is signed is frozen when the summary is shown: the counts and the houses behind them stay as they were signed,
whatever is sent later. A change after that is a further certificate of the village, numbered on.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class CertificateState(StrEnum):
    SHOWN = "shown"
    """The leader has seen the summary and has not signed."""
    SIGNED = "signed"
    """By the leader; it waits for the inspector."""
    CERTIFIED = "certified"
    """By both."""
    REPLACED = "replaced"
    """The leader signed a newer summary before the inspector had signed this one."""


class Certificate(Base):
    __tablename__ = "certificate"
    __table_args__ = (UniqueConstraint("village_code", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    village_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    state: Mapped[str] = mapped_column(default=CertificateState.SHOWN.value, index=True)
    key: Mapped[str] = mapped_column(unique=True)
    """The nonce of the leader's link: whose signature this is, is known by it."""
    counts: Mapped[dict[str, Any]]
    """bot.conversation.household.checks.VillageCounts as JSON, as shown and signed."""
    as_of: Mapped[dt.datetime]
    """Civil time of the counts."""
    number: Mapped[int | None]
    """From 1 in its village, given with the second signature; None until then."""
    leader_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    leader_name: Mapped[str]
    leader_position: Mapped[str] = mapped_column(default="")
    """As it is printed under the name."""
    leader_signature_id: Mapped[int | None] = mapped_column(ForeignKey("signature.id"))
    inspector_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    inspector_name: Mapped[str] = mapped_column(default="")
    inspector_position: Mapped[str] = mapped_column(default="")
    inspector_signature_id: Mapped[int | None] = mapped_column(ForeignKey("signature.id"))
    certified_at: Mapped[dt.datetime | None]
    check_code: Mapped[str] = mapped_column(default="", index=True)
    """Printed on it: who types it into the page sees what was certified."""
    document_key: Mapped[str] = mapped_column(default="")
    """Where the media store has the PDF; empty until it is made."""

    @property
    def reference(self) -> str:
        """42070605-1; empty until it is certified."""
        return f"{self.village_code}-{self.number}" if self.number is not None else ""
