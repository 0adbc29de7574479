"""The part of docs/reminders.md that is figures: written between two marks, so that the words around it stay."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.june import tables
from benchmarks.june.scenarios import Played

BEGIN, END = "<!-- june: begin -->", "<!-- june: end -->"


def filled(page: str, found: Sequence[Played]) -> str:
    """The page with the figures of these Junes. Raises ValueError when it has no marks."""
    head, _, rest = page.partition(BEGIN)
    _, mark, tail = rest.partition(END)
    if not mark:
        raise ValueError(f"the page has no {BEGIN} and {END}")
    return f"{head}{BEGIN}\n\n{_figures(found)}\n\n{END}{tail}"


def _figures(found: Sequence[Played]) -> str:
    first = {played.scenario.name: played for played in reversed(found)}
    parts = [
        "### As usual: 10, 40, 60, 85, 95 % have reported by each time",
        tables.by_kind(first["as usual"]),
        "### Nobody ever reports",
        tables.by_kind(first["nobody ever reports"]),
        "### Nobody ever reports, and the quota is too small",
        "With 200 messages a month:",
        tables.dropped_by_kind(first["nobody ever reports, quota of 200"]),
        "With 100:",
        tables.dropped_by_kind(first["nobody ever reports, quota of 100"]),
        "### Everything that was tried",
        tables.summary(found),
    ]
    return "\n\n".join(parts)
