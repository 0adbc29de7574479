"""The obligation ledger: every step in the life of an obligation goes through here, and stays in its history.

The state changes by a conditional UPDATE in the caller's transaction, with the row that says who did it, when and
why. Which steps there are:

    open <-> partly -> submitted | late -> accepted        submitted | late | accepted -> returned -> submitted | late
    owed -> waived                                         waived, accepted -> what its reports and draft say (reopen)

Late stays late: it is counted by the first submission, whatever is mended afterwards.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from models.obligation import OWED, SETTLED, Draft, Obligation, ObligationChange, ObligationState, Report
from models.people import Person
from services.sending import under_way
from services.settled import adding
from services.webhooks.telling import tell_change

LOCKED = (ObligationState.ACCEPTED, ObligationState.WAIVED)
"""The province has closed it: nothing is sent or changed any more."""


def move(
    session: Session,
    obligation_id: int,
    to: ObligationState,
    *,
    now: dt.datetime,
    person_id: int | None = None,
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
    among: Collection[ObligationState] | None = None,
) -> bool:
    """Bring an obligation to a state, if it is in one of `among` (left out: in any other), and note the step.

    False when it is not: nothing was changed. A step from a state to itself (a change of a report that was sent) is
    noted where `among` names it. `now` is civil. Raises LookupError for an obligation that does not exist, and
    UnderWayError where it would be settled while a reminder of it may be leaving: then the transaction is taken anew.
    """
    found = select(Obligation.state).where(Obligation.id == obligation_id).with_for_update()
    before = session.scalar(found)
    if before is None:
        raise LookupError(f"obligation {obligation_id}")
    if before not in (set(ObligationState) - {to} if among is None else among):
        return False
    if to in SETTLED and before in OWED:
        under_way.heed(session, obligation_id)
    moved = session.execute(
        update(Obligation)
        .where(Obligation.id == obligation_id, Obligation.state == before)
        .values(state=to.value)
        .execution_options(synchronize_session="evaluate")
    )
    if not isinstance(moved, CursorResult) or moved.rowcount != 1:
        return False
    why = {"person_id": person_id, "reason": reason, "detail": dict(detail or {})}
    change = ObligationChange(obligation_id=obligation_id, at=now, from_state=before, to_state=to.value, **why)
    adding(session, ObligationChange)
    session.add(change)
    tell_change(session, change)
    return True


def standing(session: Session, obligation_id: int) -> ObligationState:
    """The state that its reports and its draft speak of, whatever the province has decided about it."""
    first = session.scalar(
        select(Report.late).where(Report.obligation_id == obligation_id).order_by(Report.number).limit(1)
    )
    if first is not None:
        return ObligationState.LATE if first else ObligationState.SUBMITTED
    begun = session.scalar(select(Draft.id).where(Draft.obligation_id == obligation_id))
    return ObligationState.OPEN if begun is None else ObligationState.PARTLY


def returned_boxes(session: Session, obligation_id: int) -> tuple[tuple[str, str], ...]:
    """What the last return asked for: (box, reason); box "" is the report as a whole."""
    last = session.scalar(
        select(ObligationChange)
        .where(
            ObligationChange.obligation_id == obligation_id,
            ObligationChange.to_state == ObligationState.RETURNED.value,
        )
        .order_by(ObligationChange.id.desc())
        .limit(1)
    )
    if last is None:
        return ()
    boxes: Mapping[str, str] = last.detail.get("boxes") or {"": last.reason}
    return tuple(boxes.items())


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an obligation's history."""

    change: ObligationChange
    who: str
    """Name of whoever did it; empty for the service itself."""
    phoned_by: str = ""
    """Who told it on the telephone, of a report that staff wrote down."""


def history(session: Session, obligation_id: int) -> list[Step]:
    """Every step of an obligation, the first one first."""
    rows = session.execute(
        select(ObligationChange, Person.name)
        .outerjoin(Person, Person.id == ObligationChange.person_id)
        .where(ObligationChange.obligation_id == obligation_id)
        .order_by(ObligationChange.id)
    )
    told = select(Report.number, Report.phoned_by).where(Report.obligation_id == obligation_id, Report.phoned_by != "")
    callers: dict[Any, str] = {row.number: row.phoned_by for row in session.execute(told)}
    return [Step(change, name or "", callers.get(change.detail.get("report"), "")) for change, name in rows]
