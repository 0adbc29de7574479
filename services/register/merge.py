"""Bringing a batch of read rows together with what stands: what is new, what has changed, what is the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from models.bulk import find_by_keys, upsert_many
from services.register.kinds import HOUSEHOLDS, Kind
from services.register.years import merge_years

Values = Mapping[str, Any]


@dataclass(slots=True)
class Counts:
    """What became of rows."""

    added: int = 0
    changed: int = 0
    same: int = 0

    def note(self, *, stands: bool, equal: bool) -> None:
        if not stands:
            self.added += 1
        elif equal:
            self.same += 1
        else:
            self.changed += 1


def merge(session: Session, kind: Kind, rows: Sequence[Values], *, store: bool) -> Counts:
    """Count what is new in `rows`, which all name the same columns, and store it unless only trying.

    The transaction is the caller's.
    """
    counts = Counts()
    if not rows:
        return counts
    if kind is HOUSEHOLDS and "survey_year" in rows[0]:
        merge_years(session, rows, counts.note, store=store)
        return counts
    names = list(rows[0])
    found = {kind.key_of(row): row for row in _standing(session, kind, names, rows)}
    fresh = []
    for values in rows:
        now = found.get(kind.key_of(values))
        equal = now is not None and all(now[name] == values[name] for name in names)
        counts.note(stands=now is not None, equal=equal)
        if not equal:
            fresh.append(values)
    if store:
        upsert_many(session, kind.model, kind.key, fresh)
    return counts


def _standing(session: Session, kind: Kind, names: Sequence[str], rows: Sequence[Values]) -> Iterator[Values]:
    return find_by_keys(session, kind.model, kind.key, names, [kind.key_of(values) for values in rows])
