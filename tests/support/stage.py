"""The running product with a filled campaign, put back to a Monday morning before each test."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sqlalchemy import Engine, Select, func, select
from sqlalchemy.orm import Session, sessionmaker

from bot.runtime import build
from bot.settings import from_env
from models.base import Base, make_engine, make_sessions
from models.chat import InboxEvent, OutboxRequest, OutboxState
from models.work import ClockLease, OwedJob
from services import clock_lease
from services.calendar import BANGKOK
from services.campaigns import files as campaign_files
from services.campaigns import loading as campaigns
from services.clock import SimulatedClock
from services.demo import Demo
from simulator.client_answers import SimulatorError, Transcript
from tests.support.people import Someone
from tests.support.processes import PATIENCE, wait_until
from tests.support.simulator import RunningSimulator
from tests.support.snapshot import Snapshot
from tests.support.system import PROCESSES, System, running_system
from tests.support.valkey import ValkeyServer
from workers.clock import LEADS, STANDS_BY

LOEI = Path(__file__).parents[2] / "campaigns" / "loei_2564"
MONDAY = dt.datetime(2021, 6, 7, 8, 30, tzinfo=BANGKOK)
STAGE = "the stage"
"""Who leads in the clock's place while everything is put back."""
QUICK = {"SWEEP_SECONDS": "0.5", "LEASE_SECONDS": "2"}
"""So that what is left behind is found soon."""


@dataclass
class Stage:
    system: System
    valkey: ValkeyServer
    snapshot: Snapshot
    _read: dict[str, int] = field(default_factory=dict)
    """How much of each log an earlier test has written."""

    @property
    def simulator(self) -> RunningSimulator:
        return self.system.simulator

    @cached_property
    def engine(self) -> Engine:
        return make_engine(self.system.env["DATABASE_URL"])

    @cached_property
    def sessions(self) -> sessionmaker[Session]:
        return make_sessions(self.engine)

    @property
    def media_folder(self) -> Path:
        return Path(unquote(urlsplit(self.system.env["MEDIA_URL"]).path))

    def reset(self, civil_time: dt.datetime = MONDAY) -> None:
        """Everything as after the demonstration was filled, at `civil_time`; what was asleep is started."""
        if not self.valkey.answers():
            self.valkey.start()
        missing = [name for name in PROCESSES if not self.system.is_running(name)]
        self.system.start(*missing)
        self.system.wait_for_web()
        self.settle()
        with self._clock_standing_by():
            self.settle()
            self.snapshot.restore(civil_time - dt.timedelta(minutes=1))
            restored = time.monotonic()
            shutil.rmtree(self.media_folder, ignore_errors=True)
            self.simulator.reset()
            wait_until(lambda: time.monotonic() > restored + SimulatedClock.FRESH_SECONDS, what="the time everywhere")
        self.move_clock(civil_time)
        self._read = {name: len(child.output()) for name, child in self.system.children.items()}

    @contextmanager
    def _clock_standing_by(self) -> Iterator[None]:
        """Lead in the clock's place: what it plans for one test's day must not be carried out on the next one's.

        Its round is over when it stands by: it asks for the lead before each part. It says so only where it has led
        before, and says that a moment after it has begun to.
        """
        clock = self.system.children["clock"]
        clock.wait_for(lambda: not self._clock_stands_by(), what="a leading clock")
        now = dt.datetime.now(dt.UTC)
        with self.sessions() as session, session.begin():
            session.merge(ClockLease(id=clock_lease.ROW, owner=STAGE, until=now + dt.timedelta(minutes=5)))
        try:
            clock.wait_for(self._clock_stands_by, what="the end of its round")
            yield
        finally:
            with self.sessions() as session, session.begin():
                clock_lease.step_down(session, STAGE, now)

    def _clock_stands_by(self) -> bool:
        said = self.system.children["clock"].output()
        return said.rfind(STANDS_BY) > said.rfind(LEADS)

    def someone(self, user_id: str) -> Someone:
        return Someone(self.simulator, user_id)

    def move_clock(self, to: dt.datetime) -> None:
        """Civil time jumps to `to`; a web process too busy to answer the simulator is asked again."""

        def moved() -> bool:
            try:
                self.simulator.move_clock(to.isoformat())
            except SimulatorError as error:
                if error.status == 502:
                    return False
                if error.status != 409:
                    raise
                # an earlier try had moved it after all; the simulator learns of it when it asks next
                return dt.timedelta() <= dt.datetime.fromisoformat(self.simulator.now()) - to < dt.timedelta(minutes=1)
            return True

        wait_until(moved, what="a step of the clock")

    def settle(self, *, seconds: float = PATIENCE) -> None:
        """Wait until all that people sent has come in, and nothing of it is unanswered, unsent or owed."""
        wait_until(lambda: not self.undone(), seconds=seconds, what=f"the end of all work ({self.undone()})")

    def undone(self) -> dict[str, int]:
        """What waits, by its kind; empty when nothing does."""
        if waiting := self._undone_here():
            return waiting
        counted = self.simulator.state()["counters"]
        if on_its_way := counted["events"] - counted["delivered"] - counted["failed"]:
            return {"deliveries": on_its_way}
        return self._undone_here()  # what was on its way a moment ago has come in

    def _undone_here(self) -> dict[str, int]:
        waiting: dict[str, Select[int]] = {
            "inbox": select(func.count(InboxEvent.id)).where(InboxEvent.handled_at.is_(None)),
            "outbox": select(func.count(OutboxRequest.id)).where(OutboxRequest.state == OutboxState.PENDING.value),
            "jobs": select(func.count(OwedJob.id)).where(OwedJob.done_at.is_(None)),
        }
        with self.sessions() as session:
            counts = {name: session.scalar(statement) or 0 for name, statement in waiting.items()}
        return {name: count for name, count in counts.items() if count}

    def transcript(self) -> Transcript:
        return self.simulator.transcript()

    def stored_files(self) -> list[bytes]:
        """The contents of every file in the media folder."""
        return [file.read_bytes() for file in sorted(self.media_folder.rglob("*")) if file.is_file()]

    def tables_with(self, words: str) -> list[str]:
        """Names of the tables in which `words` stand, as text or within JSON."""
        escaped = json.dumps(words)[1:-1]
        with self.sessions() as session:
            return [
                table.name
                for table in Base.metadata.sorted_tables
                for row in session.execute(table.select())
                if any(spelled in str(cell) for cell in row for spelled in (words, escaped))
            ]

    def tracebacks(self) -> list[str]:
        """Names of the processes that have logged one since the last reset."""
        fresh = {name: child.output()[self._read.get(name, 0) :] for name, child in self.system.children.items()}
        return [f"{name}: {text}" for name, text in fresh.items() if "Traceback" in text]

    def close(self) -> None:
        self.engine.dispose()


