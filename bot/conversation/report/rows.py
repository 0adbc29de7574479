"""The rows of the printed form: their numbers, and where one begins."""

from __future__ import annotations

from bot.conversation.report.context import Context
from bot.forms.compiled import Group, Step


def row_number(group: Group | None) -> str:
    return group.attrs.get("row", "") if group else ""


def row_counts(row: str) -> list[int]:
    """A row of the form may stand for several: 3-4 names rows 3 and 4."""
    return [int(part) for part in row.split("-") if part.isdecimal()]


def begins_row(context: Context, step: Step) -> bool:
    """Whether the step is the first that applies of its printed row."""
    row = step.row
    first = next((other for other in context.steps if other.row is row and context.askable(other)), None)
    return row is not None and first is step
