"""Volunteers: enough of them in each tambon, and names under which several ids or signatures stand."""

from __future__ import annotations

from typing import Final

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from models.area import Area, AreaKind, Household, inside
from models.register import Volunteer, VolunteerSignature
from services.quality.findings import Finding, Row, Where, page

WANTED: Final = 20
"""Volunteers of a tambon, by the survey's terms."""


def few_volunteers(session: Session, where: Where) -> Finding:
    """Tambons with villages and fewer than twenty volunteers."""
    tambon = func.substr(Volunteer.area_code, 1, 6)
    counted = (
        select(tambon.label("tambon"), func.count().label("number"))
        .where(Volunteer.registered.is_(True), inside(Volunteer.area_code, where.area))
        .group_by(tambon)
        .subquery()
    )
    with_villages = select(Area.parent_code).where(Area.kind == AreaKind.VILLAGE.value)
    number = func.coalesce(counted.c.number, 0)
    statement = (
        select(Area.code, Area.name_th, number)
        .outerjoin(counted, counted.c.tambon == Area.code)
        .where(
            Area.kind == AreaKind.TAMBON.value,
            inside(Area.code, where.area),
            Area.code.in_(with_villages),
            number < WANTED,
        )
        .order_by(Area.code)
    )
    total, rows = page(session, statement, where)
    found = (Row(code, {"tambon": name, "n": n, "missing": WANTED - n}) for code, name, n in rows)
    return Finding("few_volunteers", total, tuple(found))


def several_signatures(session: Session, where: Where) -> Finding:
    """Names with several ids, or with pictures that differ as files. A person compares them; no machine does."""
    ids = func.count(Volunteer.id.distinct())
    images = func.count(VolunteerSignature.sha256.distinct())
    own = Volunteer.registered.is_(True), inside(Volunteer.area_code, where.area)
    statement = (
        select(Volunteer.name, ids, images)
        .outerjoin(VolunteerSignature, VolunteerSignature.volunteer_id == Volunteer.id)
        .where(*own)
        .group_by(Volunteer.name)
        .having(or_(ids > 1, images > 1))
        .order_by(Volunteer.name)
    )
    total, rows = page(session, statement, where)
    names = [row[0] for row in rows]
    codes: dict[str, list[str]] = {name: [] for name in names}
    named = select(Volunteer.name, Volunteer.code).where(*own, Volunteer.name.in_(names)).order_by(Volunteer.code)
    for name, code in session.execute(named):
        codes[name].append(code)
    found = (Row(", ".join(codes[name]), {"name": name, "n": number}) for name, _ids, number in rows)
    return Finding("several_signatures", total, tuple(found))


def unknown_volunteers(session: Session, where: Where) -> Finding:
    """Ids that households name and the list of volunteers does not have."""
    # asked of each code by the index: NOT IN over half a million codes takes minutes on PostgreSQL
    known = exists().where(Volunteer.code == Household.volunteer_code, Volunteer.registered.is_(True))
    statement = (
        select(Household.volunteer_code, func.count())
        .where(
            Household.registered.is_(True),
            inside(Household.village_code, where.area),
            Household.volunteer_code != "",
            ~known,
        )
        .group_by(Household.volunteer_code)
        .order_by(Household.volunteer_code)
    )
    total, rows = page(session, statement, where)
    return Finding("unknown_volunteers", total, tuple(Row(code, {"n": number}) for code, number in rows))
