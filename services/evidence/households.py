"""The houses of a village and the photos that show them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from bot.conversation.household.checks import PHOTO, SIGNATURE
from bot.conversation.household.house_facts import HouseFacts, WaitingPhoto
from bot.conversation.household.names import House, name_of
from models.area import Household
from models.campaign import Campaign
from models.media import Media, MediaState
from models.people import LineAccount
from services.calendar import BANGKOK
from services.campaigns.household_cases import cases_of
from services.evidence.cases import marked_at
from services.evidence.checks import KEPT, THERE, checks_of, household_id
from services.people.people import Areas

OFFERED = 6
"""Houses offered as buttons under a photo."""


def house_facts(
    session: Session, village_code: str, now: dt.datetime, areas: Areas, campaign: Campaign | None = None
) -> HouseFacts:
    """How far the village has come; `now` is civil. A house is done once its photo, or a case that excuses it, came."""
    checks = checks_of(session, village_code, campaign)
    cases = cases_of(campaign.settings if campaign else None)
    lacking = {check.house: check.missing(cases) for check in checks}
    done = {check.house for check in checks if check.checked and PHOTO not in lacking[check.house]}
    today = now.astimezone(BANGKOK).date()
    when = _done_at(session, village_code)
    registered = [check.house for check in checks if check.registered]
    outstanding = tuple(house for house in registered if house not in done)
    return HouseFacts(
        village=areas[village_code],
        registered=len(registered),
        done=len(done),
        done_today=sum(at.astimezone(BANGKOK).date() == today for house, at in when.items() if house in done),
        next_houses=outstanding[:OFFERED],
        outstanding=outstanding,
        known_numbers=frozenset(lacking),
        rows=tuple(registered),
        unsigned=tuple(check.house for check in checks if check.house in done and SIGNATURE in lacking[check.house]),
    )


def _done_at(session: Session, village_code: str) -> dict[str, dt.datetime]:
    """By its name when the newest photo of a household was sent, or its newest case was marked, whichever is later."""
    photos, cases = _photographed(session, village_code), marked_at(session, village_code)
    names = session.execute(
        select(Household.id, Household.house_no, Household.near, Household.ordinal).where(
            Household.id.in_({*photos, *cases})
        )
    )
    return {
        name_of(House(row.house_no, row.near, row.ordinal)): max(
            found[row.id] for found in (photos, cases) if row.id in found
        )
        for row in names
    }


def _photographed(session: Session, village_code: str) -> dict[int, dt.datetime]:
    """Household id to the time of its newest photo."""
    rows = session.execute(
        select(Media.household_id, func.max(Media.sent_at))
        .join(Household, Household.id == Media.household_id)
        .where(Household.village_code == village_code, Media.state.in_(KEPT))
        .group_by(Media.household_id)
    )
    return {household_id: sent_at for household_id, sent_at in rows if household_id is not None}


def waiting_photos(session: Session, account: LineAccount) -> tuple[WaitingPhoto, ...]:
    """The account's photos that show no household yet and are attached to no report, oldest first."""
    rows = session.execute(
        select(Media.id, Media.sent_at, Media.line_message_id)
        .where(
            Media.account_id == account.id,
            Media.state.in_(THERE),
            Media.household_id.is_(None),
            Media.obligation_id.is_(None),
            ~Media.sheet,
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
        or_(twin.id < Media.id, twin.household_id.is_not(None), twin.sheet),
        twin.obligation_id.is_(None),
    )


def bind_photo(session: Session, media_id: int, village_code: str, house: str) -> None:
    """Say which household a photo shows, by its name. One that the register does not know is added, marked as such."""
    media = session.get_one(Media, media_id)
    media.household_id, media.village_code = household_id(session, village_code, house), village_code
