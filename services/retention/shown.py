"""What an office is shown of retention: how long each kind is kept, and what the last purge removed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.work import Audit
from services.calendar import BANGKOK
from services.campaigns.retention import KINDS
from services.retention.limits import Span


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of one campaign."""

    kind: str
    days: int | None
    """After the last due date; None: for good."""
    goes_from: dt.date | None


def kept(span: Span) -> tuple[Kept, ...]:
    """Each kind, in the order of the settings."""
    found = []
    for kind in KINDS:
        goes = span.goes_from(kind)
        found.append(Kept(kind, span.keeps.days(kind), goes.astimezone(BANGKOK).date() if goes else None))
    return tuple(found)


def last_purge(session: Session) -> tuple[dt.datetime, tuple[tuple[str, int], ...]] | None:
    """When it last ran, and how many rows went, by kind; None: never yet."""
    newest = select(Audit).where(Audit.action == "purged").order_by(Audit.id.desc()).limit(1)
    row = session.scalar(newest)
    return None if row is None else (row.at, _counts(row.detail, KINDS))


def _counts(detail: dict[str, int], kinds: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple((kind, int(detail.get(kind, 0))) for kind in kinds)
