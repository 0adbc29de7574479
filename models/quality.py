"""How much the checks of the register found, counted when it changed: pages of half a million households read this."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class QualityCount(Base):
    __tablename__ = "quality_count"
    __table_args__ = (UniqueConstraint("area_code", "finding"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"))
    """A province or one of its districts. A province is no sum: one name may stand in two of its districts."""
    finding: Mapped[str]
    """Key of services.quality.checks."""
    total: Mapped[int]
    counted_at: Mapped[dt.datetime]
    """Civil time."""
