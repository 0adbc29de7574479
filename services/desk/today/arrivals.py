"""Reports of a round by the day they came in."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from bot.messages.bubbles import Text
from models.area import AreaKind
from models.campaign import Form, Round
from models.obligation import Obligation, ObligationState
from services.calendar import day_of
from services.desk.today.sight import Sight

MOST_DAYS = 45
"""Of one chart. Of a longer time the last days are shown, on top of what had come in before."""


@dataclass(frozen=True, slots=True)
class Arrivals:
    """How many reports of a round had come in by the end of each day."""

    called: int | Text
    due: dt.date
    total: int
    days: tuple[tuple[dt.date, int], ...]


def arrivals(sight: Sight, rnd: Round) -> Arrivals | None:
    rows = sight.session.execute(
        select(Obligation.submitted_at, Obligation.state)
        .join(Form, Form.id == Obligation.form_id)
        .where(
            Obligation.round_id == rnd.id,
            Obligation.state != ObligationState.WAIVED.value,
            Form.unit == AreaKind.DISTRICT.value,
            sight.scope.within(Obligation.area_code),
        )
    ).all()
    if not rows:
        return None
    came = Counter(day_of(row.submitted_at) for row in rows if row.submitted_at is not None)
    first = min([day_of(rnd.opens_at), *came])
    due, today = day_of(rnd.due_at), day_of(sight.now)
    last = max([due, *came]) if today <= due else max([due, *came, min(today, due + dt.timedelta(days=7))])
    return Arrivals(sight.called(rnd), due, len(rows), _by_day(came, first, last, today))


def _by_day(came: Counter[dt.date], first: dt.date, last: dt.date, today: dt.date) -> tuple[tuple[dt.date, int], ...]:
    """Sums by the end of each day; days to come have none, and are shown up to the due day."""
    sums, total = [], 0
    for step in range((last - first).days + 1):
        day = first + dt.timedelta(days=step)
        total += came[day]
        sums.append((day, total if day <= today else 0))
    return tuple(sums[-MOST_DAYS:])
