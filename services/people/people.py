"""Who somebody is and where, as facts for the conversation."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversation.facts import AreaFacts, PersonFacts, RequestFacts, RoleFacts
from bot.messages.bubbles import Text, Value
from bot.messages.catalogue import Catalogue
from models.area import Area, AreaKind
from models.people import JoinRequest, LineAccount, Membership, Person, RequestState


def area_facts(catalogue: Catalogue, area: Area, parents: dict[str, Area]) -> AreaFacts:
    """The area's name as people say it in the catalogue's locale, with its kind: อำเภอภูเรือ, Phu Ruea district."""
    locale = catalogue.locale
    short = _name(area, locale)
    values: dict[str, Value] = {area.kind: short}
    for above in parents.values():
        values[above.kind] = _name(above, locale)
    if area.moo is not None:
        values["moo"] = area.moo
    return AreaFacts(area.code, area.kind, catalogue.say(Text(f"area.{area.kind}", values)), short)


def _name(area: Area, locale: str) -> str:
    return area.name_th if locale == "th" or not area.name_en else area.name_en


class Areas:
    """Area facts of one locale, read when first asked for within a turn."""

    def __init__(self, session: Session, catalogue: Catalogue) -> None:
        self._session = session
        self._catalogue = catalogue
        self._read: dict[str, Area] = {}
        """A session alone would forget them as soon as nobody holds them."""

    @property
    def locale(self) -> str:
        return self._catalogue.locale

    def read(self, codes: Iterable[str]) -> None:
        """Read many at once, with the tambons and districts above them, rather than one by one when asked for."""
        wanted = {part for code in codes for part in (code, code[:6], code[:4])} - self._read.keys()
        for area in self._session.scalars(select(Area).where(Area.code.in_(wanted))) if wanted else ():
            self._read[area.code] = area

    def facts(self, codes: Iterable[str]) -> tuple[AreaFacts, ...]:
        """Of many, in their order, with few questions to the database."""
        wanted = tuple(codes)
        self.read(wanted)
        return tuple(self[code] for code in wanted)

    def __getitem__(self, code: str) -> AreaFacts:
        area = self._area(code)
        return area_facts(self._catalogue, area, self._parents(area))

    def _area(self, code: str) -> Area:
        if code not in self._read:
            self._read[code] = self._session.get_one(Area, code)
        return self._read[code]

    def _parents(self, area: Area) -> dict[str, Area]:
        """The tambon and district above a village, by code."""
        above: dict[str, Area] = {}
        while area.parent_code is not None and area.kind in {AreaKind.VILLAGE, AreaKind.TAMBON}:
            area = self._area(area.parent_code)
            above[area.code] = area
        return above


def person_facts(session: Session, account: LineAccount, areas: Areas) -> PersonFacts | None:
    """The person behind the account with their roles of today; None for a guest."""
    if account.person_id is None:
        return None
    person = session.get_one(Person, account.person_id)
    held = session.scalars(
        select(Membership)
        .where(Membership.person_id == person.id, Membership.ended_at.is_(None))
        .order_by(Membership.since, Membership.id)
    ).all()
    if len(held) > 1:  # one is a look at what the session holds already
        areas.read(row.area_code for row in held)
    roles = tuple(RoleFacts(row.role, areas[row.area_code]) for row in held)
    return PersonFacts(person.id, person.name, roles) if roles else None


def waiting_request(session: Session, account: LineAccount, areas: Areas) -> RequestFacts | None:
    row = session.scalar(
        select(JoinRequest)
        .where(JoinRequest.account_id == account.id, JoinRequest.state == RequestState.PENDING.value)
        .order_by(JoinRequest.id.desc())
        .limit(1)
    )
    return request_facts(row, areas) if row else None


def request_facts(row: JoinRequest, areas: Areas) -> RequestFacts:
    return RequestFacts(row.id, row.name, row.role, areas[row.area_code])
