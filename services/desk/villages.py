"""The list of villages: how far each is, a page at a time, counted by the database.

The rule is that of bot.conversation.household.checks: checked is anything sent; complete is a photo and the
respondent's signature; a case excuses parts; a house that the register does not know counts once something was sent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from bot.conversation.facts import AreaFacts
from bot.conversation.household.checks import PARTS, PHOTO, SIGNATURE, Case
from models.area import Area, AreaKind, Household, inside
from models.household_case import HouseholdCase
from models.media import Media
from models.signature import Signature, SignerRole
from services.desk.scope import DISTRICT_DIGITS, PROVINCE_DIGITS, Scope
from services.evidence.checks import KEPT
from services.people.people import Areas

A_PAGE = 40


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the list is asked for."""

    area: str = ""
    """A district or tambon; "" is everything that the visitor may see."""
    missing: bool = False
    """Only villages with a household that lacks something."""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Counts:
    total: int = 0
    checked: int = 0
    complete: int = 0
    lacking: int = 0
    """Households that have neither all parts nor a case that excuses the rest; those not checked included."""


@dataclass(frozen=True, slots=True)
class VillageLine:
    area: AreaFacts
    counts: Counts


@dataclass(frozen=True, slots=True)
class Villages:
    lines: tuple[VillageLine, ...]
    page: int
    more: bool
    """There is a further page."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the list can be narrowed to: the districts that the visitor sees, and the tambons of the one chosen."""

    districts: tuple[AreaFacts, ...]
    """Whoever watches over many provinces chooses one of these first: then they stand here, each before its
    districts."""
    tambons: tuple[AreaFacts, ...]


@dataclass(frozen=True)
class VillageList:
    session: Session
    scope: Scope
    areas: Areas
    cases: Collection[Case]

    def page(self, wanted: Wanted) -> Villages:
        """One page, in the order of the codes."""
        chosen = select(Area).where(
            Area.kind == AreaKind.VILLAGE.value, self.scope.narrowed(wanted.area).within(Area.code)
        )
        if wanted.missing:
            chosen = chosen.where(self._lacks_something())
        rows = self.session.scalars(
            chosen.order_by(Area.code).offset((wanted.page - 1) * A_PAGE).limit(A_PAGE + 1)
        ).all()
        shown = rows[:A_PAGE]
        self.areas.read(area.code for area in shown)
        counted = self.counts(area.code for area in shown)
        lines = tuple(VillageLine(self.areas[area.code], counted.get(area.code, Counts())) for area in shown)
        return Villages(lines, wanted.page, len(rows) > A_PAGE)

    def counts(self, codes: Iterable[str]) -> dict[str, Counts]:
        """Of some villages; one without households is left out."""
        here = Household.village_code.in_(list(codes))
        marks = self._marks(here)
        photo, signed = marks.c.photo > 0, marks.c.signed > 0
        lacking = or_(
            marks.c.household_id.is_(None),
            and_(~photo, marks.c.no_photo_needed == 0),
            and_(~signed, marks.c.no_signature_needed == 0),
        )
        found = self.session.execute(
            select(
                Household.village_code,
                func.count(),
                func.count(marks.c.household_id),
                *(func.sum(case((holds, 1), else_=0)) for holds in (and_(photo, signed), lacking)),
            )
            .outerjoin(marks, marks.c.household_id == Household.id)
            .where(here, or_(Household.registered, marks.c.household_id.is_not(None)))
            .group_by(Household.village_code)
        )
        return {code: Counts(*(int(figure) for figure in figures)) for code, *figures in found}

    def choices(self, area: str) -> Choices:
        """`area`: what is chosen now, "" for everything."""
        own = self._codes(AreaKind.DISTRICT, self._offered(area).within(Area.code))
        if self.scope.wide:
            own = sorted([*own, *self._codes(AreaKind.PROVINCE, Area.code.in_(self.scope.codes))])
        below = self._codes(AreaKind.TAMBON, inside(Area.code, area[:4])) if len(area) >= DISTRICT_DIGITS else []
        self.areas.read([*own, *below])
        seen = tuple(code for code in below if self.scope.sees(code))
        return Choices(tuple(self.areas[code] for code in own), tuple(self.areas[code] for code in seen))

    def _offered(self, area: str) -> Scope:
        """Whose districts can be chosen: of many provinces those of the chosen one, and what is seen besides them."""
        if not self.scope.wide:
            return self.scope
        chosen = area[:PROVINCE_DIGITS]
        return Scope.of(
            code
            for code in (*self.scope.codes, *((chosen,) if self.scope.sees(chosen) else ()))
            if len(code) > PROVINCE_DIGITS or code == chosen
        )

    def _codes(self, kind: AreaKind, which: ColumnElement[bool]) -> list[str]:
        return list(self.session.scalars(select(Area.code).where(Area.kind == kind.value, which).order_by(Area.code)))

    def _marks(self, here: ColumnElement[bool]) -> Subquery:
        """A row for each household that anything was sent of: whether photo and signature are there or not needed.

        Gathered once over all that was sent, not asked anew of each household: half the time on a page of villages.
        """
        nothing, one = literal(0), literal(1)
        in_excuses = {part: HouseholdCase.case.in_(self._excusing(part)) for part in PARTS}
        roles = [SignerRole.RESPONDENT.value, SignerRole.WITNESS.value]
        by_household = _one(Signature.role == SignerRole.RESPONDENT.value)
        signed, p, s = nothing.label("signed"), nothing.label("p"), nothing.label("s")
        sent: list[Select[Any, Any, Any, Any, Any]] = [
            select(Media.household_id, one.label("photo"), signed, p, s).where(Media.state.in_(KEPT)),
            select(Signature.household_id, nothing, by_household, nothing, nothing).where(Signature.role.in_(roles)),
            select(HouseholdCase.household_id, nothing, nothing, _one(in_excuses[PHOTO]), _one(in_excuses[SIGNATURE])),
        ]
        every = union_all(
            *(part.join(Household, Household.id == part.selected_columns[0]).where(here) for part in sent)
        ).subquery()
        return (
            select(
                every.c.household_id,
                func.max(every.c.photo).label("photo"),
                func.max(every.c.signed).label("signed"),
                func.max(every.c.p).label("no_photo_needed"),
                func.max(every.c.s).label("no_signature_needed"),
            )
            .group_by(every.c.household_id)
            .subquery()
        )

    def _excusing(self, part: str) -> list[str]:
        return [case.key for case in self.cases if part in case.excuses]

    def _lacks_something(self) -> ColumnElement[bool]:
        """Of a village. Houses that the register does not know were sent something: they count."""
        lacking = or_(
            and_(~_photo(), ~_has_case(self._excusing(PHOTO))),
            and_(~_signed(SignerRole.RESPONDENT), ~_has_case(self._excusing(SIGNATURE))),
        )
        return exists().where(Household.village_code == Area.code, Household.registered, lacking)


def _photo() -> ColumnElement[bool]:
    return exists().where(Media.household_id == Household.id, Media.state.in_(KEPT))


def _signed(role: SignerRole) -> ColumnElement[bool]:
    return exists().where(Signature.household_id == Household.id, Signature.role == role.value)


def _has_case(keys: Collection[str]) -> ColumnElement[bool]:
    if not keys:
        return false()
    return exists().where(HouseholdCase.household_id == Household.id, HouseholdCase.case.in_(list(keys)))


def _one(holds: ColumnElement[bool]) -> ColumnElement[int]:
    return case((holds, 1), else_=0)
