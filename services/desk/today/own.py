"""What an office itself has to do: rounds that it owes, boxes that came back, with the words to type in LINE."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.conversation.facts import AreaFacts
from bot.forms.compiled import CompiledForm
from bot.messages.bubbles import Day, Text, Value
from models.campaign import Form
from models.obligation import Draft, ObligationState
from models.people import Role
from services.calendar import day_of
from services.desk.today.lines import Line, Urgency
from services.desk.today.reports import Open, due, open_rounds
from services.desk.today.sight import Sight
from services.ledger.ledger import returned_boxes
from services.ledger.overview import OverviewReader
from services.ledger.summary import plain

_REPORT = Text("desk.today.typed.report")


def of_the_office(sight: Sight) -> Iterator[Line]:
    """A line for each report that the office owes."""
    rounds = open_rounds(sight)
    names = sight.named(row.area_code for each in rounds for row in each.rows)
    for each in rounds:
        for row in each.of(ObligationState.OPEN, ObligationState.PARTLY):
            yield _owed(sight, each, row, names[row.area_code])
        for row in each.of(ObligationState.RETURNED):
            yield _returned(sight, each, row, names[row.area_code])


def _owed(sight: Sight, each: Open, row: Any, area: AreaFacts) -> Line:
    key, urgency, days = due(sight, each.round)
    values: dict[str, Value] = {
        "round": sight.called(each.round),
        "area": area.name,
        "due": Day(day_of(each.round.due_at)),
        "days": days,
    }
    if row.asked_at is not None:
        mine = Role.HEAD in sight.roles
        key = "agree" if mine else "agreeing"
        return Line(f"own_{key}", urgency, values, place="report", subject=row.id, typed=_REPORT if mine else "")
    notes = (_left(sight, row.draft_id),) if row.draft_id is not None else ()
    return Line(f"own_{key}", urgency, values, notes, "report", row.id, _REPORT)


def _left(sight: Sight, draft_id: int) -> Text:
    draft = sight.session.get_one(Draft, draft_id)
    left = OverviewReader(sight.session, sight.forms, sight.areas).left(draft)
    return Text("desk.today.note.own_left", {"left": left})


def _returned(sight: Sight, each: Open, row: Any, area: AreaFacts) -> Line:
    boxes = returned_boxes(sight.session, row.id)
    version = sight.session.get_one(Form, row.form_id).current_version_id
    form = sight.forms.get(sight.session, version) if version is not None else None
    values: dict[str, Value] = {"round": sight.called(each.round), "area": area.name, "n": max(len(boxes), 1)}
    notes = tuple(_box(sight, form, name, reason) for name, reason in boxes)
    return Line("own_returned", Urgency.RETURNED, values, notes, "report", row.id, _REPORT)


def _box(sight: Sight, form: CompiledForm | None, name: str, reason: str) -> Text:
    """Which box came back and why."""
    question = form.questions.get(name) if form is not None else None
    if question is None:
        return Text("desk.today.note.whole", {"because": reason})
    label = plain(question.label, sight.locale)
    if question.box is None:
        return Text("desk.today.note.unnumbered", {"label": label, "because": reason})
    return Text("desk.today.note.box", {"box": question.box, "label": label, "because": reason})
