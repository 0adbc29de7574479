"""How one district's report of one round stands, and how late it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from models.campaign import Round
from models.obligation import OWED, Draft, Obligation, ObligationState
from services.calendar import day_of, is_late
from services.desk.today.sight import Sight


class Cell(StrEnum):
    """How it stands, in the words that the page has for it."""

    NOT_OPEN = "not_open"
    NOT_BEGUN = "not_begun"
    HALF = "half"
    ASKED = "asked"
    """Filled in; the head of office has not agreed yet."""
    SENT = "sent"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class Standing:
    """One district's report of one column."""

    obligation_id: int
    cell: Cell
    late: int
    """Days after the due day: when it was first sent, or by now where it never was; 0 in time."""


def standings(sight: Sight, rounds: Sequence[Round], codes: Sequence[str]) -> dict[tuple[str, int, int], Standing]:
    by_id = {rnd.id: rnd for rnd in rounds}
    rows = sight.session.execute(
        select(
            Obligation.id,
            Obligation.area_code,
            Obligation.round_id,
            Obligation.form_id,
            Obligation.state,
            Obligation.submitted_at,
            Draft.id.label("draft_id"),
            Draft.asked_at,
        )
        .outerjoin(Draft, Draft.obligation_id == Obligation.id)
        .where(Obligation.round_id.in_(by_id), Obligation.area_code.in_(codes))
    )
    return {
        (row.area_code, row.round_id, row.form_id): Standing(
            row.id, _cell(row, by_id[row.round_id], sight.now), days_late(row, by_id[row.round_id], sight.now)
        )
        for row in rows
    }


def _cell(row: Any, rnd: Round, now: dt.datetime) -> Cell:
    settled = {
        ObligationState.RETURNED: Cell.RETURNED,
        ObligationState.ACCEPTED: Cell.ACCEPTED,
        ObligationState.WAIVED: Cell.WAIVED,
        ObligationState.SUBMITTED: Cell.SENT,
        ObligationState.LATE: Cell.SENT,
    }
    if row.state in settled:
        return settled[ObligationState(row.state)]
    if row.asked_at is not None:
        return Cell.ASKED
    if row.draft_id is not None:
        return Cell.HALF
    return Cell.NOT_OPEN if rnd.opens_at > now else Cell.NOT_BEGUN


def days_late(row: Any, rnd: Round, now: dt.datetime) -> int:
    """Whole days between the due day and the day it was first sent, or today while it never was."""
    if row.state == ObligationState.WAIVED:
        return 0
    until = row.submitted_at or (now if row.state in OWED else None)
    if until is None or not is_late(until, rnd.due_at):
        return 0
    return (day_of(until) - day_of(rnd.due_at)).days
