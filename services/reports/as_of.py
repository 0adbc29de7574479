"""A past moment as it was: which version of a report stood then, and in which state of the ledger.

Versions and steps of the ledger are only ever added, so that what is asked for a moment gone by is answered the same
whenever it is asked. Moments are civil; None is now.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, ScalarSelect, SQLColumnExpression, func, select
from sqlalchemy.orm import Session

from models.obligation import Obligation, ObligationChange, ObligationState, Report


def version_id_at(moment: dt.datetime | None) -> ScalarSelect[int]:
    """The id of the version that stood, for a query over Obligation."""
    standing = select(Report.id).where(Report.obligation_id == Obligation.id)
    if moment is not None:
        standing = standing.where(Report.submitted_at <= moment)
    newest = standing.order_by(Report.number.desc()).limit(1)
    return newest.correlate(Obligation).scalar_subquery()


def state_at(moment: dt.datetime | None) -> SQLColumnExpression[str]:
    """The state of the ledger, likewise. Before its first step everything was open."""
    if moment is None:
        return Obligation.state
    steps = select(ObligationChange.to_state).where(
        ObligationChange.obligation_id == Obligation.id, ObligationChange.at <= moment
    )
    last = steps.order_by(ObligationChange.id.desc()).limit(1).correlate(Obligation).scalar_subquery()
    state: ColumnElement[str] = func.coalesce(last, ObligationState.OPEN.value)
    return state


def report_at(session: Session, obligation_id: int, moment: dt.datetime | None) -> Report | None:
    """The version that stood; None while nothing had been sent."""
    found = select(Report).join(Obligation, Report.id == version_id_at(moment)).where(Obligation.id == obligation_id)
    return session.scalar(found)


def standing_at(session: Session, obligation_id: int, moment: dt.datetime | None) -> ObligationState:
    """The state in which the obligation was. Raises sqlalchemy.exc.NoResultFound when there is no such."""
    return ObligationState(
        session.execute(
            select(state_at(moment)).select_from(Obligation).where(Obligation.id == obligation_id)
        ).scalar_one()
    )
