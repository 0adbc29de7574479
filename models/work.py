"""Jobs that are owed, the audit trail, and the civil clock's offset.

A job row is the promise; RQ only rings the bell. Redis may be down, emptied or replaced at any moment: the
sweep finds what is still owed here.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class OwedJob(Base):
    __tablename__ = "owed_job"
    __table_args__ = (UniqueConstraint("job", "subject_id"), Index("ix_owed_job_due", "done_at", "next_try_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str]
    """A name of the register in workers.queues."""
    subject_id: Mapped[int]
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[dt.datetime]
    done_at: Mapped[dt.datetime | None]
    problem: Mapped[str] = mapped_column(default="")
    created_at: Mapped[dt.datetime]


class Audit(Base):
    """Who did what to what. Ids and codes only, never the words of a message."""

    __tablename__ = "audit"
    __table_args__ = (
        Index("ix_audit_person_id_at", "person_id", "at"),
        Index("ix_audit_area_code_id", "area_code", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime]
    person_id: Mapped[int | None]
    action: Mapped[str]
    subject: Mapped[str]
    area_code: Mapped[str] = mapped_column(default="")
    """Where the subject lies, for what offices are shown of this trail; empty where it lies nowhere or was not said."""
    detail: Mapped[dict[str, Any]]


class CivilClock(Base):
    """One row: how far simulated civil time stands from real time. It only moves forward."""

    __tablename__ = "civil_clock"

    id: Mapped[int] = mapped_column(primary_key=True)
    offset_seconds: Mapped[int]


class ClockLease(Base):
    """One row: which clock process leads. The others stand by until the lease runs out."""

    __tablename__ = "clock_lease"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str]
    until: Mapped[dt.datetime]
    """Mechanical time."""
