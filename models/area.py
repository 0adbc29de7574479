"""Places that report or are reported on: province, district, tambon, village, and the households of the register."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import ColumnElement, Date, ForeignKey, SQLColumnExpression, UniqueConstraint, and_, true
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


def inside(column: SQLColumnExpression[str] | SQLColumnExpression[str | None], code: str) -> ColumnElement[bool]:
    """The column's code is the area `code` or lies in it; "" is everywhere.

    Codes are nested, so "inside" means "begins with". Asked as a range rather than with LIKE it uses the column's index
    on every database, whatever its sorting rules.
    """
    return true() if not code else between(column, code, code)


def between(
    column: SQLColumnExpression[str] | SQLColumnExpression[str | None], first: str, last: str
) -> ColumnElement[bool]:
    """The column's code lies in one of the areas from `first` to `last`, which are codes of one length."""
    following = str(int(last) + 1).zfill(len(last))
    # letters sort behind digits everywhere; a colon does not
    return and_(column >= first, column < (following if len(following) == len(last) else "a"))


class Household(Base):
    """A household of the register: the houses that a leader is offered by number.

    It holds what the survey's base says of its newest survey year; older years go to `EarlierRecord`.
    """

    __tablename__ = "household"
    __table_args__ = (UniqueConstraint("village_code", "house_no", "near", "ordinal"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    village_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    house_no: Mapped[str]
    """Empty: the house has no number; `near` then says where it stands."""
    near: Mapped[str] = mapped_column(default="")
    """Of a house without number: the neighbour's number or a landmark. Empty for all others."""
    ordinal: Mapped[int] = mapped_column(default=1)
    position: Mapped[int] = mapped_column(default=0)
    """Order on the village's list."""
    registered: Mapped[bool] = mapped_column(default=True)
    """False: the leader named it, the register does not know it."""
    head_name: Mapped[str] = mapped_column(default="")
    volunteer_code: Mapped[str] = mapped_column(default="", index=True)
    """The office's id of who collected it; not a foreign key: the lists come as files of their own, in any order."""
    other_volunteers: Mapped[str] = mapped_column(default="")
    """Further ids that the register names beside the first, separated by spaces; empty when all is well."""
    has_photo: Mapped[bool | None]
    """By the survey's base, before anything was sent here; None: it does not say."""
    has_signature: Mapped[bool | None]
    on_web: Mapped[bool | None]
    """Complete on the survey's own web site."""
    survey_year: Mapped[int | None]
    """Common era."""
    surveyed_on: Mapped[dt.date | None] = mapped_column(Date)
    members: Mapped[int | None]
