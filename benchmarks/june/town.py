"""Loei in June: the campaign loaded, an officer, a deputy and a head in each district, staff in the province."""

from __future__ import annotations

import datetime as dt
import shutil
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine, select, update

from benchmarks.june.calendar import DEPUTY, DISTRICTS, HEAD, OF_PROVINCE, OFFICER, STAFF
from models.base import make_engine
from models.campaign import Campaign, Form, Round
from models.obligation import Obligation, ObligationState
from models.people import LineAccount
from services.ledger import ledger
from services.ports import LineGateway
from services.reminders.dropped import Dropped, dropped
from tests.support.databases import SqliteTemplate, hurry
from tests.support.fake_line import FakeMedia
from tests.support.loaded import LoadedFile, share
from tests.support.runtime import StoppedClock, TestRuntime
from tests.support.settings import settings

PROVINCE = "42"


@dataclass
class WorkingQueue:
    """A queue whose workers are at hand: whatever is rung for is done at once."""

    work: Callable[[str, int], None] = lambda _job, _subject: None

    def ring(self, job: str, subject_id: int) -> bool:
        self.work(job, subject_id)
        return True

    def check(self) -> None:
        """Always there."""


@dataclass(frozen=True)
class Office:
    """A database file with everybody in it, to be copied for each June."""

    path: Path
    people: dict[str, tuple[str, str]]
    """LINE user id -> (role, area)."""

    @staticmethod
    def open(folder: Path) -> Office:
        loaded = LoadedFile.make(SqliteTemplate(folder), folder)
        people: dict[str, tuple[str, str]] = {}
        with loaded.town() as town:
            path = Path(town.runtime.engine.url.database or "")
            for area in DISTRICTS:
                for role in (OFFICER, DEPUTY, HEAD):
                    people[town.person(f"{role} {area}", role, area).user_id] = (role, area)
            for number in range(STAFF):
                people[town.person(f"staff {number}", OF_PROVINCE, PROVINCE).user_id] = (OF_PROVINCE, PROVINCE)
        return Office(path, people)

    def copy(self, folder: Path) -> Engine:
        path = folder / f"{uuid.uuid4().hex}.db"
        shutil.copyfile(self.path, path)
        return hurry(make_engine(f"sqlite:///{path}"))


@dataclass
class June:
    """One June on a database of its own. Processes come and go; the database, the time and LINE stay."""

    office: Office
    engine: Engine
    clock: StoppedClock
    line: LineGateway
    runtimes: list[TestRuntime] = field(default_factory=list)

    def start(self, processes: int = 1) -> None:
        """Begin, or begin anew after a crash, with fresh processes."""
        self.runtimes = [self._process() for _ in range(processes)]

    def _process(self) -> TestRuntime:
        queue = WorkingQueue()
        runtime = TestRuntime(
            settings=settings(Path("/nonexistent")),
            engine=self.engine,
            line=self.line,
            media=FakeMedia(),
            queue=queue,
            stopped=self.clock,
        )
        share(runtime)
        queue.work = lambda job, subject: runtime.work[job](subject)
        return runtime

    def go_to(self, instant: dt.datetime) -> None:
        """Both clocks go on, as in life."""
        self.clock.pass_seconds((instant - self.clock.civil).total_seconds())
        self.clock.civil = instant

    def report(self, area: str, number: int) -> None:
        """The district's report of a round is in."""
        with self.runtimes[0].sessions() as session, session.begin():
            obligation = session.scalars(
                select(Obligation)
                .join(Round, Round.id == Obligation.round_id)
                .join(Form, Form.id == Obligation.form_id)
                .where(Obligation.area_code == area, Round.number == number, Round.duty == "", Form.unit == "district")
            ).one()
            rnd = session.get_one(Round, obligation.round_id)
            state = ObligationState.LATE if self.clock.now() > rnd.due_at else ObligationState.SUBMITTED
            moved = ledger.move(session, obligation.id, state, now=self.clock.now())
            assert moved, "reported once"

    def leave(self, *user_ids: str) -> None:
        """They have blocked the account."""
        with self.runtimes[0].sessions() as session, session.begin():
            session.execute(update(LineAccount).where(LineAccount.line_user_id.in_(user_ids)).values(following=False))

    def dropped(self) -> list[Dropped]:
        with self.runtimes[0].sessions() as session:
            return dropped(session, session.scalars(select(Campaign)).one(), "2021-06")
