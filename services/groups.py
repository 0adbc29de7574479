"""The groups that the account is in: whose they are, since when, and when it has waited long enough."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.chat import Conversation
from models.group import LineGroup
from models.upsert import insert_or_ignore
from services.campaign_groups import groups_of

LAST_CHANCE = dt.timedelta(days=1)
"""So long after its time the account waits for somebody to call it, so that its goodbye can be a free reply."""
_ROOM = "R"
"""How LINE's ids of rooms begin; those of groups begin with C."""


def is_room(group_key: str) -> bool:
    return group_key.startswith(_ROOM)


def group_of(session: Session, chat: Conversation, now: dt.datetime) -> LineGroup:
    """The group behind a chat; noted now (civil) when nobody has told us that we joined it."""
    found = select(LineGroup).where(LineGroup.conversation_id == chat.id)
    group = session.scalar(found)
    if group is None:
        insert_or_ignore(session, LineGroup, {"conversation_id": chat.id, "joined_at": now})
        group = session.scalars(found).one()
    if group.left_at is not None:
        joined(group, now)  # it writes to us, so we are in it again
    return group


def joined(group: LineGroup, now: dt.datetime) -> None:
    """We have been invited; whose group it was before we left holds no longer."""
    group.joined_at, group.left_at = now, None
    group.area_code = group.linked_by = group.linked_at = None


def left(group: LineGroup, now: dt.datetime) -> None:
    group.left_at = group.left_at or now


def campaign_of_group(session: Session, area_code: str | None) -> Campaign | None:
    """The newest campaign of the linked district's province; for a group that is nobody's, the newest of all."""
    newest = select(Campaign).order_by(Campaign.loaded_at.desc(), Campaign.id.desc()).limit(1)
    own = newest.where(Campaign.province_code == area_code[:2]) if area_code else newest
    return session.scalar(own) or session.scalar(newest)


def overdue(group: LineGroup, campaign: Campaign | None, now: dt.datetime) -> bool:
    """Whether nobody has linked the group in the days that the campaign gives."""
    patience = groups_of(campaign.settings if campaign else None).patience
    return group.area_code is None and now - group.joined_at > patience


def forgotten(session: Session, now: dt.datetime) -> list[LineGroup]:
    """Groups that are nobody's and whose last chance is over at `now` (civil)."""
    campaign = campaign_of_group(session, None)
    waiting = select(LineGroup).where(LineGroup.area_code.is_(None), LineGroup.left_at.is_(None))
    found = session.scalars(waiting.order_by(LineGroup.id))
    return [group for group in found if overdue(group, campaign, now - LAST_CHANCE)]
