"""The purge: what campaigns that are over need no longer is removed, by kind, in small transactions.

Rows let go first and bytes follow (services.retention.discarding), so nothing half-gone is ever served. A run may be
killed anywhere and repeated any number of times; two at once do each row once.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.faults import IN_A_PURGE, Faults
from models.base import Sessions
from models.campaign import Campaign, Round
from models.work import Audit
from services.campaigns.retention import KINDS, retention_of
from services.exports.expiring import let_go
from services.ports import Clock
from services.register import uploads
from services.retention.belonging import Bounds
from services.retention.discarding import Discarding
from services.retention.holdings import HOLDINGS, Holding
from services.retention.limits import Span, everywhere, limits
from services.sheets import expiring as drawn
from services.webhooks.subscriptions import forget

A_BATCH = 200
"""Rows in one transaction."""


@dataclass(frozen=True, slots=True)
class Amount:
    rows: int
    size: int
    """Bytes, as far as rows know them: of photos as they were sent."""


@dataclass(frozen=True, slots=True)
class Done:
    """What one run has removed."""

    rows: Mapping[str, int]
    """By kind."""
    files: int
    """Objects of the media store."""
    all: bool
    """False: time was up; the next run goes on."""


def spans_of(session: Session) -> list[Span]:
    """Every loaded campaign's stretch of time, duties included."""
    dates = (
        select(Campaign, func.min(Round.opens_at), func.max(Round.due_at))
        .join(Round, Round.campaign_id == Campaign.id)
        .group_by(Campaign.id)
        .order_by(Campaign.id)
    )
    return [
        Span(campaign.slug, campaign.province_code, opens, due, retention_of(campaign.settings))
        for campaign, opens, due in session.execute(dates)
    ]


@dataclass(frozen=True)
class Purge:
    sessions: Sessions
    clock: Clock
    discarding: Discarding
    faults: Faults

    def spans(self) -> list[Span]:
        with self.sessions() as session:
            return spans_of(session)

    def bounds(self, kind: str) -> Bounds:
        """Until when things of one kind may go, as of now."""
        now = self.clock.now()
        spans = self.spans()
        by_province = limits(spans, kind, now)
        return Bounds(by_province, everywhere(spans, by_province), self.clock.real() - now)

    def look(self) -> dict[str, Amount]:
        """What would go now, by kind; changes nothing."""
        found = {}
        for kind in KINDS:
            bounds = self.bounds(kind)
            with self.sessions() as session:
                amounts = [_amount(session, holding, bounds) for holding in HOLDINGS[kind]]
            found[kind] = Amount(sum(each.rows for each in amounts), sum(each.size for each in amounts))
        return found

    def run(self, person_id: int | None = None, *, longest: dt.timedelta | None = None) -> Done:
        """Remove what may go, and note the counts. Raises OSError when the media store is away: what was let go by
        then is served no more, and its bytes go with the next run.

        `longest`: stop after about so long, with the rest left for the next run.
        """
        end = time.monotonic() + longest.total_seconds() if longest is not None else float("inf")
        go_on: Callable[[], bool] = lambda: time.monotonic() < end  # noqa: E731 - asked between batches
        rows = dict.fromkeys(KINDS, 0)
        files = 0
        try:
            self._exports(go_on)
            files += self.discarding.carry_out(go_on)  # of a run that was cut off too
            for kind in KINDS:
                bounds = self.bounds(kind)
                for holding in HOLDINGS[kind]:
                    while go_on() and (taken := self._batch(holding, bounds)):
                        rows[kind] += taken
                        files += self.discarding.carry_out(go_on)
        finally:
            self._note(person_id, rows, files)
        return Done(rows, files, all=go_on())

    def _exports(self, go_on: Callable[[], bool]) -> None:
        """Files that were made or drawn, and what became of webhooks, are no campaign's: each goes after its days."""
        while go_on():
            with self.sessions() as session, session.begin():
                forget(session, self.clock.now())
                gone = let_go(session, self.clock.now(), self.clock.real(), A_BATCH)
                gone += uploads.let_go(session, self.clock.now(), self.clock.real(), A_BATCH)
                if not gone + drawn.let_go(session, self.clock.real(), A_BATCH):
                    return

    def _batch(self, holding: Holding, bounds: Bounds) -> int:
        with self.sessions() as session, session.begin():
            wanted = select(holding.ids).where(holding.may_go(bounds)).order_by(holding.ids).limit(A_BATCH)
            ids = session.scalars(wanted.with_for_update(skip_locked=True)).all()
            if ids:
                holding.empty(session, ids, self.clock.real())
        if ids:
            self.faults.reach(IN_A_PURGE)
        return len(ids)

    def _note(self, person_id: int | None, rows: Mapping[str, int], files: int) -> None:
        """The run in the audit trail: counts alone."""
        counts = {**rows, "files": files}
        with self.sessions() as session, session.begin():
            session.add(
                Audit(at=self.clock.now(), person_id=person_id, action="purged", subject="retention", detail=counts)
            )


def _amount(session: Session, holding: Holding, bounds: Bounds) -> Amount:
    counted = select(func.count(), func.coalesce(func.sum(holding.size), 0))
    rows, size = session.execute(counted.select_from(holding.ids.class_).where(holding.may_go(bounds))).one()
    return Amount(int(rows), int(size))
