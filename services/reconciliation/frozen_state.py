"""Every number as it stood when somebody froze it, as JSON, and what has changed since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.area import Area
from services.desk.scope import Scope
from services.reconciliation.reconciling import Reconciled


@dataclass(frozen=True, slots=True)
class Change:
    """A number that is no longer what it was when it was frozen."""

    code: str
    source: str
    then: int | None
    now: int | None


def state_of(session: Session, looked: Reconciled) -> dict[str, Any]:
    """Every number as it stands, as JSON: {"lines": [[code, {source: [value, counted, expected]}]], ...}."""
    names = {
        area.code: area.name_th for area in session.scalars(select(Area).where(Area.code.in_(looked.sources.codes)))
    }
    lines = [
        [
            line.code,
            names.get(line.code, ""),
            {one: [figure.value, figure.counted, figure.expected] for one, figure in line.figures.items()},
        ]
        for line in looked.comparison.lines.values()
        if line.figures
    ]
    explained = []
    for found in looked.comparison.findings:
        said = looked.said(found)
        if said is not None:
            explained.append([found.code, found.source, found.gap, said.reason, said.person_id, said.at.isoformat()])
    return {
        "measure": looked.measure.key,
        "labels": dict(looked.measure.labels),
        "boxes": list(looked.measure.reported),
        "round": looked.sources.round_number,
        "lines": lines,
        "explained": explained,
    }


def digest_of(state: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON."""
    return hashlib.sha256(orjson.dumps(state, option=orjson.OPT_SORT_KEYS)).hexdigest()


def numbers(state: Mapping[str, Any], scope: Scope) -> dict[tuple[str, str], int]:
    """Of a frozen state by area and source, as far as somebody may see."""
    return {
        (code, source): int(figure[0])
        for code, _name, figures in state.get("lines", ())
        if scope.sees(code)
        for source, figure in figures.items()
    }


def changed_since(state: Mapping[str, Any], looked: Reconciled) -> tuple[Change, ...]:
    """What is no longer as it was frozen, within what `looked` saw; in the order of areas."""
    then = numbers(state, looked.scope)
    now = {
        (code, source): figure.value
        for code, line in looked.comparison.lines.items()
        for source, figure in line.figures.items()
    }
    return tuple(_changes(then, now))


def _changes(then: Mapping[tuple[str, str], int], now: Mapping[tuple[str, str], int]) -> Iterator[Change]:
    for place in sorted({*then, *now}):
        if then.get(place) != now.get(place):
            yield Change(*place, then.get(place), now.get(place))
