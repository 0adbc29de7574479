"""The files of a loaded campaign's folder, as rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.campaign_file import CampaignFile
from services.campaigns.folder import Files


def kept(session: Session, campaign_id: int) -> Files:
    """The folder as it was loaded last; empty for a campaign that was loaded before folders were kept."""
    rows = select(CampaignFile).where(CampaignFile.campaign_id == campaign_id).order_by(CampaignFile.path)
    return {row.path: row.content for row in session.scalars(rows)}


def dates_of_files(session: Session, campaign_id: int) -> list[tuple[str, dt.datetime]]:
    """The folder's files, and when each was changed last; the newest change first."""
    columns = select(CampaignFile.path, CampaignFile.changed_at).where(CampaignFile.campaign_id == campaign_id)
    rows = session.execute(columns.order_by(CampaignFile.changed_at.desc(), CampaignFile.path))
    return [(path, changed_at) for path, changed_at in rows]


def keep(session: Session, campaign_id: int, files: Mapping[str, bytes], now: dt.datetime) -> None:
    """The campaign's folder from now on; files that did not change keep their date."""
    rows = {row.path: row for row in session.scalars(select(CampaignFile).filter_by(campaign_id=campaign_id))}
    gone = [row.id for path, row in rows.items() if path not in files]
    session.execute(delete(CampaignFile).where(CampaignFile.id.in_(gone)))
    for path, content in files.items():
        row = rows.get(path)
        if row is None:
            session.add(CampaignFile(campaign_id=campaign_id, path=path, content=content, changed_at=now))
        elif row.content != content:
            row.content, row.changed_at = content, now
    session.flush()
