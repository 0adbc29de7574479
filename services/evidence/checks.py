"""What has been sent of every household of a village, gathered from photos, signatures and cases."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bot.conversation.household.checks import Case, HouseCheck, VillageCounts, count
from bot.conversation.household.names import House, house_of, name_of
from models.area import Household
from models.campaign import Campaign
from models.household_case import HouseholdCase
from models.media import Media, MediaState
from models.signature import Signature, SignerRole
from models.upsert import insert_or_ignore
from services.campaigns.household_cases import cases_of

THERE = (MediaState.WANTED.value, MediaState.STORED.value)
"""Of a photo that can be looked at, now or in a moment."""
KEPT = (*THERE, MediaState.PURGED.value)
"""A photo counts from the moment it was sent, also when it has been removed after its time; what is lost or refused
does not count any more."""

LIST_ORDER = (Household.position, Household.id)
"""A village's list: its registered households in this order are rows 1, 2, 3 of the visit sheet and in the chat."""


def checks_of(session: Session, village_code: str, campaign: Campaign | None) -> tuple[HouseCheck, ...]:
    """Every household of the village in the order of its list; each has its cases in the order of the campaign's."""
    return tuple(check for _household_id, check in checks_by_id(session, village_code, campaign))


def checks_by_id(session: Session, village_code: str, campaign: Campaign | None) -> tuple[tuple[int, HouseCheck], ...]:
    """As `checks_of`, each with the household's id."""
    here = Household.village_code == village_code
    photos = _ids(session, select(Media.household_id).where(Media.state.in_(KEPT)).join(Household).where(here))
    signed = select(Signature.household_id).join(Household).where(here)
    respondents = _ids(session, signed.where(Signature.role == SignerRole.RESPONDENT.value))
    witnesses = _ids(session, signed.where(Signature.role == SignerRole.WITNESS.value))
    held = _cases(session, village_code)
    order = [case.key for case in cases_of(campaign.settings if campaign else None)]
    rows = session.scalars(select(Household).where(here).order_by(*LIST_ORDER))
    return tuple(
        (
            row.id,
            HouseCheck(
                house=name_of(House(row.house_no, row.near, row.ordinal)),
                registered=row.registered,
                photo=row.id in photos,
                signature=row.id in respondents,
                witnessed=row.id in witnesses,
                cases=tuple(
                    sorted(held[row.id], key=lambda key: (order.index(key) if key in order else len(order), key))
                ),
            ),
        )
        for row in rows
    )


def _ids(session: Session, wanted: Select[int | None]) -> set[int | None]:
    return set(session.scalars(wanted.distinct()))


def _cases(session: Session, village_code: str) -> dict[int, list[str]]:
    rows = session.execute(
        select(HouseholdCase.household_id, HouseholdCase.case)
        .join(Household, Household.id == HouseholdCase.household_id)
        .where(Household.village_code == village_code)
    )
    held: dict[int, list[str]] = defaultdict(list)
    for household_id, case in rows:
        held[household_id].append(case)
    return held


def village_counts(session: Session, village_code: str, campaign: Campaign | None) -> VillageCounts:
    """The village's summary as it stands now."""
    cases: tuple[Case, ...] = cases_of(campaign.settings if campaign else None)
    return count(checks_of(session, village_code, campaign), cases)


def household_id(session: Session, village_code: str, name: str) -> int:
    """The household of a name; one that the register does not know is added, marked so."""
    insert_or_ignore(session, Household, {**_key(village_code, name), "position": 0, "registered": False})
    return session.scalars(select(Household.id).filter_by(**_key(village_code, name))).one()


def find_household(session: Session, village_code: str, name: str) -> int | None:
    """The household of a name; None when nobody has heard of it."""
    return session.scalar(select(Household.id).filter_by(**_key(village_code, name)))


def _key(village_code: str, name: str) -> dict[str, str | int]:
    house = house_of(name)
    return {"village_code": village_code, "house_no": house.number, "near": house.near, "ordinal": house.ordinal}
