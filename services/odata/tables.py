"""The tables of the feed: one for each form that is filled in, a column for each of its boxes outside repeats."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.forms.compiled import CompiledForm, Kind
from models.campaign import Campaign, Form
from services.desk.scope import Scope
from services.exports.reports import ReportRow, Value
from services.reports.forms import FormCache

INT, DOUBLE, TEXT, FLAG, MOMENT = "Edm.Int64", "Edm.Double", "Edm.String", "Edm.Boolean", "Edm.DateTimeOffset"
ABOUT: Final[Mapping[str, str]] = {
    "id": INT,
    "round": INT,
    "duty": TEXT,
    "area_code": TEXT,
    "area": TEXT,
    "state": TEXT,
    "version": INT,
    "reference": TEXT,
    "submitted_at": MOMENT,
    "late": FLAG,
}
"""What every table has of a report before its boxes; `id` is the key."""
_TYPES: Final = {Kind.INTEGER: INT, Kind.DECIMAL: DOUBLE}
_SAYS_NOTHING: Final = frozenset({Kind.NOTE, Kind.META, Kind.ANOTHER})
_UNFIT: Final = re.compile(r"[^A-Za-z0-9_]")
_LONGEST: Final = 128
"""Letters of a name (OData CSDL 4.01, section 15.2)."""
_LONGEST_TABLE: Final = 120
"""The name of a table's type is longer by a word."""


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    box: str
    """Its address; "" for what is said about the report."""
    type: str


@dataclass(frozen=True, slots=True)
class FormTable:
    name: str
    campaign_id: int
    form_key: str
    columns: tuple[Column, ...]


def tables_of(session: Session, forms: FormCache, scope: Scope) -> dict[str, FormTable]:
    """By name: those of the campaigns of the scope's province."""
    provinces = {code[:2] for code in scope.codes}
    found = (
        select(Campaign, Form)
        .join(Form, Form.campaign_id == Campaign.id)
        .where(Campaign.province_code.in_(provinces), Form.current_version_id.is_not(None))
        .order_by(Campaign.id, Form.id)
    )
    tables: dict[str, FormTable] = {}
    for campaign, form in session.execute(found):
        name = _own_name(f"{campaign.slug}_{form.key}", "form", tables, _LONGEST_TABLE)
        columns = tuple(columns_of(forms.get(session, form.current_version_id or 0)))
        tables[name] = FormTable(name, campaign.id, form.key, columns)
    return tables


def columns_of(form: CompiledForm) -> Iterator[Column]:
    """What is said about a report, then its boxes."""
    taken = set(ABOUT)
    for name, kind in ABOUT.items():
        yield Column(name, "", kind)
    inside = tuple(f"{repeat}/" for repeat in form.repeats)
    for address, question in form.questions.items():
        if question.kind in _SAYS_NOTHING or address.startswith(inside):
            continue
        name = _own_name(address, "box", taken, _LONGEST)
        taken.add(name)
        yield Column(name, address, _TYPES.get(question.kind, TEXT))


def _own_name(words: str, what: str, taken: Container[str], longest: int) -> str:
    """An OData simple identifier that nothing else has: x, else x_box, x_box2, ..."""
    name = _UNFIT.sub("_", words)
    name = (f"_{name}" if name[:1].isdigit() else name)[:longest]
    if name not in taken:
        return name
    ends = (f"_{what}{number}" if number > 1 else f"_{what}" for number in count(1))
    return next(own for end in ends if (own := f"{name[: longest - len(end)]}{end}") not in taken)


def entity(row: ReportRow, columns: tuple[Column, ...]) -> dict[str, Any]:
    """A report as a row of its table; a box that was not answered is null."""
    return {
        column.name: _typed(row.values.get(column.box), column.type) if column.box else _about(row, column.name)
        for column in columns
    }


def _about(row: ReportRow, name: str) -> Any:
    value = getattr(row, name)
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value


def _typed(value: Value, kind: str) -> Value:
    """As the column's type says; what was answered on an older version of the form and is none of it is null."""
    if value is None:
        return None
    if kind == TEXT:
        return str(value)
    if isinstance(value, str) or (kind == INT and not isinstance(value, int)):
        return None
    return value
