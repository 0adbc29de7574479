"""Taking a draft over to another version of its form: what stays, what has no place any more, what is asked anew."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.forms.answers import ProblemKind
from bot.forms.compiled import CompiledForm
from bot.forms.environment import Known
from bot.forms.values import Values, from_json, refresh

UNGIVEN = frozenset({"known", "default"})
"""Origins of values that nobody gave."""
MOST_ROUNDS = 4
"""How often what was dropped may make something else impossible; further answers stay, and are refused on review."""


@dataclass(frozen=True, slots=True)
class Moved:
    values: Values
    """The draft under the other version."""
    kept: int
    """How many answers that people gave have stayed."""
    lost: tuple[str, ...]
    """Boxes of the old version whose answers have no place any more, in its order."""
    fresh: tuple[str, ...]
    """Boxes of the other version that were not there before and are to be asked now."""


def move(form: CompiledForm, old: Values, known: Known, now: dt.datetime) -> Moved:
    """The answers of `old` under `form`: those of boxes that exist in both and that the other version still takes."""
    data, bad = old.to_json(), frozenset[str]()
    for _ in range(MOST_ROUNDS):
        kept = {name: stored for name, stored in data["answers"].items() if name not in bad}
        values = refresh(from_json(form, {**data, "answers": kept}), known, now)
        found = {problem.name for problem in values.problems() if problem.kind is not ProblemKind.REQUIRED}
        if found <= bad:
            break
        bad |= found
    given = [name for name, stored in old.answers.items() if stored.origin not in UNGIVEN and old.get(name)]
    lost = tuple(name for name in given if name not in values.questions or values.get(name) != old.get(name))
    return Moved(values, len(given) - len(lost), lost, _fresh(old, values))


def _fresh(old: Values, values: Values) -> tuple[str, ...]:
    open_boxes = (question.name for _step, questions in values.due() for question in questions)
    return tuple(name for name in open_boxes if name not in old.questions)
