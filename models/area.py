"""Places that report or are reported on: province, district, tambon, village."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class AreaKind(StrEnum):
    PROVINCE = "province"
    DISTRICT = "district"
    TAMBON = "tambon"
    VILLAGE = "village"


class Area(Base):
    """Keyed by the official code: 2 digits province, 4 district, 6 tambon, 8 village."""

    __tablename__ = "area"

    code: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("area.code"), index=True)
    name_th: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    moo: Mapped[int | None]
    households: Mapped[int | None]
    leader_name: Mapped[str] = mapped_column(default="")
    """Of a village: the leader whom the register names."""


class Household(Base):
    """A household of the register: the houses that a leader is offered by number."""

    __tablename__ = "household"
    __table_args__ = (UniqueConstraint("village_code", "house_no", "ordinal"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    village_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    house_no: Mapped[str]
    ordinal: Mapped[int] = mapped_column(default=1)
    position: Mapped[int] = mapped_column(default=0)
    """Order on the village's list."""
    registered: Mapped[bool] = mapped_column(default=True)
    """False: the leader named it, the register does not know it."""
