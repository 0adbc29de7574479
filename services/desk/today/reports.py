"""What needs doing about reports: those that are missing, returned, or wait for review, by round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import select

from bot.conversation.facts import AreaFacts
from bot.messages.bubbles import Day, Text, Value
from models.area import AreaKind
from models.campaign import Form, Round
from models.obligation import OWED, Draft, Obligation, ObligationState
from services.calendar import day_of, is_late
from services.desk.rounds import name_of
from services.desk.today.lines import Line, Urgency
from services.desk.today.sight import Sight
from services.ledger.overview import OverviewReader

NAMES = 6
"""Districts named in a line; more are counted."""
ROUNDS = 10
"""Lines about rounds; more are counted."""
SENT = (ObligationState.SUBMITTED, ObligationState.LATE)


@dataclass(frozen=True)
class Open:
    """A round that has opened and takes reports, with all that districts of the scope have not had accepted in it."""

    round: Round
    rows: Sequence[Any]
    """Columns of obligations, with the id of a draft and when the head of office was asked."""

    def of(self, *states: ObligationState) -> list[Any]:
        return [row for row in self.rows if row.state in states]

    @property
    def owing(self) -> list[Any]:
        """What was never sent."""
        return self.of(ObligationState.OPEN, ObligationState.PARTLY)


def open_rounds(sight: Sight, *, closed: bool = False) -> list[Open]:
    """Oldest due date first. `closed`: those too that take no reports any more."""
    rounds = [
        rnd
        for rnd in sight.session.scalars(
            select(Round)
            .where(Round.campaign_id.in_([each.id for each in sight.campaigns]), Round.opens_at <= sight.now)
            .order_by(Round.due_at, Round.id)
        )
        if closed or rnd.closes_at is None or rnd.closes_at > sight.now
    ]
    rows = sight.session.execute(
        select(
            Obligation.id,
            Obligation.round_id,
            Obligation.form_id,
            Obligation.area_code,
            Obligation.state,
            Draft.id.label("draft_id"),
            Draft.asked_at,
        )
        .join(Form, Form.id == Obligation.form_id)
        .outerjoin(Draft, Draft.obligation_id == Obligation.id)
        .where(
            Obligation.round_id.in_([rnd.id for rnd in rounds]),
            Form.unit == AreaKind.DISTRICT.value,
            Obligation.state.in_((*OWED, *SENT)),
            sight.scope.within(Obligation.area_code),
        )
        .order_by(Obligation.area_code, Obligation.id)
    ).all()
    of_round: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        of_round[row.round_id].append(row)
    return [Open(rnd, of_round[rnd.id]) for rnd in rounds]


def of_the_province(sight: Sight) -> Iterator[Line]:
    """Lines of all districts together."""
    everything = open_rounds(sight, closed=True)
    rounds = [each for each in everything if each.round.closes_at is None or each.round.closes_at > sight.now]
    owing = sorted((each for each in rounds if each.owing), key=lambda each: due(sight, each.round)[1])
    shown = [row for each in owing[:ROUNDS] for row in _named_of(each)]
    back = [row for each in rounds for row in each.of(ObligationState.RETURNED)[:NAMES]]
    names = sight.named(row.area_code for row in [*shown, *back])
    left = _left(sight, shown)
    for each in owing[:ROUNDS]:
        yield from _missing(sight, each, names, left)
    if len(owing) > ROUNDS:
        # who watches over many provinces reads no hundred lines
        rest = due(sight, owing[ROUNDS].round)[1]
        yield Line("missing_more", rest, {"n": len(owing) - ROUNDS}, place="matrix")
    for each in [each for each in rounds if each.of(ObligationState.RETURNED)][:ROUNDS]:
        yield _returned(sight, each, names)
    for each in [each for each in everything if each.of(*SENT)][:ROUNDS]:
        values: dict[str, Value] = {"round": sight.called(each.round), "n": len(each.of(*SENT))}
        yield Line("review", Urgency.REVIEW, values, place="review", subject=_listed(sight, each.round))


def _missing(sight: Sight, each: Open, names: dict[str, AreaFacts], left: dict[int, int]) -> Iterator[Line]:
    rnd = each.round
    key, urgency, days = due(sight, rnd)
    values: dict[str, Value] = {
        "round": sight.called(rnd),
        "n": len({row.area_code for row in each.owing}),
        "due": Day(day_of(rnd.due_at)),
        "days": days,
    }
    yield Line(f"missing_{key}", urgency, values, _notes(each.owing, names, left), "remind", rnd.id)
    if rnd.closes_at is not None and (day_of(rnd.closes_at) - day_of(sight.now)).days <= 1:
        closing: dict[str, Value] = {"round": sight.called(rnd), "day": day_of(rnd.closes_at), "time": rnd.closes_at}
        yield Line("closing", Urgency.DUE_TODAY, closing, place="matrix")


def due(sight: Sight, rnd: Round) -> tuple[str, Urgency, int]:
    """Whether the due day is over, today or still to come, and the days between."""
    days = (day_of(rnd.due_at) - day_of(sight.now)).days
    if is_late(sight.now, rnd.due_at):
        return "overdue", Urgency.OVERDUE, -days
    return ("today", Urgency.DUE_TODAY, 0) if days == 0 else ("soon", Urgency.DUE_SOON, days)


def _notes(owing: Sequence[Any], names: dict[str, AreaFacts], left: dict[int, int]) -> tuple[Text, ...]:
    half = [row for row in owing if row.draft_id is not None]
    fresh = [row for row in owing if row.draft_id is None]
    begun = tuple(_half(row, names[row.area_code], left) for row in half[:NAMES])
    not_begun = tuple(names[row.area_code].short for row in fresh[:NAMES])
    notes = (("half", half, begun), ("not_started", fresh, not_begun))
    return tuple(
        Text(f"desk.today.note.{key}", {"n": len(rows), "list": (*items, *_more(len(rows)))})
        for key, rows, items in notes
        if rows
    )


def _half(row: Any, area: AreaFacts, left: dict[int, int]) -> Text:
    if row.asked_at is not None:
        return Text("desk.today.note.asked", {"district": area.short})
    return Text("desk.today.note.left", {"district": area.short, "left": left.get(row.draft_id, 0)})


def _more(number: int) -> tuple[Text, ...]:
    return (Text("desk.today.note.more", {"n": number - NAMES}),) if number > NAMES else ()


def _named_of(each: Open) -> list[Any]:
    """The rows whose districts its line names."""
    half = [row for row in each.owing if row.draft_id is not None]
    fresh = [row for row in each.owing if row.draft_id is None]
    return [*half[:NAMES], *fresh[:NAMES]]


def _left(sight: Sight, rows: Sequence[Any]) -> dict[int, int]:
    """Questions left by draft, of those that are named: a draft is dear to read."""
    wanted = [row.draft_id for row in rows if row.draft_id is not None and row.asked_at is None]
    reader = OverviewReader(sight.session, sight.forms, sight.areas)
    drafts = sight.session.scalars(select(Draft).where(Draft.id.in_(wanted))) if wanted else ()
    return {draft.id: reader.left(draft) for draft in drafts}


def _returned(sight: Sight, each: Open, names: dict[str, AreaFacts]) -> Line:
    rows = each.of(ObligationState.RETURNED)
    listed = tuple(dict.fromkeys(names[row.area_code].short for row in rows[:NAMES]))
    note = Text("desk.today.note.districts", {"list": (*listed, *_more(len({row.area_code for row in rows})))})
    values: dict[str, Value] = {"round": sight.called(each.round), "n": len(rows)}
    return Line("returned", Urgency.RETURNED, values, (note,), "returned", _listed(sight, each.round))


def _listed(sight: Sight, rnd: Round) -> str:
    """How the address of the list of reports names a round."""
    campaign = next(each for each in sight.campaigns if each.id == rnd.campaign_id)
    return urlencode({"campaign": campaign.slug, "round": name_of(rnd)})
