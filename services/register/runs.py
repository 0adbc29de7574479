"""The row of an import: begun, moved on inside each batch's transaction, ended; what a page shows while it runs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.reading.national_id import mask
from models.base import Sessions
from models.register import ImportRun, RunState
from models.work import Audit
from services.ports import Clock
from services.register.faults import FileFault, RowFault
from services.register.merge import Counts

STANDS_STILL = dt.timedelta(minutes=10)
"""An import without a step for so long has broken off."""


@dataclass(slots=True)
class Tally:
    """What was done so far."""

    read: int = 0
    refused: int = 0
    vanished: int = 0
    removed: int = 0
    counts: Counts = field(default_factory=Counts)

    def add(self, counts: Counts) -> None:
        self.counts.added += counts.added
        self.counts.changed += counts.changed
        self.counts.same += counts.same

    def figures(self) -> dict[str, int]:
        return {
            "rows_read": self.read,
            "added": self.counts.added,
            "changed": self.counts.changed,
            "same": self.counts.same,
            "refused": self.refused,
            "vanished": self.vanished,
            "removed": self.removed,
        }


@dataclass(frozen=True, slots=True)
class Imported:
    """How an import went."""

    run_id: int
    tally: Tally
    faults: tuple[RowFault, ...]
    """The first hundred."""
    errors_key: str
    """Where the media store has the table of all; empty: none."""
    vanished: tuple[str, ...] = ()
    """The first hundred, by their keys."""
    left_out: tuple[str, ...] = ()
    """Headings whose columns are not stored."""
    sheets_left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Runs:
    sessions: Sessions
    clock: Clock

    def begin(self, kind: str, file_name: str, person_id: int | None, *, dry_run: bool, replace: bool) -> int:
        """A new run's id. Runs of the same kind that stand still are marked as broken off."""
        now, real = self.clock.now(), self.clock.real()
        with self.sessions() as session, session.begin():
            session.execute(
                update(ImportRun)
                .where(
                    ImportRun.kind == kind,
                    ImportRun.state == RunState.RUNNING.value,
                    ImportRun.updated_at < real - STANDS_STILL,
                )
                .values(state=RunState.BROKEN.value, ended_at=now)
            )
            run = ImportRun(
                kind=kind,
                dry_run=dry_run,
                replace=replace,
                file_name=mask(file_name)[:200],
                started_by=person_id,
                started_at=now,
                updated_at=real,
            )
            session.add(run)
            session.flush()
            return run.id

    def step(self, session: Session, run_id: int, tally: Tally, total: int | None) -> None:
        """Note how far it came, in the batch's own transaction."""
        values = {**tally.figures(), "total": total, "updated_at": self.clock.real()}
        session.execute(update(ImportRun).where(ImportRun.id == run_id).values(**values))

    def end(
        self, run_id: int, tally: Tally, errors_key: str, fault: FileFault | None = None, left_out: tuple[str, ...] = ()
    ) -> None:
        """Close the run and leave its trace: who, what, how many."""
        now = self.clock.now()
        state = RunState.DONE if fault is None else RunState.BROKEN if tally.read else RunState.REFUSED
        with self.sessions() as session, session.begin():
            run = session.get_one(ImportRun, run_id)
            for name, value in tally.figures().items():
                setattr(run, name, value)
            run.state, run.ended_at, run.errors_key = state.value, now, errors_key
            run.updated_at = self.clock.real()
            run.told = {"left_out": list(left_out)}
            if fault is not None:
                run.told = {"what": fault.what, "columns": list(fault.columns), "values": dict(fault.values)}
            detail = {**tally.figures(), "state": state.value, "dry_run": run.dry_run, "replace": run.replace}
            detail |= {"problem": fault.what} if fault else {}
            action = f"register_tried_{run.kind}" if run.dry_run else f"register_imported_{run.kind}"
            session.add(
                Audit(
                    at=now,
                    person_id=run.started_by,
                    action=action,
                    subject=f"import {run_id}",
                    area_code=run.area_code,
                    detail=detail,
                )
            )
