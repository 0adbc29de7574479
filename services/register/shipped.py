"""The villages and households that a campaign's folder brings along: the same reading as of any register's file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy.orm import Session

from services.register.cells import Cells, holds_national_id
from services.register.faults import RowError
from services.register.houses import Houses
from services.register.kinds import HOUSEHOLDS, VILLAGES, Kind
from services.register.merge import merge
from services.register.rows import Rows
from services.register.words import Words

BATCH: Final = 4000
_SAME: Final = ("code", "tambon_code", "moo", "name_en", "households", "leader_name")
"""Columns of a village that a campaign's file calls as the register does; `name` is the Thai one."""
_FIRST_ROW: Final = 2
"""Headings are row 1."""

Table = Sequence[Mapping[str, str]]


def store(session: Session, villages: Table, households: Table, today: dt.date) -> list[str]:
    """Store both, in the caller's transaction; returns a sentence for each row that cannot be taken, ten at most."""
    words = Words.load()
    houses = [{words.column_of("households", name) or "": cell for name, cell in row.items()} for row in households]
    places = [{"name_th": row["name"], **{name: row.get(name, "") for name in _SAME}} for row in villages]
    faults: list[str] = []
    for kind, table in ((VILLAGES, places), (HOUSEHOLDS, houses)):
        read = list(_read(kind, table, words, today, faults))
        for start in range(0, len(read), BATCH):
            merge(session, kind, read[start : start + BATCH], store=True)
    return faults[:10]


def _read(kind: Kind, table: Table, words: Words, today: dt.date, faults: list[str]) -> Iterator[dict[str, Any]]:
    if not table:
        return
    rows = Rows(kind, frozenset(table[0]), Cells(words, today), Houses(words))
    found: dict[Any, dict[str, Any]] = {}
    for number, row in enumerate(table, _FIRST_ROW):
        cells = {name: cell.strip() for name, cell in row.items()}
        try:
            if holds_national_id(list(cells.values())):
                raise RowError("national_id")  # noqa: TRY301 - one way for all that is wrong
            values = rows.read(cells)
        except RowError as error:
            faults.append(f"{kind.name} row {number}: {error.what.replace('_', ' ')}")
        else:
            # of rows that name the same the last one holds, as ever
            found[kind.seen_key(values)] = values
    yield from found.values()
