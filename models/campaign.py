"""A campaign: dated rounds, the forms they ask for, and the values that are known beforehand."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, UniqueConstraint, case
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Campaign(Base):
    __tablename__ = "campaign"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    province_code: Mapped[str] = mapped_column(ForeignKey("area.code"))
    settings: Mapped[dict[str, Any]]
    """campaign.yaml as loaded, checked: titles, reminder plan, duties, texts by locale."""
    loaded_at: Mapped[dt.datetime]
    """The one loaded last is the one that the province's commands and texts speak of, as soon as it has begun."""
    begins_at: Mapped[dt.datetime | None] = mapped_column(default=None)
    """Civil: until then an earlier campaign of the province goes on being spoken of. None: it has begun."""


def newest_first() -> tuple[ColumnElement[Any], ...]:
    """The order in which campaigns are spoken of: those that have begun, the one loaded last before the others."""
    return (case((Campaign.begins_at.is_(None), 0), else_=1), Campaign.loaded_at.desc(), Campaign.id.desc())


class Round(Base):
    __tablename__ = "round"
    __table_args__ = (UniqueConstraint("campaign_id", "duty", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    duty: Mapped[str] = mapped_column(default="")
    """Key of the duty whose dates these are; empty for the campaign's own rounds."""
    number: Mapped[int]
    """From 1, within its duty."""
    opens_at: Mapped[dt.datetime]
    due_at: Mapped[dt.datetime]
    """23:59:59 Bangkok of the due date: due until midnight."""
    closes_at: Mapped[dt.datetime | None]
    """None: late reports are taken until staff close the round."""


class Form(Base):
    """A form of a campaign by its key in campaign.yaml, and which version new drafts start on."""

    __tablename__ = "form"
    __table_args__ = (UniqueConstraint("campaign_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    key: Mapped[str]
    unit: Mapped[str]
    """Which kind of area answers it once a round: district or province."""
    answered_by: Mapped[list[Any]]
    """Roles that may answer it."""
    supplies_known: Mapped[bool] = mapped_column(default=False)
    """Its answers become known values of the campaign's other forms."""
    current_version_id: Mapped[int | None]
    """None: nothing is filled in; it is settled in another way (a village's summary by its certificate)."""
    duty: Mapped[str] = mapped_column(default="")
    """In which series of rounds it is asked for; empty: the campaign's own."""


class FormVersion(Base):
    """Immutable; drafts and reports keep the version they were answered on."""

    __tablename__ = "form_version"
    __table_args__ = (UniqueConstraint("form_id", "content_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("form.id"))
    content_hash: Mapped[str]
    xform: Mapped[str]
    """The compiled XForm XML."""
    created_at: Mapped[dt.datetime]
    loaded_by: Mapped[int | None] = mapped_column(default=None)
    """Person; None: from the command line."""


class KnownValue(Base):
    """A value that need not be asked, with its source (register, province, calendar, evidence)."""

    __tablename__ = "known_value"
    __table_args__ = (UniqueConstraint("campaign_id", "area_code", "round_number", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"))
    """A province's value holds for all of its districts."""
    round_number: Mapped[int] = mapped_column(default=0)
    """0: holds for every round."""
    name: Mapped[str]
    value: Mapped[str]
    source: Mapped[str]