@contextmanager
def running_stage(folder: Path, database_url: str, *, campaign: Path = LOEI, **env: str) -> Iterator[Stage]:
    """Start everything on a migrated SQLite database in `folder`, with a Valkey of its own."""
    phones = (LOEI / "demo.yaml").read_text(encoding="utf-8")
    valkey = ValkeyServer()
    valkey.start()
    try:
        with running_system(
            folder, database_url=database_url, redis_url=valkey.url, phones=phones, start=(), **QUICK | env
        ) as system:
            system.start(*(name for name in PROCESSES if name != "web"))
            system.start_web_again()
            fill(system.env, campaign)  # while they import what they need
            system.wait_for_web()
            snapshot = Snapshot(Path(database_url.removeprefix("sqlite:///")), folder / "snapshot.db")
            stage = Stage(system, valkey, snapshot)
            stage.settle(seconds=120)
            snapshot.take()
            yield stage
            stage.close()
    finally:
        valkey.close()


def fill(env: Mapping[str, str], campaign: Path) -> None:
    """What `tidtam demo` does."""
    runtime = build(from_env(env))
    try:
        runtime.ensure_channel()
        demo = Demo(runtime.sessions, runtime.clock, runtime.forms)
        demo.begin(campaign / "demo.yaml")
        with runtime.sessions() as session, session.begin():
            campaigns.load(session, campaign_files.read(campaign), runtime.clock.now())
        demo.fill(campaign / "demo.yaml")
    finally:
        runtime.close()
