"""Requests to join that wait, as a list to decide from: what the register says of a name stands beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from bot.conversation.facts import AreaFacts
from models.area import Area
from models.people import Invitation, JoinRequest, RequestState, Role
from services.people.expected import among, matching
from services.people.people import Areas

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request to join, for a person to decide."""

    id: int
    name: str
    role: str
    area: AreaFacts
    created_at: dt.datetime
    in_register: bool
    """The register names a leader of just this name for the village."""
    expected: bool
    """A list of the province's names just this person for just this: a code was made for them, and lies unused."""


@dataclass(frozen=True)
class Requests:
    session: Session
    areas: Areas
    which: ColumnElement[bool]
    """What the visitor may decide (services.people.join_requests.may_decide)."""
    now: dt.datetime
    """Civil."""

    def page(self, page: int) -> tuple[tuple[Waiting, ...], bool]:
        """The oldest first, and whether there is more."""
        place = self._open().order_by(JoinRequest.id).offset((page - 1) * A_PAGE).limit(A_PAGE + 1)
        rows = self.session.scalars(place).all()
        self.areas.read(row.area_code for row in rows)
        awaited = among(self.session, {row.area_code for row in rows}, self.now)
        return tuple(self._waiting(row, awaited) for row in rows[:A_PAGE]), len(rows) > A_PAGE

    def among(self, numbers: Collection[int]) -> list[int]:
        """Those of `numbers` that wait and may be decided, in their order."""
        found = self._open().where(JoinRequest.id.in_(numbers)).order_by(JoinRequest.id)
        return [row.id for row in self.session.scalars(found)]

    def _open(self) -> Select[JoinRequest]:
        return select(JoinRequest).where(JoinRequest.state == RequestState.PENDING.value, self.which)

    def _waiting(self, row: JoinRequest, awaited: Sequence[Invitation]) -> Waiting:
        village = self.session.get(Area, row.area_code) if row.role == Role.LEADER else None
        named = village is not None and bool(row.name.strip()) and village.leader_name.strip() == row.name.strip()
        expected, area = bool(matching(row, awaited)), self.areas[row.area_code]
        return Waiting(row.id, row.name, row.role, area, row.created_at, named, expected)
