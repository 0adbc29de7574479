"""A pasted list of people, read and checked row by row; once confirmed, each gets a code of their own to join with.

Nothing is written by reading. What is written are invitations: nobody becomes a member but by a code of their own or by
somebody's approval (services.people.joining), and a list is neither.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversation.join import LONGEST_NAME, SHORTEST_NAME
from bot.messages.bubbles import Text, Value
from bot.reading.people import PastedRow, PeopleReader
from models.people import JoinRequest, Membership, Person, RequestState, Role
from models.work import Audit
from services.desk.scope import Scope
from services.people import expected, invitations
from services.people.duties import KINDS
from services.people.people import Areas
from services.people.places import NoPlaceError, PlaceNames
from services.ports import Clock
from services.register.cells import holds_national_id, shown

MOST_ROWS: Final = 1000
_FORMULA = ("=", "+", "-", "@")
_WIDE, _NARROW = ("area", "district", "province"), ("area", "village", "moo", "tambon", "district", "province")
"""Columns that name a district or a province, and a village."""
_ABSENT = {"", "-", "–"}


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody of the list whom a code can be made for."""

    name: str
    role: str
    area_code: str
    phone: str
    """Shown beside the code, and never stored."""


@dataclass(frozen=True, slots=True)
class ReadRow:
    """What a row was read as, or what is wrong with it."""

    number: int
    typed: str
    """The name as it stands there, for whoever looks for the row."""
    named: Named | None = None
    area: str = ""
    """Of `named`, in words."""
    state: str = "new"
    """new; held: has this duty already; again: an unused code is replaced; asked: a request of theirs waits."""
    fault: Text | None = None


class _RowFaultError(Exception):
    def __init__(self, what: str, **values: Value) -> None:
        super().__init__(what)
        self.text = Text(f"desk.paste.fault.{what}", values)


