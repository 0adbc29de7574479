"""Households: one volunteer each, of the base's year, and no copy of the year before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, extract, func, literal, or_, select
from sqlalchemy.orm import Session

from models.area import Household, inside
from models.register import EarlierRecord
from services.quality.findings import Finding, Row, Where, page

BUDDHIST = 543
_COLUMNS = (Household.village_code, Household.house_no, Household.near)
_ORDER = (Household.village_code, Household.position, Household.id)


def _listed(where: Where) -> tuple[ColumnElement[bool], ...]:
    return Household.registered.is_(True), inside(Household.village_code, where.area)


def _subject(row: Sequence[Any]) -> str:
    village, number, near = row[:3]
    return f"{village} {number or f'({near})'}"


def no_volunteer(session: Session, where: Where) -> Finding:
    """Households that nobody is said to have collected."""
    statement = select(*_COLUMNS).where(*_listed(where), Household.volunteer_code == "").order_by(*_ORDER)
    total, rows = page(session, statement, where)
    return Finding("no_volunteer", total, tuple(Row(_subject(row)) for row in rows))


def two_volunteers(session: Session, where: Where) -> Finding:
    """Households for which the register names more than one volunteer."""
    statement = (
        select(*_COLUMNS, Household.volunteer_code, Household.other_volunteers)
        .where(*_listed(where), Household.other_volunteers != "")
        .order_by(*_ORDER)
    )
    total, rows = page(session, statement, where)
    found = (Row(_subject(row), {"list": ", ".join([row[3], *row[4].split()])}) for row in rows)
    return Finding("two_volunteers", total, tuple(found))


def base_year(session: Session, where: Where) -> int | None:
    """The survey year that is wanted: the one given, else the one that most households have."""
    if where.year is not None:
        return where.year
    counted = select(Household.survey_year).where(*_listed(where), Household.survey_year.is_not(None))
    order = func.count().desc(), Household.survey_year.desc()
    return session.scalar(counted.group_by(Household.survey_year).order_by(*order).limit(1))


def other_year(session: Session, where: Where) -> Finding:
    """Households whose newest record is of another year than the base's."""
    year = base_year(session, where)
    if year is None:
        return Finding("other_year", 0, ())
    statement = (
        select(*_COLUMNS, Household.survey_year)
        .where(*_listed(where), Household.survey_year.is_not(None), Household.survey_year != year)
        .order_by(*_ORDER)
    )
    total, rows = page(session, statement, where)
    found = (Row(_subject(row), {"year": str(row[3] + BUDDHIST), "base": str(year + BUDDHIST)}) for row in rows)
    return Finding("other_year", total, tuple(found))


def copies(session: Session, where: Where) -> Finding:
    """Records that say the same as the year before in all but the year; at least a day or a count is compared."""
    equal = [
        getattr(Household, name).is_not_distinct_from(getattr(EarlierRecord, name))
        for name in ("head_name", "volunteer_code", "members", "has_photo", "has_signature", "on_web")
    ]
    days = (
        extract(part, Household.surveyed_on).is_not_distinct_from(extract(part, EarlierRecord.surveyed_on))
        for part in ("month", "day")
    )
    statement = (
        select(*_COLUMNS, Household.survey_year)
        .join(EarlierRecord, EarlierRecord.household_id == Household.id)
        .where(
            *_listed(where),
            EarlierRecord.survey_year == Household.survey_year - 1,
            or_(Household.members.is_not(None), Household.surveyed_on.is_not(None)),
            and_(*equal, *days),
        )
        .order_by(*_ORDER)
    )
    total, rows = page(session, statement, where)
    found = (Row(_subject(row), {"year": str(row[3] + BUDDHIST), "before": str(row[3] + BUDDHIST - 1)}) for row in rows)
    return Finding("copies", total, tuple(found))


def households_of(session: Session, volunteer_code: str, where: Where) -> Finding:
    """The list of a volunteer's households, those included that name them second."""
    spaced = literal(" ") + Household.other_volunteers + " "
    own = or_(
        Household.volunteer_code == volunteer_code,
        and_(Household.other_volunteers != "", spaced.contains(f" {volunteer_code} ", autoescape=True)),
    )
    total, rows = page(session, select(*_COLUMNS).where(*_listed(where), own).order_by(*_ORDER), where)
    return Finding("volunteer_list", total, tuple(Row(_subject(row)) for row in rows))
