"""What one cell of a draft comes to: a value, a condition, what is left of a pick. Nothing is changed here."""

from __future__ import annotations

from collections.abc import Mapping

from bot.forms.compiled import Choices, Kind
from bot.forms.environment import FormEnv, Stored, as_stored
from bot.forms.graph import Cell, Role
from bot.forms.xpath.data import to_boolean


def result_of(cell: Cell, env: FormEnv, answers: Mapping[str, Stored], given: frozenset[str]) -> str | bool | None:
    """The cell's result, None for the usual one: relevant, not required, writable, satisfied, empty.

    `given`: boxes that a person sets in this turn.
    """
    if cell.role is Role.CALCULATE:
        value = env.run(cell.formula)
        return as_stored(value, env.layout.questions[cell.name], env) or None
    if cell.role is Role.CONSTRAINT and env.read(cell.name) == "":
        return None
    if cell.role is Role.OFFERED:
        return _still_offered(cell, env, answers, given)
    holds = to_boolean(env.run(cell.formula))
    usual = cell.role in {Role.RELEVANT, Role.CONSTRAINT}
    return None if holds is usual else holds


def _still_offered(cell: Cell, env: FormEnv, answers: Mapping[str, Stored], given: frozenset[str]) -> str | None:
    """What is left of a pick, None when all of it is still offered (or a filter cannot tell)."""
    stored = answers.get(cell.name)
    question = env.layout.questions[cell.name]
    listed = question.choices
    if stored is None or cell.name in given or listed is None:
        return None
    offered = env.offered(listed)
    if offered is None:
        return None
    values = {choice.value for choice in offered}
    picked = [str(stored[0])] if question.kind is Kind.SELECT_ONE else str(stored[0]).split()
    left = [value for value in picked if value in values or not _was_listed(listed, value)]
    return None if len(left) == len(picked) else " ".join(left)


def _was_listed(listed: Choices, value: str) -> bool:
    """Whether a value is one that the list offers to some, so that it may be out of date rather than wrong."""
    return listed.from_answers is not None or value in listed.values