@dataclass(frozen=True)
class Pasting:
    """For one member of staff, within the caller's session."""

    session: Session
    clock: Clock
    scope: Scope
    """Where the codes may be for."""
    roles: Collection[Role]
    """Which may be given."""
    admins: Scope
    """Where the codes of administrators may be for."""

    def read(self, rows: Iterable[PastedRow], reader: PeopleReader, places: PlaceNames, areas: Areas) -> list[ReadRow]:
        found = [self._row(row, reader, places) for row in rows]
        codes = {row.named.area_code for row in found if row.named is not None}
        areas.read(codes)
        states = _Standing.of(self.session, codes, self.clock)
        seen: dict[tuple[str, str, str], int] = {}
        return [self._placed(row, seen, states, areas) for row in found]

    def _row(self, row: PastedRow, reader: PeopleReader, places: PlaceNames) -> ReadRow:
        typed = shown(row.cells.get("name", "")) or shown(next(filter(None, row.every), ""))
        try:
            return ReadRow(row.number, typed, self._named(row, reader, places))
        except _RowFaultError as wrong:
            return ReadRow(row.number, typed, fault=wrong.text)

    def _named(self, row: PastedRow, reader: PeopleReader, places: PlaceNames) -> Named:
        if holds_national_id(list(row.every)):
            raise _RowFaultError("national_id")
        cells = {column: "" if text in _ABSENT else text for column, text in row.cells.items()}
        if any(text.startswith(_FORMULA) for column, text in cells.items() if column != "phone"):
            raise _RowFaultError("formula")
        name, phone = self._name(cells.get("name", ""), reader), ""
        if cells.get("phone"):
            phone = reader.phone(cells["phone"]) or ""
            if not phone:
                raise _RowFaultError("phone", heard=shown(cells["phone"]))
        role, area = self._role(cells, reader, places)
        return Named(name, role.value, area, phone)

    @staticmethod
    def _name(text: str, reader: PeopleReader) -> str:
        name = "".join(letter for letter in text if letter.isprintable())
        if reader.phone(name) or not any(letter.isalpha() for letter in name) or len(name) < SHORTEST_NAME:
            raise _RowFaultError("no_name")
        if len(name) > LONGEST_NAME:
            raise _RowFaultError("long_name", most=LONGEST_NAME)
        if sum(letter.isdigit() for letter in name) > len("12345678"):
            raise _RowFaultError("name_number")
        return name

    def _role(self, cells: Mapping[str, str], reader: PeopleReader, places: PlaceNames) -> tuple[Role, str]:
        """The role, and the area in which it is held. A word that may be two roles is settled by the area."""
        said = cells.get("role", "")
        known = [Role(role) for role in reader.roles(said)]
        if not known:
            raise _RowFaultError("role" if said else "no_role", heard=shown(said))
        roles = [role for role in known if role in self.roles]
        if not roles:
            raise _RowFaultError("not_yours")
        fault: _RowFaultError | None = None
        for role in roles:
            columns = _NARROW if role == Role.LEADER else _WIDE
            words = " ".join(filter(None, (cells.get(column, "") for column in columns)))
            if not words and len(known) > 1:
                raise _RowFaultError("no_area")
            try:
                area = places.find(words, KINDS[role])
            except NoPlaceError as error:
                what = "several" if error.several else f"no_{KINDS[role].value}"
                fault = fault or _RowFaultError(what, heard=shown(words) or "-", codes=", ".join(error.several))
            else:
                if self._allowed(role, area):
                    return role, area
                fault = fault or _RowFaultError("not_yours")
        raise fault or _RowFaultError("no_area")

    def _allowed(self, role: str, area_code: str) -> bool:
        return role in self.roles and (self.admins if role == Role.ADMIN else self.scope).sees(area_code)

    @staticmethod
    def _placed(row: ReadRow, seen: dict[tuple[str, str, str], int], standing: _Standing, areas: Areas) -> ReadRow:
        if row.named is None:
            return row
        key = (row.named.name, row.named.role, row.named.area_code)
        if key in seen:
            return ReadRow(row.number, row.typed, fault=Text("desk.paste.fault.twice", {"row": str(seen[key])}))
        seen[key] = row.number
        return ReadRow(row.number, row.typed, row.named, areas[row.named.area_code].name, standing.state(*key))

    def store(self, people: Sequence[Named], by: int) -> list[tuple[Named, str]]:
        """Make each a code: good once, for 30 days, in place of an earlier one that lies unused. Who holds the duty by
        now, or lies outside of what may be given, gets none."""
        now, made = self.clock.now(), []
        standing = _Standing.of(self.session, {one.area_code for one in people}, self.clock)
        for one in people:
            if (
                not self._allowed(one.role, one.area_code)
                or standing.state(one.name, one.role, one.area_code) == "held"
            ):
                continue
            expected.end_codes(self.session, one.name, one.role, one.area_code, now)
            made.append((one, invitations.invite(self.session, Role(one.role), one.area_code, now, name=one.name)))
            row = Audit(at=now, person_id=by, action="codes_made", subject=f"area {one.area_code}")
            row.area_code, row.detail = one.area_code, {"role": one.role}
            self.session.add(row)
        return made


@dataclass(frozen=True)
class _Standing:
    """Who does, may or wants to do what in some areas already, as (name, role, area)."""

    held: frozenset[tuple[str, str, str]]
    invited: frozenset[tuple[str, str, str]]
    asking: tuple[JoinRequest, ...]

    @classmethod
    def of(cls, session: Session, codes: Collection[str], clock: Clock) -> _Standing:
        held = session.execute(
            select(Person.name, Membership.role, Membership.area_code)
            .join(Membership, Membership.person_id == Person.id)
            .where(Membership.ended_at.is_(None), Membership.area_code.in_(codes))
        )
        invited = expected.among(session, codes, clock.now())
        waiting = JoinRequest.state == RequestState.PENDING.value, JoinRequest.area_code.in_(codes)
        return cls(
            frozenset((name, role, code) for name, role, code in held),
            frozenset((one.name, one.role, one.area_code) for one in invited),
            tuple(session.scalars(select(JoinRequest).where(*waiting))),
        )

    def state(self, name: str, role: str, code: str) -> str:
        if (name, role, code) in self.held:
            return "held"
        if any((one.role, one.area_code) == (role, code) and expected.same_name(one.name, name) for one in self.asking):
            return "asked"
        return "again" if (name, role, code) in self.invited else "new"
