"""What there is to look at in a sent report, found once for each version: the lists of the desk read this alone."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class ReportReview(Base):
    """Of one version of a report, derived by the job that finishes it and safe to derive again."""

    __tablename__ = "report_review"

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), primary_key=True)
    grave: Mapped[int]
    """Remarks about figures for which nobody has given a reason."""
    light: Mapped[int]
    """The others: explained ones, late, counts carried over."""
    remarks: Mapped[list[Any]]
    """In the order of the form: {"kind", "key", "box", "words": {locale: sentence}, "explained"}."""
