"""When the month's messages are gone, provincial staff learn of it for free: at their next contact with the account."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models.chat import Notice
from models.people import STAFF_ROLES, LineAccount, Membership
from models.upsert import insert_or_ignore
from services.quota.forecast import month_of

KEY = "notice.quota_gone"


def quota_gone(session: Session, channel_id: int, missed: int, now: dt.datetime) -> None:
    """Tell each of the province's staff, once a civil month, that `missed` more people got nothing; `now` is civil.

    While somebody has not been told yet, the number goes on growing.
    """
    if not missed:
        return
    for person_id in session.scalars(_staff(channel_id)).all():
        subject = f"quota gone {month_of(now)} for {person_id}"
        values = {"person_id": person_id, "key": KEY, "values": {"count": missed}, "created_at": now}
        if insert_or_ignore(session, Notice, {**values, "subject": subject}):
            continue
        notice = session.scalars(select(Notice).where(Notice.subject == subject).with_for_update()).one()
        if notice.shown_at is None:
            notice.values = {"count": notice.values["count"] + missed}


def _staff(channel_id: int) -> Select[int]:
    return (
        select(Membership.person_id)
        .join(LineAccount, LineAccount.person_id == Membership.person_id)
        .where(
            Membership.role.in_([role.value for role in STAFF_ROLES]),
            Membership.ended_at.is_(None),
            LineAccount.channel_id == channel_id,
        )
        .distinct()
        .order_by(Membership.person_id)
    )
