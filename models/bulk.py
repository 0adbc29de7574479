"""Many rows in one statement: looking rows up by their natural keys, and INSERT ... ON CONFLICT DO UPDATE.

A register has millions of rows. What would cost a round trip or a thousand bound parameters a row goes to the database
as one JSON text (look-ups) or one prepared statement that runs for each row (writes).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from typing import cast as cast_type

import orjson
from sqlalchemy import ColumnElement, Table, Text, and_, bindparam, cast, column, func, literal_column, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models.base import Base

Key = tuple[Any, ...]


def table_of(model: type[Base]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)  # noqa: S101 - every class of ours is mapped to a table
    return table


def find_by_keys(
    session: Session, model: type[Base], key: Sequence[str], columns: Sequence[str], keys: Sequence[Key]
) -> Iterator[Mapping[str, Any]]:
    """The rows whose `key` columns equal one of `keys`, as mappings of `columns`, in no order."""
    if not keys:
        return
    table = table_of(model)
    wanted = _wanted(session, table, key)
    match = and_(*(table.c[name] == value for name, value in zip(key, wanted, strict=True)))
    statement = select(*(table.c[name] for name in columns)).where(match)
    found = session.execute(statement, {"keys": orjson.dumps(keys).decode()}).mappings()
    yield from cast_type("Iterator[Mapping[str, Any]]", found)


def _wanted(session: Session, table: Table, key: Sequence[str]) -> list[ColumnElement[Any]]:
    """The parts of one wanted key, each of its column's type: a JSON list of lists as a table."""
    given = bindparam("keys", type_=Text)
    if session.get_bind().dialect.name == "sqlite":
        each = func.json_each(given).table_valued("value")
        return [func.json_extract(each.c.value, f"$[{place}]") for place in range(len(key))]
    each = func.json_array_elements(cast(given, postgresql.JSON)).table_valued(column("value", postgresql.JSON))
    return [
        cast(each.c.value.op("->>")(literal_column(str(place))), table.c[name].type) for place, name in enumerate(key)
    ]


def upsert_many(session: Session, model: type[Base], key: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows; where one with the same key stands, set its other columns. All rows name the same columns."""
    if not rows:
        return
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table_of(model))
    fresh = {name: statement.excluded[name] for name in rows[0] if name not in key}
    session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=fresh), list(rows))
