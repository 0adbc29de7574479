"""What of a file has been seen already, on disk: a register of millions of rows must not be held in memory.

A nameless SQLite file of the process's own; it goes away with it and no other table is touched.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Final

import orjson

VARIANT: Final = "\x1f"
"""Stands in a key before its variant, such as the survey's year."""
_PAGE: Final = 50


class Scratch:
    """The keys of a file's rows by their scope (a village, a tambon), with the place each was first seen in."""

    def __init__(self) -> None:
        # an empty name: a temporary file, of which a few megabytes are kept in memory
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.execute("PRAGMA synchronous=OFF")
        self._base.execute("CREATE TABLE seen (scope, key, place, PRIMARY KEY (scope, key)) WITHOUT ROWID")
        self._base.execute("BEGIN")

    def close(self) -> None:
        self._base.close()

    def first_rows(self, rows: Sequence[tuple[str, str, str]]) -> dict[tuple[str, str], str]:
        """Note (scope, key, place in the file) of each; returns for those keys where each was seen first."""
        self._base.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", rows)
        given = orjson.dumps([(scope, key) for scope, key, _row in rows]).decode()
        found = self._base.execute(
            "SELECT s.scope, s.key, s.place FROM json_each(?) g CROSS JOIN seen s"
            " ON s.scope = json_extract(g.value, '$[0]') AND s.key = json_extract(g.value, '$[1]')",
            (given,),
        )
        return {(scope, key): place for scope, key, place in found}

    def scopes(self) -> Iterator[list[str]]:
        """All scopes, some dozens at a time."""
        last = ""
        while page := [
            row[0]
            for row in self._base.execute(
                "SELECT DISTINCT scope FROM seen WHERE scope > ? ORDER BY scope LIMIT ?", (last, _PAGE)
            )
        ]:
            yield page
            last = page[-1]

    def unseen(self, rows: Sequence[tuple[str, str]]) -> list[int]:
        """Places in `rows` (scope, key without variant) of which no row was seen in any variant."""
        given = orjson.dumps(rows).decode()
        found = self._base.execute(
            "SELECT g.key FROM json_each(?) g WHERE NOT EXISTS (SELECT 1 FROM seen s"
            " WHERE s.scope = json_extract(g.value, '$[0]')"
            " AND s.key >= json_extract(g.value, '$[1]') || char(31)"
            " AND s.key < json_extract(g.value, '$[1]') || char(32))",
            (given,),
        )
        return [int(row[0]) for row in found]
