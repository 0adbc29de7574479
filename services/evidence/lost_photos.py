"""Telling whoever sent a photo that it will never come, or cannot be used: at the next contact, once for each."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.chat import Notice
from models.media import Media, MediaState
from models.people import LineAccount
from models.upsert import insert_or_ignore
from services.calendar import BANGKOK

_ENDED = (MediaState.LOST.value, MediaState.REFUSED.value)


def tell(session: Session, media: Media, person_id: int, now: dt.datetime, *, of_sheet: bool = False) -> None:
    """`media` has ended as lost or refused; `of_sheet`: it showed a signed paper sheet. `now` is civil."""
    lost = media.state == MediaState.LOST.value
    if of_sheet:
        key = "notice.sheet_lost" if lost else "notice.sheet_refused"
    else:
        key = "notice.photo_lost" if lost else f"notice.photo_refused.{media.problem}"
    values = {
        "person_id": person_id,
        "key": key,
        "values": {"time": media.sent_at.astimezone(BANGKOK).strftime("%H.%M")},
        "subject": f"media {media.id}",
        "created_at": now,
    }
    insert_or_ignore(session, Notice, values)


def tell_of_earlier(session: Session, account: LineAccount, now: dt.datetime) -> None:
    """Somebody has become known: of the photos that they sent while they waited they could not be told before."""
    if account.person_id is None:
        return
    ended = select(Media).where(Media.account_id == account.id, Media.state.in_(_ENDED)).order_by(Media.id)
    for media in session.scalars(ended):
        tell(session, media, account.person_id, now)
