"""INSERT ... ON CONFLICT DO NOTHING, which both databases speak in their own dialect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models.base import Base


def insert_or_ignore(session: Session, model: type[Base], values: Mapping[str, Any]) -> bool:
    """Insert one row; False when a row with the same unique key stands already."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    keys = inspect(model).primary_key
    statement = dialect.insert(model).values(**values).on_conflict_do_nothing().returning(*keys)
    # not rowcount: with PostgreSQL it is -1 here, whatever happened
    return session.execute(statement).first() is not None


def insert_all_or_ignore(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many rows of the same columns at once; those whose unique key stands already are left out."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    if rows:
        session.execute(dialect.insert(model).on_conflict_do_nothing(), list(rows))
