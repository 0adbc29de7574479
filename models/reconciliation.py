"""Reconciling totals: the Department's figures as they were entered, reasons for differences, and frozen states."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base

_STANDS = text("replaced_at IS NULL")


class DashboardFigure(Base):
    """What the Department's dashboard says of an area, as somebody entered it. What a later one replaces stays."""

    __tablename__ = "dashboard_figure"
    __table_args__ = (
        UniqueConstraint("campaign_id", "measure", "area_code", "number"),
        Index(
            "uq_dashboard_figure_standing",
            "campaign_id",
            "measure",
            "area_code",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    measure: Mapped[str]
    """Key of the campaign's `reconciliation`."""
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    number: Mapped[int]
    """From 1, within area and measure."""
    value: Mapped[int | None]
    """None: the figure before was taken back, and nothing stands in its place."""
    as_of: Mapped[dt.date] = mapped_column(Date)
    """The day that the dashboard shows beside it."""
    source: Mapped[str] = mapped_column(default="")
    """Name of the file that it came in; empty: typed in by hand."""
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[dt.datetime]
    replaced_at: Mapped[dt.datetime | None]


class DifferenceReason(Base):
    """Why a difference is as it should be, in somebody's words; holds for just this difference and no other."""

    __tablename__ = "difference_reason"
    __table_args__ = (Index("ix_difference_reason_place", "campaign_id", "measure", "area_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    measure: Mapped[str]
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"))
    source: Mapped[str]
    """Which figure of the area differs: services.reconciliation.compare's names, or a box."""
    gap: Mapped[int]
    reason: Mapped[str]
    """Empty: the one before was taken back."""
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[dt.datetime]


class StepKind(StrEnum):
    FROZEN = "frozen"
    UNFROZEN = "unfrozen"


class ReconciliationStep(Base):
    """Freezing an area's figures with all of them as they stood, or undoing it. Rows are added, never changed."""

    __tablename__ = "reconciliation_step"
    __table_args__ = (UniqueConstraint("campaign_id", "measure", "area_code", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    measure: Mapped[str]
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"))
    number: Mapped[int]
    """From 1, within area and measure; the last one says what holds."""
    kind: Mapped[str]
    at: Mapped[dt.datetime]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(default="")
    """A remark on freezing; of unfreezing why, word for word."""
    state: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Of freezing: services.reconciliation.frozen.State as JSON."""
    digest: Mapped[str] = mapped_column(default="")
    """SHA-256 of `state` as canonical JSON, printed with it."""
