"""Signed paper sheets: a photo of one stands for the signatures of many households, for as long as the photo does."""

from __future__ import annotations

import datetime as dt
from typing import cast

from sqlalchemy import CursorResult, delete, func, select
from sqlalchemy.orm import Session

from bot.conversation.household.checks import SIGNATURE
from bot.conversation.household.names import House, name_of
from bot.conversation.household.sheet_facts import UnsignedOf
from bot.conversation.household_effects import CoverSheet
from models.area import Household
from models.campaign import Campaign
from models.household_case import HouseholdCase
from models.media import Media, MediaState
from models.people import LineAccount
from models.signature import Signature, SignedOn, SignerRole
from models.upsert import insert_or_ignore
from models.work import Audit
from services.calendar import BANGKOK
from services.campaigns.household_cases import cases_of
from services.evidence.checks import KEPT, checks_of, household_id
from services.evidence.pictures.look_alikes import forget_pairs, remember
from services.ports import Clock


def cover(session: Session, media: Media, account: LineAccount, effect: CoverSheet, clock: Clock) -> None:
    """Note that a photo shows a sheet and which households signed it. Raises LookupError for a guest."""
    if account.person_id is None:
        raise LookupError(f"account {account.id} is nobody's")
    media.sheet, media.village_code, media.said_in = True, effect.village_code, effect.said_in
    forget_pairs(session, media.id)
    for house in effect.houses:
        household = household_id(session, effect.village_code, house)
        values = {
            "nonce": f"sheet-{media.id}-{household}",
            "village_code": effect.village_code,
            "household_id": household,
            "role": SignerRole.RESPONDENT.value,
            "signed_on": SignedOn.PAPER.value,
            "media_id": media.id,
            "person_id": account.person_id,
            "signed_at": clock.now(),
        }
        insert_or_ignore(session, Signature, values)
    _note(session, media, account.person_id, "sheet_covered", len(effect.houses), clock.now())


def uncover(session: Session, media: Media, now: dt.datetime) -> int:
    """The photo is of a sheet no more: its signatures go, and how many is returned. `now` is civil."""
    if not media.sheet:
        return 0
    media.sheet = False
    gone = cast("CursorResult[None]", session.execute(delete(Signature).where(Signature.media_id == media.id))).rowcount
    if media.state == MediaState.STORED.value:
        remember(session, media.id, now)
    _note(session, media, None, "sheet_uncovered", gone, now)
    return gone


def _note(session: Session, media: Media, person_id: int | None, action: str, n: int, now: dt.datetime) -> None:
    subject, code, detail = f"media {media.id}", media.village_code or "", {"households": n}
    session.add(Audit(at=now, person_id=person_id, action=action, subject=subject, area_code=code, detail=detail))


def covered(session: Session, media: Media) -> int:
    """How many households signed a sheet."""
    return session.scalars(select(func.count()).where(Signature.media_id == media.id)).one()


def unsigned_of(session: Session, campaign: Campaign | None, query: UnsignedOf) -> tuple[str, ...]:
    """See UnsignedOf."""
    start = dt.datetime.combine(query.day, dt.time(), BANGKOK)
    within = start, start + dt.timedelta(days=1)
    photographed = select(Media.household_id).where(
        Media.state.in_(KEPT), Media.sent_at >= within[0], Media.sent_at < within[1], Media.household_id.is_not(None)
    )
    told = select(HouseholdCase.household_id).where(HouseholdCase.at >= within[0], HouseholdCase.at < within[1])
    rows = session.scalars(
        select(Household).where(
            Household.village_code == query.village_code, Household.id.in_(photographed.union(told))
        )
    )
    sent = {name_of(House(row.house_no, row.near, row.ordinal)) for row in rows}
    cases = cases_of(campaign.settings if campaign else None)
    checks = checks_of(session, query.village_code, campaign) if sent else ()
    return tuple(check.house for check in checks if check.house in sent and SIGNATURE in check.missing(cases))
