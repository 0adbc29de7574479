"""The houses of a village and the photos that show them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from bot.conversation.facts import HouseFacts, WaitingPhoto
from models.area import Household
from models.media import Media, MediaState
from models.people import LineAccount
from models.upsert import insert_or_ignore
from services.calendar import BANGKOK
from services.people.people import Areas

OFFERED = 6
"""House numbers offered as buttons under a photo."""
_KEPT = (MediaState.WANTED.value, MediaState.STORED.value)


def house_facts(session: Session, village_code: str, now: dt.datetime, areas: Areas) -> HouseFacts:
    """How far the village's photos have come; `now` is civil."""
    houses = session.execute(
        select(Household.id, Household.house_no, Household.registered)
        # a house without number cannot be named by one
        .where(Household.village_code == village_code, Household.house_no != "")
        .order_by(Household.position, Household.id)
    ).all()
    photographed = _photographed(session, village_code)
    today = now.astimezone(BANGKOK).date()
    registered = [row for row in houses if row.registered]
    outstanding = tuple(row.house_no for row in registered if row.id not in photographed)
    return HouseFacts(
        village=areas[village_code],
        registered=len(registered),
        done=len(photographed),
        done_today=sum(at.astimezone(BANGKOK).date() == today for at in photographed.values()),
        next_houses=outstanding[:OFFERED],
        outstanding=outstanding,
        known_numbers=frozenset(row.house_no for row in houses),
        rows=tuple(row.house_no for row in registered),
    )


def _photographed(session: Session, village_code: str) -> dict[int, dt.datetime]:
    """Household id to the time of its newest photo."""
    rows = session.execute(
        select(Media.household_id, func.max(Media.sent_at))
        .join(Household, Household.id == Media.household_id)
        .where(Household.village_code == village_code, Media.state.in_(_KEPT))
        .group_by(Media.household_id)
    )
    return {household_id: sent_at for household_id, sent_at in rows if household_id is not None}


def waiting_photos(session: Session, account: LineAccount) -> tuple[WaitingPhoto, ...]:
    """The account's photos that show no household yet and are attached to no report, oldest first."""
    rows = session.execute(
        select(Media.id, Media.sent_at, Media.line_message_id)
        .where(
            Media.account_id == account.id,
            Media.state.in_(_KEPT),
            Media.household_id.is_(None),
            Media.obligation_id.is_(None),
            ~_twin_of_one_that_counts(),
        )
        .order_by(Media.sent_at, Media.id)
    )
    return tuple(WaitingPhoto(media_id, sent_at.astimezone(BANGKOK), message) for media_id, sent_at, message in rows)


def _twin_of_one_that_counts() -> ColumnElement[bool]:
    """The same bytes came before, or are a house's already: a photo that was sent again because the signal went."""
    twin = aliased(Media)
    return exists().where(
        twin.account_id == Media.account_id,
        twin.sha256 == Media.sha256,
        Media.sha256 != "",
        twin.id != Media.id,
        twin.state == MediaState.STORED.value,
        or_(twin.id < Media.id, twin.household_id.is_not(None)),
        twin.obligation_id.is_(None),
    )


def bind_photo(session: Session, media_id: int, village_code: str, house_no: str) -> None:
    """Say which household a photo shows. A house that the register does not know is added, marked as such."""
    insert_or_ignore(
        session,
        Household,
        {"village_code": village_code, "house_no": house_no, "ordinal": 1, "position": 0, "registered": False},
    )
    household_id = session.scalars(
        select(Household.id).where(
            Household.village_code == village_code, Household.house_no == house_no, Household.ordinal == 1
        )
    ).one()
    media = session.get_one(Media, media_id)
    media.household_id, media.village_code = household_id, village_code
