"""Many provinces at once: what waits in all of them, and a row for each with its rounds.

Nobody reads a table of 878 districts. One statement counts the reports of every round by their state; a row opens the
province's own page, which has its districts.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from bot.conversation.facts import AreaFacts
from bot.messages.bubbles import Day, Text, Value
from models.area import AreaKind
from models.campaign import Campaign, Form, Round, newest_first
from models.obligation import OWED, SETTLED, Obligation, ObligationState
from services.calendar import day_of
from services.desk.scope import PROVINCE_DIGITS, Scope
from services.desk.today.lines import Line, Urgency
from services.desk.today.matrix import MOST_COLUMNS
from services.desk.today.reports import SENT, due
from services.desk.today.sight import Series, Sight

NAMES = 6
"""Provinces named in a line; more are counted."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A round of one province: how many districts' reports are in which state."""

    province: str
    campaign_id: int
    round: Round
    states: Mapping[str, int]

    def of(self, *states: ObligationState) -> int:
        return sum(self.states.get(state, 0) for state in states)

    @property
    def missing(self) -> int:
        """What was never sent."""
        return self.of(ObligationState.OPEN, ObligationState.PARTLY)


@dataclass(frozen=True, slots=True)
class Cell:
    sent: int
    total: int
    """Without those that it was waived for."""
    over: int
    """Not sent although the due day is over."""
    returned: int
    waiting: int
    """For review."""
    due: dt.date | None
    """Where it is not the column's."""


@dataclass(frozen=True, slots=True)
class Column:
    number: int
    due: dt.date | None
    """None where provinces have different ones."""
    sent: int
    total: int
    """Of all provinces, whichever are shown."""


@dataclass(frozen=True, slots=True)
class Row:
    area: AreaFacts
    cells: tuple[Cell | None, ...]
    """By column; None where no such round has opened."""


@dataclass(frozen=True, slots=True)
class Provinces:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def campaigns_of(session: Session, scope: Scope) -> tuple[Series, ...]:
    """The own rounds of every campaign of the scope, the newest first. Settings, which are large, are left out: what
    is shown of many provinces needs none."""
    provinces = {code[:PROVINCE_DIGITS] for code in scope.codes}
    found = select(Campaign).where(Campaign.province_code.in_(provinces)).order_by(*newest_first())
    return tuple(Series(each, "") for each in session.scalars(found.options(defer(Campaign.settings))))


def counted(sight: Sight) -> tuple[Counted, ...]:
    """Every round that has opened, by its due day; in it what districts of the scope report."""
    provinces = {each.id: each.province_code for each in sight.campaigns}
    opened = select(Round).where(Round.campaign_id.in_(provinces), Round.opens_at <= sight.now)
    rounds = sight.session.scalars(opened.order_by(Round.due_at, Round.id)).all()
    rows = sight.session.execute(
        select(Obligation.round_id, Obligation.state, func.count())
        .join(Form, Form.id == Obligation.form_id)
        .where(
            Obligation.round_id.in_([rnd.id for rnd in rounds]),
            Form.unit == AreaKind.DISTRICT.value,
            sight.scope.within(Obligation.area_code),
        )
        .group_by(Obligation.round_id, Obligation.state)
    )
    states: dict[int, dict[str, int]] = {}
    for round_id, state, number in rows:
        states.setdefault(round_id, {})[state] = number
    return tuple(
        Counted(provinces[rnd.campaign_id], rnd.campaign_id, rnd, states[rnd.id]) for rnd in rounds if rnd.id in states
    )


