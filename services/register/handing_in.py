"""Files of the register that are handed in on the desk: tried first, then imported, by a worker, with progress."""

from __future__ import annotations

import csv
import io
import tempfile
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.messages.bubbles import Text
from bot.reading.national_id import mask
from models.base import Sessions
from models.register import ImportRun, RunState
from services.desk.scope import Scope
from services.owed import LaterError, owe
from services.ports import Clock, MediaStore
from services.register.fault_table import SHOWN
from services.register.faults import FileFault
from services.register.register import Register
from services.register.uploads import forget

JOB: Final = "import_register"
LARGEST: Final = 20 << 20
"""Bytes of a file: some hundred thousand households."""
A_PAGE: Final = 20
_NAME: Final = 200
_BEGUN: Final = (RunState.WAITING.value, RunState.RUNNING.value, RunState.DONE.value)
_READ: Final = 1 << 18
"""Bytes of the table of refused rows that are looked at for the page."""


@dataclass(frozen=True)
class Uploads:
    sessions: Sessions
    clock: Clock
    store: MediaStore
    register: Register

    def take(self, kind: str, chunks: Iterable[bytes], file_name: str, person_id: int, area_code: str) -> int:
        """Keep a file and promise to try it; returns the run. Raises OSError when the store is away."""
        key = f"register/uploads/{uuid.uuid4().hex}"
        self.store.put(key, chunks)
        run = ImportRun(kind=kind, file_name=mask(file_name)[:_NAME], upload_key=key, area_code=area_code)
        with self.sessions() as session, session.begin():
            return self._promise(session, run, person_id, dry_run=True, replace=False)

    def go_on(self, tried_id: int, person_id: int, *, replace: bool) -> int:
        """Import for good what was tried; returns the new run, or the one that a click before this one has begun.

        Raises LookupError when there is nothing to import."""
        with self.sessions() as session, session.begin():
            tried = session.get_one(ImportRun, tried_id, with_for_update=True)  # the second of two clicks waits here
            if tried.state != RunState.DONE or not tried.dry_run or not tried.upload_key:
                raise LookupError(tried_id)
            begun = session.scalar(
                select(ImportRun.id).where(
                    ImportRun.upload_key == tried.upload_key, ImportRun.dry_run.is_(False), ImportRun.state.in_(_BEGUN)
                )
            )
            if begun is not None:
                return begun
            run = ImportRun(
                kind=tried.kind, file_name=tried.file_name, upload_key=tried.upload_key, area_code=tried.area_code
            )
            return self._promise(session, run, person_id, dry_run=False, replace=replace)

    def work(self, run_id: int) -> None:
        """The job. Done twice it changes nothing more. Raises LaterError when the store is away."""
        with self.sessions() as session, session.begin():
            run = session.get(ImportRun, run_id)
            if run is None or run.state not in {RunState.WAITING, RunState.RUNNING}:
                return
            run.state, run.updated_at = RunState.RUNNING.value, self.clock.real()
        try:
            self._import(run)
        except FileFault:
            pass  # the run says what is wrong with the file
        except OSError as error:
            raise LaterError(f"import {run_id}: {type(error).__name__}") from error
        if not run.dry_run:
            with self.sessions() as session, session.begin():
                forget(session, [run.upload_key], self.clock.real())

    def _import(self, run: ImportRun) -> None:
        with tempfile.TemporaryFile() as file:
            try:
                for chunk in self.store.get(run.upload_key) if run.upload_key else ():
                    file.write(chunk)
            except KeyError:
                pass  # its days are over, as when there is no key: an empty file, and the run says so
            file.seek(0)
            self.register.import_table(
                run.kind,
                file,
                run.file_name,
                dry_run=run.dry_run,
                replace=run.replace,
                person_id=run.started_by,
                run_id=run.id,
                within=run.area_code,
            )

    def _promise(self, session: Session, run: ImportRun, person_id: int, *, dry_run: bool, replace: bool) -> int:
        run.state, run.dry_run, run.replace = RunState.WAITING.value, dry_run, replace
        run.started_by, run.started_at, run.updated_at = person_id, self.clock.now(), self.clock.real()
        session.add(run)
        session.flush()
        owe(session, JOB, run.id, self.clock.real())
        return run.id

    def refused(self, run: ImportRun, language: int) -> list[str]:
        """A sentence for each of the first refused rows; `language`: its place among the catalogue's."""
        if not run.errors_key:
            return []
        read = bytearray()
        for chunk in self.store.get(run.errors_key):
            read += chunk
            if len(read) >= _READ:
                break
        lines = csv.reader(io.StringIO(bytes(read).decode("utf-8-sig", errors="ignore")))
        place = 2 + language  # behind sheet and row
        return [row[place] for row in islice(lines, 1, SHOWN + 1) if len(row) > place]


def runs_in(session: Session, scope: Scope) -> list[ImportRun]:
    """What was handed in for an area, the newest first."""
    found = select(ImportRun).where(ImportRun.area_code != "", scope.within(ImportRun.area_code))
    return list(session.scalars(found.order_by(ImportRun.id.desc()).limit(A_PAGE)))


def fault_of(told: dict[str, Any]) -> Text | None:
    """Why the file as a whole was not taken, if it was not."""
    if "what" not in told:
        return None
    return FileFault(told["what"], columns=tuple(told["columns"]), **told["values"]).text()
