"""One SQLite file behind one lock: the whole state of the platform, the same after a restart."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from simulator import ids, schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

Row = sqlite3.Row


class Store:
    """Rows by SQL. Every method may be called from any thread; `tx` nests (the outermost commits)."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._depth = 0
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        for pragma in ("journal_mode=WAL", "synchronous=OFF", "temp_store=MEMORY"):
            self._db.execute(f"PRAGMA {pragma}")
        self._prepare()
        self._seq = self._highest_seq()

    def close(self) -> None:
        with self._lock:
            self._db.close()

    @contextmanager
    def tx(self) -> Iterator[None]:
        """All or nothing: an exception undoes what was written within."""
        with self._lock:
            outermost = self._depth == 0
            if outermost:
                self._db.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
            except BaseException:
                if outermost:
                    self._db.execute("ROLLBACK")
                raise
            else:
                if outermost:
                    self._db.execute("COMMIT")
            finally:
                self._depth -= 1

    def run(self, sql: str, params: Sequence[Any] = ()) -> int:
        """Write; returns the number of rows touched."""
        with self._lock:
            return self._db.execute(sql, params).rowcount

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[Row]:
        with self._lock:
            return self._db.execute(sql, params).fetchall()

    def row(self, sql: str, params: Sequence[Any] = ()) -> Row | None:
        with self._lock:
            found: Row | None = self._db.execute(sql, params).fetchone()
            return found

    def next_seq(self) -> int:
        """The platform's one sequence, over messages, their changes and events."""
        with self._lock:
            self._seq += 1
            return self._seq

    def meta(self, name: str, default: str) -> str:
        row = self.row("SELECT value FROM meta WHERE name = ?", (name,))
        return default if row is None else str(row["value"])

    def set_meta(self, name: str, value: str) -> None:
        self.run(
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, value)
        )

    def clear(self) -> None:
        """Forget everything but the bot's own user id and the sequence (so that no page mixes up old and new)."""
        bot = self.meta("bot_user_id", "")
        with self.tx():
            for name in schema.NAMES:
                self.run(f"DELETE FROM {name}")  # noqa: S608 - our own table names
            self.set_meta("bot_user_id", bot)
            self.set_meta("seq", str(self._seq))

    def _prepare(self) -> None:
        version = int(self._db.execute("PRAGMA user_version").fetchone()[0])
        if version not in (0, schema.VERSION):
            for name in schema.NAMES:
                self._db.execute(f"DROP TABLE IF EXISTS {name}")
        self._db.executescript(schema.TABLES)
        self._db.execute(f"PRAGMA user_version = {schema.VERSION}")
        if not self.meta("bot_user_id", ""):
            self.set_meta("bot_user_id", ids.user_id())

    def _highest_seq(self) -> int:
        row = self.row(
            "SELECT max(coalesce((SELECT max(updated_seq) FROM messages), 0),"
            " coalesce((SELECT max(seq) FROM events), 0)) AS seq"
        )
        return max(int(row["seq"]) if row else 0, int(self.meta("seq", "0")))
