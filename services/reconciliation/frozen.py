"""A reconciled state that is kept as it stood: who froze it, when, every number and every reason; and undoing that."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, defer

from models.campaign import Campaign
from models.people import Person
from models.reconciliation import DifferenceReason, ReconciliationStep, StepKind
from models.work import Audit
from services.reconciliation.compare import Finding
from services.reconciliation.frozen_state import digest_of, state_of
from services.reconciliation.reconciling import Reconciled


class FreezeError(Exception):
    """`what`: a key under desk.reconciliation.cannot of the catalogue."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass(frozen=True, slots=True)
class Step:
    """A step with its author."""

    row: ReconciliationStep
    who: str

    @property
    def frozen(self) -> bool:
        return self.row.kind == StepKind.FROZEN


@dataclass(frozen=True)
class Freezing:
    """The steps of one campaign. Storing goes on in the caller's transaction; `now` is civil."""

    session: Session
    campaign: Campaign

    def steps(self, measure: str, area_code: str) -> tuple[Step, ...]:
        """Of one area, the newest first, without the numbers of their states."""
        numberless = defer(ReconciliationStep.state, raiseload=True)
        return tuple(Step(*row) for row in self.session.execute(self._of(measure, area_code).options(numberless)))

    def newest(self, measure: str, area_code: str) -> Step | None:
        """The last step of one area. Only its state is read: each holds every number of its day."""
        found = self.session.execute(self._of(measure, area_code).limit(1)).first()
        return Step(*found) if found is not None else None

    def _of(self, measure: str, area_code: str) -> Select[ReconciliationStep, str]:
        return (
            select(ReconciliationStep, Person.name)
            .join(Person, Person.id == ReconciliationStep.person_id)
            .where(
                ReconciliationStep.campaign_id == self.campaign.id,
                ReconciliationStep.measure == measure,
                ReconciliationStep.area_code == area_code,
            )
            .order_by(ReconciliationStep.number.desc())
        )

    def standing(self, measure: str, area_code: str) -> Step | None:
        """The frozen state that holds for an area: its own, else the one of an area around it."""
        for code in (area_code[:digits] for digits in range(len(area_code), 0, -2)):
            newest = self.newest(measure, code)
            if newest is not None and newest.frozen:
                return newest
        return None

    def freeze(
        self, looked: Reconciled, area_code: str, seen: str, person_id: int, reason: str, now: dt.datetime
    ) -> int:
        """Keep everything as it stands; returns the step's id. `seen`: the digest of what the person was shown.

        Raises FreezeError: moved (not what was shown), unsettled, nothing (to compare), frozen (already).
        """
        state = state_of(self.session, looked)
        if not looked.compared:
            raise FreezeError("nothing")
        if looked.unsettled:
            raise FreezeError("unsettled")
        if seen != digest_of(state):
            raise FreezeError("moved")
        if self.standing(looked.measure.key, area_code) is not None:
            raise FreezeError("frozen")
        return self._add(looked.measure.key, area_code, StepKind.FROZEN, person_id, reason, now, state)

    def unfreeze(self, measure: str, area_code: str, person_id: int, reason: str, now: dt.datetime) -> None:
        """Raises FreezeError: reason (none was given), not_frozen."""
        if not reason:
            raise FreezeError("reason")
        newest = self.newest(measure, area_code)
        if newest is None or not newest.frozen:
            raise FreezeError("not_frozen")
        self._add(measure, area_code, StepKind.UNFROZEN, person_id, reason, now, {})

    def explain(self, looked: Reconciled, found: Finding, reason: str, person_id: int, now: dt.datetime) -> None:
        """Say why a difference is as it should be; "" takes that back."""
        said = DifferenceReason(
            campaign_id=self.campaign.id,
            measure=looked.measure.key,
            area_code=found.code,
            source=found.source,
            gap=found.gap,
            reason=reason,
            person_id=person_id,
            at=now,
        )
        self.session.add(said)
        self._note("reconciliation_explained", person_id, found.code, now, {"source": found.source, "gap": found.gap})

    def _add(
        self,
        measure: str,
        area_code: str,
        kind: StepKind,
        person_id: int,
        reason: str,
        now: dt.datetime,
        state: dict[str, Any],
    ) -> int:
        newest = self.newest(measure, area_code)
        row = ReconciliationStep(
            campaign_id=self.campaign.id,
            measure=measure,
            area_code=area_code,
            number=1 if newest is None else newest.row.number + 1,
            kind=kind.value,
            at=now,
            person_id=person_id,
            reason=reason,
            state=state,
            digest=digest_of(state) if state else "",
        )
        self.session.add(row)
        self.session.flush()
        self._note(f"reconciliation_{kind.value}", person_id, area_code, now, {"measure": measure, "step": row.id})
        return row.id

    def _note(self, action: str, person_id: int, area_code: str, now: dt.datetime, detail: dict[str, Any]) -> None:
        self.session.add(
            Audit(
                at=now,
                person_id=person_id,
                action=action,
                subject=self.campaign.slug,
                area_code=area_code,
                detail=detail,
            )
        )


def step_of(session: Session, number: int) -> Step | None:
    """By its id, whatever its kind and campaign."""
    row = session.get(ReconciliationStep, number)
    return Step(row, session.get_one(Person, row.person_id).name) if row is not None else None
