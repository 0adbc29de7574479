"""What a check of the register found: how much, which rows, and a sentence for each. Findings ask a person to look;
none of them says that anybody did wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from bot.messages.bubbles import Text, Value


@dataclass(frozen=True, slots=True)
class Where:
    """What is looked at, and which page of the rows is wanted."""

    area: str = ""
    """Beginning of the official code: only what lies in that area."""
    year: int | None = None
    """The base's survey year in the common era; None: the one that most households have."""
    offset: int = 0
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a finding by its code or id; `values` fill its sentence."""

    subject: str
    values: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    key: str
    """Under quality in the catalogue."""
    total: int
    rows: tuple[Row, ...]
    """The page that was asked for."""

    def what(self) -> Text:
        return Text(f"quality.{self.key}.what", {"total": self.total})

    def line(self, row: Row) -> Text:
        values: dict[str, Value] = dict(row.values)
        return Text(f"quality.{self.key}.row", {"subject": row.subject, **values})


def page(session: Session, statement: Select[*tuple[Any, ...]], where: Where) -> tuple[int, Sequence[Any]]:
    """How many rows a statement has, and the wanted page of them.

    Counted in the same pass: a statement with a LIMIT alone would be planned for its first rows, by an index of the
    whole country, and take ten times as long where there are few.
    """
    if where.limit:
        rows = session.execute(statement.add_columns(func.count().over()).offset(where.offset).limit(where.limit)).all()
        if rows:
            return int(rows[0][-1]), [tuple(row)[:-1] for row in rows]
        if not where.offset:
            return 0, ()
    total = session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    return int(total), ()
