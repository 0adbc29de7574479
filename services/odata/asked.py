"""What a query of the feed asks for: the few options that tables need. What we do not do is said, never ignored."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement

from models.campaign import Round
from models.obligation import Obligation, Report
from services.odata.tables import Column

PAGE: Final = 1000
"""Rows of one answer."""
_KNOWN: Final = frozenset({"$top", "$skip", "$skiptoken", "$filter", "$select", "$count", "$orderby", "$format"})
_NUMBER_DIGITS: Final = 18
_COLUMNS: Final[Mapping[str, tuple[Any, type]]] = {
    "id": (Report.id, int),
    "round": (Round.number, int),
    "duty": (Round.duty, str),
    "area_code": (Obligation.area_code, str),
    "state": (Obligation.state, str),
    "version": (Report.number, int),
    "reference": (Report.reference, str),
    "submitted_at": (Report.submitted_at, datetime),
    "late": (Report.late, bool),
}
"""What can be filtered by."""
_COMPARED: Final = re.compile(r"\s*\(?\s*(\w+)\s+(eq|ne|gt|ge|lt|le)\s+('(?:[^']|'')*'|[^\s'()]+)\s*\)?\s*")
_AND: Final = re.compile(r"(?<=[\s)])and\s+")
_HOW: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "eq": lambda column, value: column == value,
    "ne": lambda column, value: column != value,
    "gt": lambda column, value: column > value,
    "ge": lambda column, value: column >= value,
    "lt": lambda column, value: column < value,
    "le": lambda column, value: column <= value,
}


class WrongQueryError(ValueError):
    """The query cannot be read: 400."""


class NotDoneError(NotImplementedError):
    """The query asks for something of OData that this feed does not do: 501."""


@dataclass(frozen=True, slots=True)
class Query:
    top: int | None
    skip: int
    after: int
    """Of $skiptoken: the id that the page before ended with."""
    count: bool
    columns: tuple[Column, ...]
    narrowed: bool
    """$select was given."""
    only: tuple[ColumnElement[bool], ...]


def read_query(given: Mapping[str, str], columns: tuple[Column, ...]) -> Query:
    """Raises WrongQueryError and NotDoneError."""
    strange = [name for name in given if name.startswith("$") and name not in _KNOWN]
    if strange:
        raise NotDoneError(f"{', '.join(strange)} is not done here")
    if given.get("$orderby", "id").split() not in (["id"], ["id", "asc"]):
        raise NotDoneError("$orderby: rows come in the order of id")
    if (given.get("$format") or "json").partition(";")[0] not in {"json", "application/json"}:
        raise NotDoneError("$format: json alone")
    count = given.get("$count", "false")
    if count not in {"true", "false"}:
        raise WrongQueryError("$count: true or false")
    select = given.get("$select", "")
    top = _number(given, "$top") if "$top" in given else None
    return Query(
        top=top,
        skip=_number(given, "$skip"),
        after=_number(given, "$skiptoken"),
        count=count == "true",
        columns=_selected(select, columns),
        narrowed=bool(select) and select != "*",
        only=_filtered(given.get("$filter", "")),
    )


def _number(given: Mapping[str, str], name: str) -> int:
    value = given.get(name, "0")
    if not (value.isascii() and value.isdigit() and len(value) <= _NUMBER_DIGITS):
        raise WrongQueryError(f"{name}: a whole number")
    return int(value)


def _selected(given: str, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    if not given or given == "*":
        return columns
    wanted = [name.strip() for name in given.split(",")]
    known = {column.name: column for column in columns}
    missing = [name for name in wanted if name not in known]
    if missing:
        raise WrongQueryError(f"$select: no column {', '.join(missing)}")
    return tuple(known[name] for name in dict.fromkeys(wanted))


def _filtered(given: str) -> tuple[ColumnElement[bool], ...]:
    """Comparisons joined by "and": area_code eq '4207' and round ge 2."""
    return tuple(_comparisons(given)) if given.strip() else ()


def _comparisons(given: str) -> Iterator[ColumnElement[bool]]:
    """One after the other from the left: an "and" in quotes is part of a value."""
    joined: re.Match[str] | None = None
    while True:
        found = _COMPARED.match(given, joined.end() if joined else 0)
        if found is not None:
            yield _comparison(*found.groups())
            if found.end() == len(given):
                return
            joined = _AND.match(given, found.end())
        if found is None or joined is None:
            raise NotDoneError("$filter: comparisons of a column with a value, joined by and")


def _comparison(name: str, how: str, value: str) -> ColumnElement[bool]:
    if name not in _COLUMNS:
        raise NotDoneError(f"$filter: only by {', '.join(_COLUMNS)}")
    if value == "null":
        raise NotDoneError("$filter: null; what can be filtered by is never null")
    condition: ColumnElement[bool] = _HOW[how](_COLUMNS[name][0], _literal(name, value))
    return condition


def _literal(name: str, value: str) -> Any:
    _column, kind = _COLUMNS[name]
    try:
        if value.startswith("'"):
            read: Any = value[1:-1].replace("''", "'")
        elif kind is bool:
            read = {"true": True, "false": False}[value]
        elif kind is datetime:
            read = _moment(value)
        else:
            read = int(value) if len(value) <= _NUMBER_DIGITS else None
    except (KeyError, ValueError):
        raise WrongQueryError(f"$filter: {name} cannot be {value}") from None
    if not isinstance(read, kind):
        raise WrongQueryError(f"$filter: {name} cannot be {value}")
    return read


def _moment(value: str) -> datetime | None:
    """None without a zone. Raises ValueError for none, and for one that lies in no year of UTC."""
    read = datetime.fromisoformat(value)
    try:
        return None if read.tzinfo is None else read.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(value) from error
