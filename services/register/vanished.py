"""Rows that stand in the register and not in a file of the same villages: told, and taken out only when asked to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, delete, exists, func, select, update
from sqlalchemy.orm import Session

from models.area import Area, AreaKind, Household
from models.base import Base
from models.bulk import table_of
from models.register import Volunteer, VolunteerSignature
from services.ledger.obliging import forget_untouched
from services.register.kinds import HOUSEHOLDS, VILLAGES, VOLUNTEERS, Kind
from services.register.scratch import Scratch
from services.retention.discarding import discard

_PAGE: Final = 5000


def vanished(
    session: Session, kind: Kind, scopes: Sequence[str], scratch: Scratch
) -> Iterator[list[tuple[int | str, str]]]:
    """Rows of these villages or tambons that the file does not have: (primary key, key as words), page by page."""
    table, scope = table_of(kind.model), _scope(kind)
    (identity,) = table.primary_key.columns
    statement = (
        select(identity, scope.label("scope"), *(table.c[name] for name in kind.key))
        .where(scope.in_(scopes), _listed(kind))
        .order_by(identity)
        .execution_options(yield_per=_PAGE)
    )
    for page in session.execute(statement).partitions():
        keys = [(str(row[1]), kind.text_key(dict(zip(kind.key, row[2:], strict=True)))) for row in page]
        places = scratch.unseen(keys)
        yield [(page[place][0], " ".join(part for part in keys[place][1].split("\x1e") if part)) for place in places]


def _scope(kind: Kind) -> ColumnElement[str]:
    if kind is HOUSEHOLDS:
        return table_of(Household).c.village_code
    if kind is VILLAGES:
        return table_of(Area).c.parent_code
    return func.substr(table_of(Volunteer).c.area_code, 1, kind.scope_length)


def _listed(kind: Kind) -> ColumnElement[bool]:
    """What a register's file can have brought: no tambon, no house that a leader added."""
    table = table_of(kind.model)
    return table.c.kind == AreaKind.VILLAGE.value if kind is VILLAGES else table.c.registered.is_(True)


def take_out(session: Session, kind: Kind, ids: Sequence[Any], now: dt.datetime) -> int:
    """Delete what nothing else speaks of; a house or volunteer that something does is unlisted. Returns how many.

    `now` is mechanical.
    """
    if not ids:
        return 0
    if kind is VILLAGES:
        forget_untouched(session, [str(one) for one in ids])
    table = table_of(kind.model)
    (identity,) = table.primary_key.columns
    named = [exists().where(column == identity) for column in _references(table)]
    free = select(identity).where(identity.in_(ids), *(~name for name in named))
    gone = list(session.scalars(free))
    if gone:
        if kind is VOLUNTEERS:
            _let_signatures_go(session, gone, now)
        session.execute(delete(table).where(identity.in_(gone)))
    kept = [one for one in ids if one not in set(gone)]
    if kept and "registered" in table.c:
        session.execute(update(table).where(identity.in_(kept)).values(registered=False))
        return len(ids)
    return len(gone)


def _let_signatures_go(session: Session, volunteers: Sequence[int], now: dt.datetime) -> None:
    """Their rows go with the volunteers; the pictures would stay in the media store for ever."""
    keys = select(VolunteerSignature.storage_key).where(VolunteerSignature.volunteer_id.in_(volunteers))
    discard(session, session.scalars(keys), now)


def _references(table: Table) -> list[ColumnElement[Any]]:
    """Columns of all tables that name a row of this one and do not go away with it."""
    return [
        key.parent
        for other in Base.metadata.sorted_tables
        for key in other.foreign_keys
        if key.column.table is table and key.ondelete != "CASCADE"
    ]
