"""An office with the tambons of one province and a register to fill, on both databases."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from models.area import Area, Household
from models.base import make_sessions
from services.calendar import BANGKOK
from services.register.register import Register
from services.register.runs import Imported
from services.texts import Texts
from tests.support.fake_line import FakeMedia
from tests.support.runtime import StoppedClock

TEXTS = Texts()
VILLAGE, NEIGHBOUR = "42070605", "42070606"


@dataclass
class Office:
    sessions: sessionmaker[Session]
    media: FakeMedia = field(default_factory=FakeMedia)
    clock: StoppedClock = field(default_factory=StoppedClock)

    @property
    def register(self) -> Register:
        return Register(self.sessions, self.clock, self.media, TEXTS)

    def load(self, kind: str, *lines: str, encoding: str = "utf-8-sig", **options: Any) -> Imported:
        file = io.BytesIO("\n".join(lines).encode(encoding))
        return self.register.import_table(kind, file, f"{kind}.csv", **options)

    def figures(self, kind: str, *lines: str, **options: Any) -> tuple[int, int, int, int]:
        """Added, changed, same, refused."""
        done = self.load(kind, *lines, **options)
        return done.tally.counts.added, done.tally.counts.changed, done.tally.counts.same, done.tally.refused

    def problems(self, kind: str, *lines: str, **options: Any) -> list[tuple[int, str]]:
        return [(fault.row, fault.what) for fault in self.load(kind, *lines, **options).faults]

    def households(self, *columns: str) -> list[tuple[Any, ...]]:
        order = Household.village_code, Household.position, Household.id
        return self.rows(select(*(getattr(Household, name) for name in columns)).order_by(*order))

    def rows(self, statement: Any) -> list[tuple[Any, ...]]:
        with self.sessions() as session:
            return [tuple(row) for row in session.execute(statement)]

    def exported(self, kind: str, form: str = "csv", **options: Any) -> bytes:
        file = io.BytesIO()
        self.register.export(kind, file, form, **options)
        return file.getvalue()


def areas(session: Session, villages: Sequence[str]) -> None:
    rows = [("42", "province", None), ("4207", "district", "42"), ("420706", "tambon", "4207")]
    rows += [("420707", "tambon", "4207"), *((code, "village", code[:6]) for code in villages)]
    for code, kind, parent in rows:
        session.add(Area(code=code, kind=kind, parent_code=parent, name_th=f"ชื่อ {code}"))
        session.flush()


@pytest.fixture
def office(engine: Engine) -> Office:
    sessions = make_sessions(engine)
    with sessions() as session, session.begin():
        areas(session, [VILLAGE, NEIGHBOUR])
    office = Office(sessions)
    office.clock.civil = dt.datetime(2021, 6, 7, 9, tzinfo=BANGKOK)
    return office
