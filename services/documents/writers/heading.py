"""A table's heading: one row, or two where columns stand under a common one. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from services.documents.paper import Table


@dataclass(frozen=True, slots=True)
class Title:
    """One cell of the heading."""

    words: str
    column: int
    """From 0."""
    across: int = 1
    down: int = 1


def head_rows(table: Table) -> tuple[tuple[Title, ...], ...]:
    """Each row's cells, left to right; a cell that reaches down stands in the first row alone."""
    if not any(column.group for column in table.columns):
        return (tuple(Title(column.title, place) for place, column in enumerate(table.columns)),)
    top: list[Title] = []
    below: list[Title] = []
    for group, members in groupby(enumerate(table.columns), key=lambda item: item[1].group):
        found = list(members)
        if not group:
            top += [Title(column.title, place, down=2) for place, column in found]
            continue
        top.append(Title(group, found[0][0], across=len(found)))
        below += [Title(column.title, place) for place, column in found]
    return (tuple(top), tuple(below))
