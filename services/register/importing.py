"""Importing a table into the register: read, checked and stored in batches, so that chats go on meanwhile.

Each batch is a transaction of its own of some thousand rows. Nothing is done twice: after a crash, or for any other
reason, the same file may be imported again, and changes only what is not there yet.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, BinaryIO

from models.base import Sessions
from services.evidence import figures_promises
from services.ledger.obliging import oblige_villages
from services.ports import Clock, MediaStore
from services.quality import counts
from services.register.fault_table import FaultTable
from services.register.faults import FileFault
from services.register.kinds import KINDS, VILLAGES, Kind
from services.register.runs import Imported, Runs
from services.register.scratch import Scratch
from services.register.words import Words
from services.register.work import Progress, Work
from services.texts import Texts


@dataclass(frozen=True)
class Importer:
    """Imports files of villages, households or volunteers."""

    sessions: Sessions
    clock: Clock
    store: MediaStore
    texts: Texts
    words: Words

    def run(
        self,
        kind_name: str,
        file: BinaryIO,
        file_name: str,
        *,
        dry_run: bool = False,
        replace: bool = False,
        person_id: int | None = None,
        progress: Progress = lambda _read, _total: None,
        run_id: int | None = None,
        within: str = "",
    ) -> Imported:
        """Import a table, or only say what would become of it (`dry_run`).

        `replace` also takes out the rows of the file's villages (households) or tambons (the others) that the file
        does not have, unless a row was refused. `run_id`: a run that was begun already; `within`: the area outside of
        which rows are refused. Raises FileFault when the file as a whole cannot be used, KeyError for
        a kind that there is not, OSError when the table of refused rows cannot be stored.
        """
        kind = KINDS[kind_name]
        runs = Runs(self.sessions, self.clock)
        if run_id is None:
            run_id = runs.begin(kind.name, file_name, person_id, dry_run=dry_run, replace=replace)
        with ExitStack() as stack:
            faults = FaultTable(self.texts)
            stack.callback(faults.close)
            scratch = Scratch()
            stack.callback(scratch.close)
            work = Work(
                kind,
                self.sessions,
                runs,
                run_id,
                self.words,
                faults,
                scratch,
                progress,
                dry_run=dry_run,
                replace=replace,
                within=within,
            )
            return self._through(work, stack.enter_context(_seekable(file)))

    def _through(self, work: Work, file: BinaryIO) -> Imported:
        """The whole file, then what vanished and what follows from it; the run is ended either way."""
        key = _errors_key(work.run_id)
        try:
            work.read(file)
        except FileFault as fault:
            if work.tally.read and not work.dry_run:
                self._follow(work.kind)  # of the batches before the fault, which stay
            work.runs.end(work.run_id, work.tally, work.faults.store(self.store, key), fault)
            raise
        gone = work.look_for_vanished()
        if not work.dry_run:
            self._follow(work.kind)
        errors_key = work.faults.store(self.store, key)
        work.runs.end(work.run_id, work.tally, errors_key, left_out=work.left_out)
        return Imported(
            work.run_id,
            work.tally,
            tuple(work.faults.first),
            errors_key,
            tuple(gone),
            work.left_out,
            tuple(work.sheets_left_out),
        )

    def _follow(self, kind: Kind) -> None:
        """What other places make of the register."""
        with self.sessions() as session, session.begin():
            if kind is VILLAGES:
                oblige_villages(session)
            figures_promises.all_changed(session, self.clock.real())
            counts.changed(session, self.clock.real())


def _errors_key(run_id: int) -> str:
    return f"register/errors/{run_id}.csv"


def _seekable(file: BinaryIO) -> Any:
    """The file, or a copy on disk of what can be read only once; closing leaves the caller's file open."""
    if file.seekable():
        return _Open(file)
    copy = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    shutil.copyfileobj(file, copy)
    return copy


@dataclass(frozen=True)
class _Open:
    file: BinaryIO

    def __enter__(self) -> BinaryIO:
        return self.file

    def __exit__(self, *_: object) -> None:
        """Whoever opened it closes it."""
