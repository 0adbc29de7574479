"""Districts against rounds: what each owes, has begun, has sent, and how late; with totals of all districts.

The database pages and counts, so that 878 districts cost as many queries as fourteen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from bot.conversation.facts import AreaFacts
from bot.messages.bubbles import Text
from models.area import Area, AreaKind
from models.campaign import Form, Round
from models.obligation import OWED, SETTLED, Obligation, ObligationState
from models.sent_letter import SentLetter
from services.desk.rounds import name_of
from services.desk.today.sight import Series, Sight
from services.desk.today.standing import Standing, standings
from services.documents.sent_letters import letters_of_rounds

A_PAGE = 60
"""Districts."""
MOST_COLUMNS = 6
"""Rounds beside each other: the newest that have opened, and the one that follows."""


@dataclass(frozen=True, slots=True)
class Column:
    """A form that is owed in a round."""

    round_id: int
    form_id: int
    called: int | Text
    form: str
    """The form's title where a round asks for several, else ""."""
    opens_at: dt.datetime
    due_at: dt.datetime
    closed: bool
    sent: int
    """Of all districts of the scope, not of the page alone."""
    total: int
    """Without those that it was waived for."""
    round_name: str
    """As addresses have it."""
    letter: str
    """Number of the signed letter of the round as a whole; "" before there is one."""


@dataclass(frozen=True, slots=True)
class Line:
    area: AreaFacts
    cells: tuple[Standing | None, ...]
    """By column; None where nothing is owed."""


@dataclass(frozen=True, slots=True)
class Matrix:
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    page: int
    more: bool


def matrix(sight: Sight, series: Series, page: int, *, owing: bool = False) -> Matrix:
    """A page (from 1) of districts. `owing`: only those that still owe something that has opened."""
    asked = _columns(sight, series)
    rounds = list({rnd.id: rnd for rnd, _form in asked}.values())
    counts = _counts(sight, rounds)
    several = len({form.id for _rnd, form in asked}) > 1
    letters = letters_of_rounds(sight.session, [rnd.id for rnd in rounds]) if sight.province else {}
    columns = tuple(_column(sight, (rnd, form), counts, letters.get(rnd.id), several=several) for rnd, form in asked)
    districts = _districts(sight, rounds, page, owing=owing)
    standing = standings(sight, rounds, [area.code for area in districts[:A_PAGE]])
    places = [(column.round_id, column.form_id) for column in columns]
    lines = tuple(
        Line(sight.areas[area.code], tuple(standing.get((area.code, *place)) for place in places))
        for area in districts[:A_PAGE]
    )
    return Matrix(columns, lines, page, len(districts) > A_PAGE)


def _columns(sight: Sight, series: Series) -> list[tuple[Round, Form]]:
    found = sight.session.execute(
        select(Round, Form)
        .join(Form, (Form.campaign_id == Round.campaign_id) & (Form.duty == Round.duty))
        .where(
            Round.campaign_id == series.campaign.id,
            Round.duty == series.duty,
            Form.unit == AreaKind.DISTRICT.value,
        )
        .order_by(Round.number, Form.id)
    )
    rows = [(rnd, form) for rnd, form in found]
    opened = [row for row in rows if row[0].opens_at <= sight.now]
    coming = [row for row in rows if row[0].opens_at > sight.now]
    shown = [*opened[-MOST_COLUMNS:], *coming]
    return shown[: max(MOST_COLUMNS, len(opened[-MOST_COLUMNS:]) + 1)]


def _column(
    sight: Sight,
    asked_for: tuple[Round, Form],
    counts: Mapping[tuple[int, int], Mapping[str, int]],
    letter: SentLetter | None,
    *,
    several: bool,
) -> Column:
    rnd, form = asked_for
    own = counts.get((rnd.id, form.id), {})
    asked = sum(own.values()) - own.get(ObligationState.WAIVED, 0)
    sent = sum(own.get(state, 0) for state in SETTLED if state is not ObligationState.WAIVED)
    closed = rnd.closes_at is not None and rnd.closes_at <= sight.now
    title = _title(sight, form) if several else ""
    return Column(
        round_id=rnd.id,
        form_id=form.id,
        called=sight.called(rnd),
        form=title,
        opens_at=rnd.opens_at,
        due_at=rnd.due_at,
        closed=closed,
        sent=sent,
        total=asked,
        round_name=name_of(rnd),
        letter=letter.number if letter is not None else "",
    )


def _title(sight: Sight, form: Form) -> str:
    """The form's own title; its key where nothing is filled in."""
    if form.current_version_id is None:
        return form.key
    return sight.forms.get(sight.session, form.current_version_id).title or form.key


def _counts(sight: Sight, rounds: Sequence[Round]) -> dict[tuple[int, int], dict[str, int]]:
    counted = sight.session.execute(
        select(Obligation.round_id, Obligation.form_id, Obligation.state, func.count())
        .where(Obligation.round_id.in_([rnd.id for rnd in rounds]), sight.scope.within(Obligation.area_code))
        .group_by(Obligation.round_id, Obligation.form_id, Obligation.state)
    )
    found: dict[tuple[int, int], dict[str, int]] = {}
    for round_id, form_id, state, number in counted:
        found.setdefault((round_id, form_id), {})[state] = number
    return found


def _districts(sight: Sight, rounds: Sequence[Round], page: int, *, owing: bool) -> Sequence[Area]:
    """One more than a page has, which tells that another follows."""
    wanted = [rnd.id for rnd in rounds if rnd.opens_at <= sight.now] if owing else [rnd.id for rnd in rounds]
    owed = select(Obligation.area_code).where(Obligation.round_id.in_(wanted), sight.scope.within(Obligation.area_code))
    if owing:
        owed = owed.where(Obligation.state.in_(OWED))
    listed: Select[Area] = (
        select(Area)
        .where(Area.kind == AreaKind.DISTRICT.value, Area.code.in_(owed))
        .order_by(Area.code)
        .offset((page - 1) * A_PAGE)
        .limit(A_PAGE + 1)
    )
    return sight.session.scalars(listed).all()
