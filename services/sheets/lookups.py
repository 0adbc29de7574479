"""From what a conversation asks about paper (services.chat.facts) to what the register says."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from bot.conversation.facts import AreaFacts, Facts
from bot.conversation.sheet_facts import SheetFile, SheetOf, VillagesNamed
from models.area import Area, AreaKind, inside
from services.desk.scope import DISTRICT_DIGITS, Scope
from services.evidence.sign_links import SignLinks
from services.people.people import Areas
from services.sheets.links import GOOD_FOR, SheetLink, SheetLinks

MOST = 9
"""One more than is offered."""


def sheet_file(session: Session, links: SignLinks | None, facts: Facts, query: SheetOf) -> SheetFile:
    """See SheetOf. Raises LookupError where there can be none."""
    if links is None or facts.person is None:
        raise LookupError(query.area_code)
    link = SheetLink(query.area_code, query.kind, facts.person.id)
    address = SheetLinks.beside(links).make(link, facts.now)
    return SheetFile(address, facts.now + GOOD_FOR, count_villages(session, query.area_code))


def count_villages(session: Session, area_code: str) -> int:
    """Villages of an area; one of a village itself."""
    here = Area.kind == AreaKind.VILLAGE.value, inside(Area.code, area_code)
    return session.scalars(select(func.count()).select_from(Area).where(*here)).one()


def count_villages_of(session: Session, codes: Collection[str]) -> dict[str, int]:
    """Of each of these districts or provinces, counted together."""
    district = func.substr(Area.code, 1, DISTRICT_DIGITS)
    here = Area.kind == AreaKind.VILLAGE.value, Scope.of(codes).within(Area.code)
    found = session.execute(select(district, func.count()).where(*here).group_by(district)).all()
    return {code: sum(count for below, count in found if below.startswith(code)) for code in codes}


def villages_named(session: Session, areas: Areas, query: VillagesNamed) -> tuple[AreaFacts, ...]:
    """See VillagesNamed; nothing for a name of which nothing was understood."""
    named = query.named
    if not named.code and named.moo is None and not named.parts:
        return ()
    tambon, district = aliased(Area), aliased(Area)
    wanted = (
        select(Area.code)
        .outerjoin(tambon, tambon.code == Area.parent_code)
        .outerjoin(district, district.code == tambon.parent_code)
        .where(Area.kind == AreaKind.VILLAGE.value)
        .where(or_(*(inside(Area.code, code) for code in query.inside)))
        .order_by(Area.code)
        .limit(MOST)
    )
    if named.code:
        wanted = wanted.where(Area.code == named.code)
    elif named.moo is not None:
        wanted = wanted.where(Area.moo == named.moo)
    for part in named.parts:
        names = (column for place in (Area, tambon, district) for column in (place.name_th, place.name_en))
        wanted = wanted.where(or_(*(func.lower(name).contains(part.lower(), autoescape=True) for name in names)))
    return areas.facts(session.scalars(wanted))
