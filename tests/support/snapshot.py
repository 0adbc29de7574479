"""A filled SQLite database to which running processes are put back between tests, open connections and all."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

KEPT = ("clock_lease",)
"""Who leads is no matter of what a test wrote: whoever keeps the clock waiting meanwhile goes on doing so."""


@dataclass(frozen=True)
class Snapshot:
    """A copy of `live` as it was when taken."""

    live: Path
    copy: Path

    def take(self) -> None:
        with closing(sqlite3.connect(self.live)) as source, closing(sqlite3.connect(self.copy)) as target:
            source.backup(target)

    def restore(self, civil_time: dt.datetime) -> None:
        """Give every table but KEPT its old rows in one transaction, and start civil time at `civil_time`."""
        with closing(sqlite3.connect(self.live, timeout=60, isolation_level=None)) as live:
            live.execute("PRAGMA foreign_keys = OFF")
            live.execute("ATTACH ? AS old", (str(self.copy),))
            live.execute("BEGIN IMMEDIATE")
            tables = live.execute("SELECT name FROM old.sqlite_master WHERE type = 'table'").fetchall()
            for table in (name for (name,) in tables if name not in KEPT):
                live.execute(f'DELETE FROM main."{table}"')  # noqa: S608 - our own table names
                live.execute(f'INSERT INTO main."{table}" SELECT * FROM old."{table}"')  # noqa: S608
            offset = round((civil_time - dt.datetime.now(dt.UTC)).total_seconds())
            live.execute("INSERT OR REPLACE INTO civil_clock (id, offset_seconds) VALUES (1, ?)", (offset,))
            live.execute("COMMIT")
