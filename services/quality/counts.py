"""How much the checks found, kept for pages: counted by a job whenever the register has changed.

What was never counted, and what changes with more than the register, is counted while the page is made.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from models.area import Area, AreaKind, inside
from models.base import Sessions
from models.quality import QualityCount
from services import owed
from services.ports import Clock
from services.quality.checks import CHECKS
from services.quality.findings import Where

JOB: Final = "count_quality"
_PROVINCE: Final = 2
"""Digits of a province's code."""
LIVE: Final = frozenset({"district_sums"})
"""Changes with figures that come from elsewhere; quick, since it looks at villages and not at households."""


def changed(session: Session, now: dt.datetime) -> None:
    """The register has changed: count anew each province that has villages. `now` is mechanical."""
    province = func.substr(Area.code, 1, _PROVINCE)
    for code in session.scalars(select(province).where(Area.kind == AreaKind.VILLAGE.value).distinct()).all():
        owed.owe(session, JOB, int(code), now)


def forget(session: Session, province: str) -> None:
    """The register came with a campaign: until it is imported again, pages count for themselves."""
    session.execute(delete(QualityCount).where(inside(QualityCount.area_code, province)))


def totals(session: Session, area: str) -> tuple[dict[str, int], dt.datetime | None]:
    """How much each check finds in an area, and the civil time of the count; None when all was counted just now."""
    kept = {row.finding: row for row in session.scalars(select(QualityCount).where(QualityCount.area_code == area))}
    found = {key: kept[key].total if key in kept else _total(session, key, area) for key in CHECKS}
    return found, min((row.counted_at for row in kept.values()), default=None)


def _total(session: Session, key: str, area: str) -> int:
    return CHECKS[key](session, Where(area, limit=0)).total


@dataclass(frozen=True)
class QualityCounting:
    sessions: Sessions
    clock: Clock

    def count(self, province: int) -> None:
        """The job count_quality: a province, then each of its districts, each stored when it is counted."""
        for area in self._areas(f"{province:02d}"):
            with self.sessions() as session:
                found = {key: _total(session, key, area) for key in CHECKS if key not in LIVE}
            with self.sessions() as session, session.begin():
                session.execute(delete(QualityCount).where(QualityCount.area_code == area))
                now = self.clock.now()
                session.add_all(
                    QualityCount(area_code=area, finding=key, total=total, counted_at=now)
                    for key, total in found.items()
                )

    def _areas(self, province: str) -> Iterator[str]:
        kinds = [AreaKind.PROVINCE.value, AreaKind.DISTRICT.value]
        with self.sessions() as session:
            yield from session.scalars(
                select(Area.code).where(Area.kind.in_(kinds), inside(Area.code, province)).order_by(Area.code)
            ).all()
