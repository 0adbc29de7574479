"""Reading what only grows by its ids without missing a row: of two transactions the later id may be committed first.

Neither the rows nor the numbers of transactions tell who still holds an earlier id: whoever began later may have taken
it. So who adds a row says first which id was the last one by then, with an advisory lock that ends with the transaction
and that nobody waits for; who reads goes no further than the least that is said.
"""

from __future__ import annotations

import zlib
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, text, true
from sqlalchemy.orm import Session, SessionTransaction

from models.base import Base

_LARGEST: Final = 2**31 - 1
_LAST: Final = "coalesce(pg_sequence_last_value(pg_get_serial_sequence(:table, 'id')::regclass), 0)"
_SAY: Final = text(f"SELECT pg_advisory_xact_lock_shared(:kind, least({_LAST}, :largest)::int)")
_TAKEN: Final = text(f"SELECT {_LAST}")
_SAID: Final = text(
    "SELECT min(objid::bigint) FROM pg_locks"
    " WHERE locktype = 'advisory' AND objsubid = 2 AND classid::bigint = :kind"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


def adding(session: Session, model: type[Base]) -> None:
    """Before a row is added in the session's transaction: readers stop short of the id that it will have.

    What is said in a savepoint is taken back with it, so it is said once for each.
    """
    said = f"adding {_table(model).name}"
    if session.get_bind().dialect.name != "postgresql" or session.info.get(said, "never") is _under_way(session):
        return
    session.execute(_SAY, {**_names(model), "largest": _LARGEST})
    session.info[said] = _under_way(session)


def settled(session: Session, model: type[Base]) -> ColumnElement[bool]:
    """Rows before which no other can appear any more: all that took an earlier id have ended.

    A cursor that stands behind such a row has seen all before it. SQLite writes one transaction after the other.
    """
    if session.get_bind().dialect.name != "postgresql":
        return true()
    names = _names(model)
    # in this order: who takes a later id than the first says may come, and who took an earlier one has said so
    taken = session.scalar(_TAKEN, {"table": names["table"]}) or 0
    said = session.scalar(_SAID, {"kind": names["kind"]})
    condition: ColumnElement[bool] = _table(model).c.id <= (taken if said is None else min(taken, said))
    return condition


def _under_way(session: Session) -> SessionTransaction | None:
    return session.get_nested_transaction() or session.get_transaction()


def _names(model: type[Base]) -> dict[str, Any]:
    """The table, and the number under which its locks are known."""
    name = _table(model).name
    return {"table": name, "kind": zlib.crc32(name.encode()) & _LARGEST}


def _table(model: type[Base]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)  # noqa: S101 - for the type alone: mapped to a table
    return table
