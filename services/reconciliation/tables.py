"""A comparison as a table for a spreadsheet, as it stands now or as it was frozen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.desk.scope import Scope
from services.reconciliation.compare import DASHBOARD, PARTS, REGISTER

Cell = str | int


@dataclass(frozen=True, slots=True)
class Table:
    """Sources in the order of columns, and rows of (code, name, a value or "" for each source)."""

    sources: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[Cell, ...]], ...]


def ordered(sources: Sequence[str], boxes: Sequence[str]) -> tuple[str, ...]:
    """Dashboard, its parts, register, then the boxes as the campaign names them; only what there is."""
    return tuple(one for one in (DASHBOARD, PARTS, REGISTER, *boxes) if one in sources)


def of_state(state: Mapping[str, Any], scope: Scope) -> Table:
    """A frozen state, as far as somebody may see."""
    lines = [(code, name, figures) for code, name, figures in state["lines"] if scope.sees(code)]
    present = {source for _code, _name, figures in lines for source in figures}
    sources = ordered(list(present), state["boxes"])
    return Table(sources, tuple((code, name, tuple(_cells(figures, sources))) for code, name, figures in lines))


def _cells(figures: Mapping[str, Sequence[int]], sources: Sequence[str]) -> Iterator[Cell]:
    for source in sources:
        yield int(figures[source][0]) if source in figures else ""
