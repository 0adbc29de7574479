"""One import at work: rows in batches, each read outside and stored inside a transaction of its own."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO, Final

from models.base import Sessions
from services.calendar import BANGKOK
from services.register.cells import Cells, holds_national_id
from services.register.fault_table import SHOWN, FaultTable
from services.register.faults import FileFault, RowError, RowFault
from services.register.houses import Houses
from services.register.kinds import Kind
from services.register.layout import Layout, find_layout
from services.register.merge import merge
from services.register.places import Places
from services.register.rows import Rows
from services.register.runs import Runs, Tally
from services.register.scratch import Scratch
from services.register.tables import open_tables
from services.register.vanished import take_out, vanished
from services.register.words import Words

BATCH: Final = 4000
"""Rows of a transaction: some 100 ms, so that no chat waits noticeably for SQLite's one writer."""

Progress = Callable[[int, int | None], None]
"""Told how many rows were gone through, and of how many where that is known."""
Numbered = list[tuple[int, dict[str, Any]]]


@dataclass(slots=True)
class Work:
    """Carries one import through its file."""

    kind: Kind
    sessions: Sessions
    runs: Runs
    run_id: int
    words: Words
    faults: FaultTable
    scratch: Scratch
    progress: Progress
    dry_run: bool
    replace: bool
    within: str = ""
    """Rows of other areas are refused as if those were not there."""
    tally: Tally = field(default_factory=Tally)
    left_out: tuple[str, ...] = ()
    sheets_left_out: list[str] = field(default_factory=list)
    _done: int = 0
    """Rows gone through, empty ones too."""
    _refused: list[RowFault] = field(default_factory=list)

    def read(self, file: BinaryIO) -> None:
        """Go through every table of the file that has the kind's headings. Raises FileFault when none has."""
        places = Places(self.kind, self.within)
        problem: FileFault | None = None
        used = False
        for sheet in open_tables(file):
            try:
                layout = find_layout(sheet, self.kind, self.words)
            except FileFault as fault:
                if fault.what != "no_headings":
                    raise
                problem = problem or fault
                self.sheets_left_out.append(sheet.name)
                continue
            used = True
            self.left_out = tuple(dict.fromkeys([*self.left_out, *layout.left_out]))
            self._table(layout, places)
        if not used:
            raise problem or FileFault("empty")

    def _table(self, layout: Layout, places: Places) -> None:
        today = self.runs.clock.now().astimezone(BANGKOK).date()
        rows = Rows(self.kind, frozenset(layout.columns), Cells(self.words, today), Houses(self.words))
        before = self._done
        total = None if layout.total is None else before + layout.total
        source = iter(layout.rows)
        while batch := list(itertools.islice(source, BATCH)):
            self._done += len(batch)
            total = None if total is None else max(total, self._done)
            self._batch(layout, rows, places, batch, total)
            self._tell_refused()
            self.progress(self._done, total)

    def _batch(
        self, layout: Layout, rows: Rows, places: Places, batch: Sequence[tuple[int, list[str]]], total: int | None
    ) -> None:
        read = self._once(layout.sheet, list(self._read(layout, rows, batch)))
        with self.sessions() as session:
            places.look_up(session, (values[self.kind.place] for _row, values in read))
        known, strange = places.sort_out(read)
        self._refuse(layout.sheet, strange)
        values = [values for _row, values in known]
        if self.dry_run:
            with self.sessions() as session:
                self.tally.add(merge(session, self.kind, values, store=False))
        with self.sessions() as session, session.begin():
            if not self.dry_run:
                self.tally.add(merge(session, self.kind, values, store=True))
            self.runs.step(session, self.run_id, self.tally, total)

    def _read(
        self, layout: Layout, rows: Rows, batch: Sequence[tuple[int, list[str]]]
    ) -> Iterator[tuple[int, dict[str, Any]]]:
        for number, cells in batch:
            if not any(cells):
                continue
            self.tally.read += 1
            try:
                if holds_national_id(cells):
                    raise RowError("national_id")  # noqa: TRY301 - one way for all that is wrong
                yield number, rows.read(layout.cells(cells))
            except RowError as error:
                self._refuse(layout.sheet, [RowFault(error.what, error.values, number)])

    def _once(self, sheet: str, read: Numbered) -> Numbered:
        """Without rows that name what an earlier row of the file has named."""
        keys = [
            (self.kind.scope_of(values), self.kind.seen_key(values), f"{sheet} {row}".strip()) for row, values in read
        ]
        first = self.scratch.first_rows(keys)
        fresh = []
        for (row, values), (scope, key, place) in zip(read, keys, strict=True):
            if first[scope, key] == place:
                fresh.append((row, values))
            else:
                self._refuse(sheet, [RowFault("repeated", {"first": first[scope, key]}, row)])
        return fresh

    def _refuse(self, sheet: str, faults: Sequence[RowFault]) -> None:
        self.tally.refused += len(faults)
        self._refused += (replace(fault, sheet=sheet) for fault in faults)

    def _tell_refused(self) -> None:
        """A batch's faults in the order of the file, whichever check found them."""
        for fault in sorted(self._refused, key=lambda fault: fault.row):
            self.faults.add(fault)
        self._refused.clear()

    def look_for_vanished(self) -> list[str]:
        """Count, and where asked take out, what the file does not have; returns the first hundred as words."""
        shown: list[str] = []
        # a row that could not be read may be one of those that seem to have gone
        takes_out = self.replace and not self.dry_run and not self.tally.refused
        for scopes in self.scratch.scopes():
            found: list[tuple[int | str, str]] = []
            with self.sessions() as session:
                for page in vanished(session, self.kind, scopes, self.scratch):
                    found += page
            self.tally.vanished += len(found)
            shown += [words for _id, words in found[: SHOWN - len(shown)]]
            if takes_out and found:
                with self.sessions() as session, session.begin():
                    for start in range(0, len(found), BATCH):
                        ids = [identity for identity, _words in found[start : start + BATCH]]
                        self.tally.removed += take_out(session, self.kind, ids, self.runs.clock.real())
        return shown
