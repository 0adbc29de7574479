"""The groups that the account is in: whose they are, since when, and when it has waited long enough."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.campaign import Campaign, newest_first
from models.chat import Conversation
from models.group import LineGroup
from models.upsert import insert_or_ignore
from services.campaigns.groups import groups_of

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
    newest = select(Campaign).order_by(*newest_first()).limit(1)
    own = newest.where(Campaign.province_code == area_code[:2]) if area_code else newest
    return session.scalar(own) or session.scalar(newest)


def overdue(group: LineGroup, campaign: Campaign | None, now: dt.datetime) -> bool:
    """Whether nobody has linked the group in the days that the campaign gives."""
    patience = groups_of(campaign.settings if campaign else None).patience
    return group.area_code is None and now - group.joined_at > patience


def lost(group: LineGroup, campaign: Campaign | None, now: dt.datetime) -> bool:
    """Whether we should be gone by `now` (civil): nobody linked the group, or its campaign allows none any more."""
    if campaign is not None and not groups_of(campaign.settings).allowed:
        return now - max(campaign.loaded_at, group.joined_at) > LAST_CHANCE
    return overdue(group, campaign, now - LAST_CHANCE)


def all_lost(session: Session, now: dt.datetime) -> list[LineGroup]:
    """The groups that we are still in and should be gone from by `now` (civil)."""
    inside = session.scalars(select(LineGroup).where(LineGroup.left_at.is_(None)).order_by(LineGroup.id)).all()
    codes = {group.area_code for group in inside}
    campaigns = {code: campaign_of_group(session, code) for code in codes}
    return [group for group in inside if lost(group, campaigns[group.area_code], now)]