def of_the_provinces(sight: Sight, found: Sequence[Counted]) -> Iterator[Line]:
    """Lines of all provinces together: what is missing, returned or waits for review."""
    takes = [each for each in found if each.round.closes_at is None or each.round.closes_at > sight.now]
    missing: dict[str, list[Counted]] = {}
    for each in takes:
        missing.setdefault(due(sight, each.round)[0], []).append(each)
    for key, urgency in (
        ("overdue", Urgency.OVERDUE),
        ("today", Urgency.DUE_TODAY),
        ("soon", Urgency.DUE_SOON),
    ):
        rounds = missing.get(key, [])
        by = _by_province((each.province, each.missing) for each in rounds)
        # rounds come by their due day: the one that is nearest in time stands in the sentence
        near = [each for each in rounds if each.missing][-1 if key == "overdue" else 0 :][:1]
        for each in near:
            yield _line(sight, f"many_{key}", urgency, by, {"due": Day(day_of(each.round.due_at))})
    returned = _by_province((each.province, each.of(ObligationState.RETURNED)) for each in takes)
    if returned:
        yield _line(sight, "many_returned", Urgency.RETURNED, returned, {})
    waiting = _by_province((each.province, each.of(*SENT)) for each in found)
    if waiting:
        yield _line(sight, "many_review", Urgency.REVIEW, waiting, {})


def _by_province(numbers: Iterable[tuple[str, int]]) -> Counter[str]:
    by: Counter[str] = Counter()
    for province, number in numbers:
        if number:
            by[province] += number
    return by


def _line(sight: Sight, key: str, urgency: Urgency, by: Counter[str], values: Mapping[str, Value]) -> Line:
    """Its note names the provinces with the most."""
    most = sorted(by, key=lambda code: (-by[code], code))[:NAMES]
    named = tuple(
        Text("desk.today.note.province", {"province": sight.areas[code].short, "n": by[code]}) for code in most
    )
    more = (Text("desk.today.note.more_provinces", {"n": len(by) - NAMES}),) if len(by) > NAMES else ()
    note = Text("desk.today.note.districts", {"list": (*named, *more)})
    return Line(key, urgency, {"n": by.total(), "provinces": len(by), **values}, (note,), place="provinces")


def provinces(sight: Sight, found: Sequence[Counted], *, owing: bool = False) -> Provinces:
    """Each province with the rounds of its newest campaign. `owing`: only those where something is owed."""
    newest: dict[str, int] = {}
    for series in sight.series:
        newest.setdefault(series.campaign.province_code, series.campaign.id)
    own = [each for each in found if newest[each.province] == each.campaign_id and not each.round.duty]
    numbers = sorted({each.round.number for each in own})[-MOST_COLUMNS:]
    columns = tuple(_column(number, [each for each in own if each.round.number == number]) for number in numbers)
    by_place = {(each.province, each.round.number): each for each in own}
    rows = tuple(
        Row(
            sight.areas[code],
            tuple(_cell(sight, by_place.get((code, column.number)), column) for column in columns),
        )
        for code in sorted({*newest, *(code[:PROVINCE_DIGITS] for code in sight.scope.codes)})
        if not owing or any(each.of(*OWED) for each in own if each.province == code)
    )
    return Provinces(columns, rows)


def _column(number: int, rounds: Sequence[Counted]) -> Column:
    dues = {day_of(each.round.due_at) for each in rounds}
    return Column(
        number,
        dues.pop() if len(dues) == 1 else None,
        sum(_sent(each) for each in rounds),
        sum(_total(each) for each in rounds),
    )


def _cell(sight: Sight, each: Counted | None, column: Column) -> Cell | None:
    if each is None:
        return None
    late = due(sight, each.round)[0] == "overdue"
    return Cell(
        sent=_sent(each),
        total=_total(each),
        over=each.missing if late else 0,
        returned=each.of(ObligationState.RETURNED),
        waiting=each.of(*SENT),
        due=day_of(each.round.due_at) if column.due is None else None,
    )


def _sent(each: Counted) -> int:
    return each.of(*(state for state in SETTLED if state is not ObligationState.WAIVED))


def _total(each: Counted) -> int:
    return sum(each.states.values()) - each.of(ObligationState.WAIVED)
