"""A district's figures from what its leaders sent, counted in the database by the rule of
bot.conversation.household.checks: thousands of households, and the officer waits for an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, ColumnElement, Integer, Select, Subquery, cast, func, or_, select, true, union_all
from sqlalchemy.orm import Session

from models.area import Area, AreaKind, Household, inside
from models.household_case import HouseholdCase
from models.media import Media
from models.signature import Signature, SignerRole
from services.evidence.certified import certified_villages
from services.evidence.checks import KEPT

ANY = "any"
"""See services.campaigns.household_cases.WHEN."""
SENT = "sent_"
"""Before the name of a figure: so far, and not of the whole district."""


@dataclass(frozen=True, slots=True)
class DistrictFigures:
    """Villages that the register gives no households do not count, unless something was sent of them."""

    villages: int = 0
    sent_villages: int = 0
    """Of which something was sent."""
    villages_checked: int = 0
    """With a list of households, each of which is checked."""
    villages_certified: int = 0
    checked: int = 0
    complete: int = 0
    by_case: tuple[tuple[str, int], ...] = ()

    @property
    def whole(self) -> bool:
        """Every village of the district has sent something."""
        return 0 < self.villages == self.sent_villages

    def known(self, names: dict[str, str], when: str) -> dict[str, str]:
        """Known values by name: the form's own (`names` by figure) or, while villages are missing, those with SENT."""
        counted = {
            "villages_checked": self.villages_checked,
            "villages_certified": self.villages_certified,
            "checked": self.checked,
            "complete": self.complete,
            **dict(self.by_case),
        }
        if not self.sent_villages:
            return {}
        if self.whole or when == ANY:
            return {name: str(counted.get(figure, 0)) for figure, name in names.items()}
        sent = {f"{SENT}{figure}": str(count) for figure, count in counted.items()}
        return {**sent, f"{SENT}villages": str(self.sent_villages)}


def figures_of(session: Session, district_code: str) -> DistrictFigures:
    """As everything stands now."""
    here = inside(Household.village_code, district_code)
    villages = _by_village(here, _marks(here))
    total, registered, checked = villages.c.total, villages.c.registered, villages.c.checked
    row = session.execute(
        select(
            func.count(),
            *(
                func.coalesce(func.sum(wanted), 0)
                for wanted in (
                    _one(checked > 0),
                    _one((registered > 0) & (checked == total)),
                    checked,
                    villages.c.complete,
                )
            ),
        )
        .select_from(Area)
        .outerjoin(villages, villages.c.village_code == Area.code)
        .where(Area.kind == AreaKind.VILLAGE.value, inside(Area.code, district_code))
        .where(or_(Area.households.is_(None), Area.households > 0, total > 0))
    ).one()
    return DistrictFigures(
        villages=row[0],
        sent_villages=int(row[1]),
        villages_checked=int(row[2]),
        villages_certified=certified_villages(session, district_code),
        checked=int(row[3]),
        complete=int(row[4]),
        by_case=_by_case(session, here),
    )


def _one(holds: ColumnElement[bool]) -> ColumnElement[int]:
    return cast(func.coalesce(holds, False), Integer)


def _marks(here: ColumnElement[bool]) -> Subquery:
    """Household id with how many photos and respondents' signatures it has; a row for each that has anything."""
    none, one = cast(0, Integer), cast(1, Integer)
    photo = select(Media.household_id, one.label("photo"), none.label("signature")).where(Media.state.in_(KEPT))
    by_household = _one(Signature.role == SignerRole.RESPONDENT.value)
    signed = select(Signature.household_id, none, by_household).where(
        Signature.role.in_([SignerRole.RESPONDENT.value, SignerRole.WITNESS.value])
    )
    case = select(HouseholdCase.household_id, none, none)
    found: list[Select[Any, Any, Any]] = [
        part.join(Household, Household.id == part.selected_columns[0]).where(here) for part in (photo, signed, case)
    ]
    every = union_all(*found).subquery()
    return (
        select(
            every.c.household_id,
            func.max(every.c.photo).label("photo"),
            func.max(every.c.signature).label("signature"),
        )
        .group_by(every.c.household_id)
        .subquery()
    )


def _by_village(here: ColumnElement[bool], marks: Subquery) -> CTE:
    """Counts of each village's households: registered ones, and others of which something was sent."""
    checked = marks.c.household_id.is_not(None)
    return (
        select(
            Household.village_code,
            func.count().label("total"),
            func.sum(_one(Household.registered == true())).label("registered"),
            func.sum(_one(checked)).label("checked"),
            func.sum(_one((marks.c.photo > 0) & (marks.c.signature > 0))).label("complete"),
        )
        .outerjoin(marks, marks.c.household_id == Household.id)
        .where(here, or_(Household.registered == true(), checked))
        .group_by(Household.village_code)
        .cte("by_village")
    )


def _by_case(session: Session, here: ColumnElement[bool]) -> tuple[tuple[str, int], ...]:
    rows = session.execute(
        select(HouseholdCase.case, func.count())
        .join(Household, Household.id == HouseholdCase.household_id)
        .where(here)
        .group_by(HouseholdCase.case)
        .order_by(HouseholdCase.case)
    )
    return tuple((case, count) for case, count in rows)
