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
from services.ledger.obliging import oblige_villages
from services.ports import Clock, MediaStore
from services.register.fault_table import FaultTable
from services.register.faults import FileFault
from services.register.kinds import KINDS, VILLAGES
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
    ) -> Imported:
        """Import a table, or only say what would become of it (`dry_run`).

        `replace` also takes out the rows of the file's villages (households) or tambons (the others) that the file
        does not have, unless a row was refused. Raises FileFault when the file as a whole cannot be used, KeyError for
        a kind that there is not, OSError when the table of refused rows cannot be stored.
        """
        kind = KINDS[kind_name]
        runs = Runs(self.sessions, self.clock)
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
            )
            try:
                work.read(stack.enter_context(_seekable(file)))
            except FileFault as fault:
                runs.end(run_id, work.tally, faults.store(self.store, _errors_key(run_id)), fault)
                raise
            gone = work.look_for_vanished()
            if kind is VILLAGES and not dry_run:
                with self.sessions() as session, session.begin():
                    oblige_villages(session)
            errors_key = faults.store(self.store, _errors_key(run_id))
            runs.end(run_id, work.tally, errors_key)
            return Imported(
                run_id,
                work.tally,
                tuple(faults.first),
                errors_key,
                tuple(gone),
                work.left_out,
                tuple(work.sheets_left_out),
            )


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
