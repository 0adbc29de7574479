"""One village as its page shows it: every household, what it has, its cases, its photos."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from bot.conversation.household.checks import Case, HouseCheck, VillageCounts, count
from bot.conversation.household.names import House, name_of
from models.area import Household
from models.campaign import Campaign
from models.media import Media, MediaState
from models.signature import Signature
from services.evidence.checks import checks_by_id

A_PAGE = 60
PHOTOS_A_PAGE = 48


@dataclass(frozen=True, slots=True)
class HouseLine:
    """One household."""

    id: int
    check: HouseCheck
    missing: tuple[str, ...]
    """PARTS that it neither has nor is excused from."""
    cases: tuple[Case, ...]
    photos: tuple[int, ...]
    """Stored photos that can be shown, the oldest first."""
    signatures: tuple[int, ...]
    """Drawn on a screen; one on paper is in the photo of its sheet."""


@dataclass(frozen=True, slots=True)
class Village:
    counts: VillageCounts
    lacking: int
    """Households of `counts` that lack something, those not checked included."""
    cases: tuple[tuple[Case, int], ...]
    """Each case with its households."""
    lines: tuple[HouseLine, ...]
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class ShownPhoto:
    """A photo with what is written under it."""

    id: int
    house: str
    """The household's name; "" while no house is known."""
    sheet: bool
    """It shows a signed paper sheet."""
    sent_at: dt.datetime


@dataclass(frozen=True)
class HouseReader:
    session: Session
    campaign: Campaign | None
    cases: Sequence[Case]

    def village(self, code: str, *, missing: bool, page: int) -> Village:
        """A page of the village's households, in the order of its list; `missing`: only those that lack something."""
        checks = checks_by_id(self.session, code, self.campaign)
        counted = [(number, check) for number, check in checks if check.registered or check.checked]
        lacking = {number for number, check in counted if check.missing(self.cases)}
        wanted = [(number, check) for number, check in counted if not missing or number in lacking]
        shown = wanted[(page - 1) * A_PAGE : page * A_PAGE]
        counts = count([check for _number, check in checks], self.cases)
        return Village(
            counts,
            len(lacking),
            tuple((case, counts.by_case.get(case.key, 0)) for case in self.cases),
            self._lines(shown),
            page,
            len(wanted) > page * A_PAGE,
        )

    def _lines(self, shown: Sequence[tuple[int, HouseCheck]]) -> tuple[HouseLine, ...]:
        numbers = [number for number, _check in shown]
        photos = self._by_house(_photos(numbers))
        drawn = select(Signature.household_id, Signature.id).where(
            Signature.household_id.in_(numbers), Signature.storage_key != ""
        )
        signatures = self._by_house(drawn.order_by(Signature.id))
        return tuple(
            HouseLine(
                number,
                check,
                check.missing(self.cases),
                tuple(case for case in self.cases if case.key in check.cases),
                photos[number],
                signatures[number],
            )
            for number, check in shown
        )

    def _by_house(self, found: Select[int | None, int]) -> dict[int, tuple[int, ...]]:
        sorted_out: dict[int, tuple[int, ...]] = defaultdict(tuple)
        for household, number in self.session.execute(found):
            sorted_out[household or 0] += (number,)
        return sorted_out

    def gallery(self, code: str, page: int) -> tuple[tuple[ShownPhoto, ...], bool]:
        """A page of the village's photos, the oldest first, and whether there are more."""
        rows = self.session.execute(
            _of_village(code).order_by(Media.id).offset((page - 1) * PHOTOS_A_PAGE).limit(PHOTOS_A_PAGE + 1)
        ).all()
        return tuple(_shown(media, house) for media, house in rows[:PHOTOS_A_PAGE]), len(rows) > PHOTOS_A_PAGE

    def photo(self, code: str, number: int) -> tuple[ShownPhoto, int | None, int | None] | None:
        """A photo of the village with the ids of the ones before and after it; None when it is none of the village."""
        here = self.session.execute(_of_village(code).where(Media.id == number)).first()
        if here is None:
            return None
        before = self.session.execute(_of_village(code).where(Media.id < number).order_by(Media.id.desc()).limit(1))
        after = self.session.execute(_of_village(code).where(Media.id > number).order_by(Media.id).limit(1))
        ids = [row[0].id if row is not None else None for row in (before.first(), after.first())]
        return _shown(*here), ids[0], ids[1]


def _photos(numbers: Collection[int]) -> Select[int | None, int]:
    return (
        select(Media.household_id, Media.id)
        .where(Media.household_id.in_(list(numbers)), Media.state == MediaState.STORED.value, Media.thumbnail_key != "")
        .order_by(Media.sent_at, Media.id)
    )


def _of_village(code: str) -> Select[Media, Household]:
    """Photos of the village's households, and those sent for it that no house is known of yet."""
    bound = select(Media.id).join(Household, Household.id == Media.household_id).where(Household.village_code == code)
    loose = select(Media.id).where(and_(Media.household_id.is_(None), Media.village_code == code))
    return (
        select(Media, Household)
        .outerjoin(Household, Household.id == Media.household_id)
        .where(
            Media.id.in_(bound.union_all(loose)),
            Media.state == MediaState.STORED.value,
            Media.thumbnail_key != "",
        )
    )


def _shown(media: Media, house: Household | None) -> ShownPhoto:
    name = name_of(House(house.house_no, house.near, house.ordinal)) if house is not None else ""
    return ShownPhoto(media.id, name, media.sheet, media.sent_at)
