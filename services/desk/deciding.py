"""What staff decide about reports from the desk: one transaction for each report, and only about what they have seen.

Whoever decides names the version that stood on their page: when another has come, or somebody else has decided, nothing
is changed and the caller shows what stands now.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.base import Sessions
from models.obligation import Obligation, ObligationState, Report
from models.people import STAFF_ROLES, Membership
from services import owed
from services.chat.facts import FactsLoader
from services.ledger.decisions import SENT, Decisions
from services.ports import Clock
from services.reports.reports import ReportChangedError
from services.sending.under_way import Patience, UnderWayError

NO_VERSION = 0
"""Of a report that has not been sent."""
_PATIENCE = dt.timedelta(seconds=15)
"""Of a reminder that is leaving at this moment."""
Step = Callable[[Decisions], None]


class NotYoursError(Exception):
    """The report is not this person's to decide about, or there is none such."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of reports that were to be accepted together."""

    done: int
    changed: int
    """Left as they are: they had changed since they were looked at."""


@dataclass(frozen=True)
class DeskDecisions:
    sessions: Sessions
    clock: Clock
    loader: FactsLoader
    ring: Callable[[str, int], object]
    patience: Patience

    def accept(self, obligation_id: int, version: int, by: int) -> None:
        """Raises ReportChangedError and NotYoursError, as all of these do."""
        self._decide(obligation_id, version, by, lambda decisions: decisions.accept(obligation_id, by))

    def accept_all(self, reports: Sequence[tuple[int, int]], by: int) -> Accepted:
        """Each (obligation id, version) by itself: one that has changed meanwhile keeps none of the others."""
        done = 0
        for obligation_id, version in reports:
            try:
                self.accept(obligation_id, version, by)
            except (ReportChangedError, NotYoursError):
                continue
            done += 1
        return Accepted(done, len(reports) - done)

    def give_back(self, obligation_id: int, version: int, boxes: Mapping[str, str], by: int, *, accepted: bool) -> None:
        """`boxes` holds a reason for each box's address; "" is the report as a whole. `accepted`: it stood as accepted
        on the page; what somebody else has accepted meanwhile is not taken from them unseen."""
        among = (ObligationState.ACCEPTED,) if accepted else SENT
        self._decide(
            obligation_id, version, by, lambda decisions: decisions.return_report(obligation_id, boxes, by, among)
        )

    def waive(self, obligation_id: int, version: int, reason: str, by: int) -> None:
        self._decide(obligation_id, version, by, lambda decisions: decisions.waive(obligation_id, reason, by))

    def reopen(self, obligation_id: int, version: int, by: int) -> None:
        self._decide(obligation_id, version, by, lambda decisions: decisions.reopen(obligation_id, by))

    def _decide(self, obligation_id: int, version: int, by: int, step: Step) -> None:
        """In one transaction; who is to be told at once is rung for after it."""
        give_up = self.clock.real() + _PATIENCE
        while True:
            try:
                promised = self._once(obligation_id, version, by, step)
            except UnderWayError as error:
                if self.clock.real() > give_up:
                    raise ReportChangedError from error
                self.patience.wait(error)
                continue
            for job, subject_id in promised:
                self.ring(job, subject_id)
            return

    def _once(self, obligation_id: int, version: int, by: int, step: Step) -> tuple[tuple[str, int], ...]:
        with self.sessions() as session, session.begin():
            obligation = session.get(Obligation, obligation_id, with_for_update=True, populate_existing=True)
            if obligation is None or not may_decide(session, by, obligation.area_code):
                raise NotYoursError
            newest = session.scalar(select(func.max(Report.number)).where(Report.obligation_id == obligation_id))
            if (newest or NO_VERSION) != version:
                raise ReportChangedError
            step(Decisions(session, self.loader, self.clock))
        return owed.promised(session)


def may_decide(session: Session, person_id: int, area_code: str) -> bool:
    """Whether somebody is staff of the area's province now; an officer's area is not theirs to decide about."""
    held = select(Membership.area_code).where(
        Membership.person_id == person_id,
        Membership.role.in_([role.value for role in STAFF_ROLES]),
        Membership.ended_at.is_(None),
    )
    return any(area_code.startswith(own) for own in session.scalars(held))
