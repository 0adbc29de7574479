"""What the pages of a campaign's forms have in common: the form of an address, and what was uploaded of it."""

from __future__ import annotations

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.desk.frame import Frame
from models.campaign import Campaign, Form
from services.campaigns.form_uploads import FormUploads


def uploads(frame: Frame) -> FormUploads:
    return FormUploads(frame.runtime.sessions, frame.runtime.clock, frame.runtime.campaigns)


def form_of(session: Session, campaign: Campaign, key: str) -> Form:
    """One that is filled in; else 404."""
    wanted = select(Form).where(Form.campaign_id == campaign.id, Form.key == key)
    form = session.scalar(wanted.where(Form.current_version_id.is_not(None)))
    if form is None:
        abort(404)
    return form
