"""The folder of a loaded campaign, file by file, and a form that was uploaded and waits to be published."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class CampaignFile(Base):
    """As it was loaded last, from the command line or from the desk. The register's tables are not among them: they
    have become the register."""

    __tablename__ = "campaign_file"
    __table_args__ = (UniqueConstraint("campaign_id", "path"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    path: Mapped[str]
    """Relative to the folder, with / between its parts."""
    content: Mapped[bytes] = mapped_column(LargeBinary)
    changed_at: Mapped[dt.datetime]


class FormUpload(Base):
    """One for each form at a time: checked, and not in use until somebody publishes it."""

    __tablename__ = "form_upload"
    __table_args__ = ({"sqlite_autoincrement": True},)
    """A page names the upload that it showed: the number of one that is gone never comes back."""

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("form.id"), unique=True)
    filename: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    xform: Mapped[str]
    """The compiled XForm XML."""
    uploaded_at: Mapped[dt.datetime]
    uploaded_by: Mapped[int]
    """Person."""
