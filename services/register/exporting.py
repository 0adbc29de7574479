"""The register as a file: CSV or workbook, row by row, so that importing it again changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bot.messages.bubbles import Text
from bot.messages.catalogue import Catalogue
from models.area import Area, AreaKind, Household
from models.base import Sessions
from models.bulk import table_of
from models.register import EarlierRecord, Volunteer
from models.work import Audit
from services.ports import Clock
from services.register.cells import BUDDHIST
from services.register.kinds import KINDS, RECORD
from services.register.writers import writer_to
from services.texts import Texts

_PAGE: Final = 50
"""Villages or tambons read at a time: no query is long, no memory grows."""

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "villages": ("code", "tambon_code", "moo", "name_th", "name_en", "households", "leader_name"),
    "households": (
        "village_code",
        "house_no",
        "near",
        "ordinal",
        "position",
        "head_name",
        "volunteer_code",
        "has_photo",
        "has_signature",
        "on_web",
        "survey_year",
        "surveyed_on",
        "members",
    ),
    "volunteers": ("volunteer_code", "name", "area_code"),
}


@dataclass(frozen=True)
class Exporter:
    sessions: Sessions
    clock: Clock
    texts: Texts

    def run(
        self,
        kind_name: str,
        file: BinaryIO,
        form: str,
        *,
        area: str = "",
        locale: str = "th",
        person_id: int | None = None,
        progress: Callable[[int], None] = lambda _rows: None,
    ) -> int:
        """Write a register to a binary file as "csv" or "xlsx"; returns the number of rows.

        `area` limits it to what lies in an area's code. Years of a survey are written in the Buddhist era.
        """
        kind = KINDS[kind_name]
        catalogue = self.texts.catalogue(locale)
        columns = COLUMNS[kind.name]
        count = 0
        with writer_to(file, form, [catalogue.say(Text(f"register.column.{name}")) for name in columns]) as write:
            for page in self._pages(kind.name, area):
                write([_cells(catalogue, columns, row) for row in page])
                count += len(page)
                progress(count)
        with self.sessions() as session, session.begin():
            detail = {"rows": count, "area": area, "form": form}
            action = f"register_exported_{kind.name}"
            session.add(
                Audit(
                    at=self.clock.now(),
                    person_id=person_id,
                    action=action,
                    subject=area or "all",
                    area_code=area,
                    detail=detail,
                )
            )
        return count

    def _pages(self, kind: str, area: str) -> Iterator[list[Mapping[str, Any]]]:
        parents = AreaKind.VILLAGE if kind == "households" else AreaKind.TAMBON
        last = ""
        while True:
            with self.sessions() as session:
                codes = _codes(session, parents, area, last)
                if not codes:
                    return
                statements = _STATEMENTS[kind](codes, area)
                yield [row for statement in statements for row in _rows(session, statement)]
            last = codes[-1]


def _rows(session: Session, statement: Select[Any]) -> list[Mapping[str, Any]]:
    return [dict(row) for row in session.execute(statement).mappings()]


def _codes(session: Session, kind: AreaKind, area: str, after: str) -> Sequence[str]:
    within = Area.code.startswith(area) if kind is AreaKind.VILLAGE else Area.code.startswith(area[:6])
    statement = select(Area.code).where(Area.kind == kind.value, Area.code > after, within)
    return session.scalars(statement.order_by(Area.code).limit(_PAGE)).all()


def _villages(codes: Sequence[str], area: str) -> list[Select[Any]]:
    table = table_of(Area)
    return [
        select(table, table.c.parent_code.label("tambon_code"))
        .where(table.c.parent_code.in_(codes), table.c.kind == AreaKind.VILLAGE.value, table.c.code.startswith(area))
        .order_by(table.c.code)
    ]


def _households(codes: Sequence[str], _area: str) -> list[Select[Any]]:
    """What the survey's base says now, then its records of earlier years."""
    house, earlier = table_of(Household), table_of(EarlierRecord)
    key = [house.c[name] for name in ("village_code", "house_no", "near", "ordinal", "position")]
    listed = house.c.village_code.in_(codes), house.c.registered.is_(True)
    order = house.c.village_code, house.c.position, house.c.id
    old = [earlier.c[name] for name in (*RECORD, "survey_year")]
    return [
        select(*key, *(house.c[name] for name in (*RECORD, "survey_year"))).where(*listed).order_by(*order),
        select(*key, *old)
        .join_from(earlier, house, earlier.c.household_id == house.c.id)
        .where(*listed)
        .order_by(*order, earlier.c.survey_year),
    ]


def _volunteers(codes: Sequence[str], area: str) -> list[Select[Any]]:
    table = table_of(Volunteer)
    places = select(Area.code).where((Area.code.in_(codes)) | (Area.parent_code.in_(codes)), Area.code.startswith(area))
    return [
        select(table, table.c.code.label("volunteer_code"))
        .where(table.c.area_code.in_(places), table.c.registered.is_(True))
        .order_by(table.c.area_code, table.c.code)
    ]


_STATEMENTS: Final[Mapping[str, Callable[[Sequence[str], str], list[Select[Any]]]]] = {
    "villages": _villages,
    "households": _households,
    "volunteers": _volunteers,
}


def _cells(catalogue: Catalogue, columns: Sequence[str], row: Mapping[str, Any]) -> list[str | int]:
    return [_cell(catalogue, name, row) for name in columns]


def _cell(catalogue: Catalogue, name: str, row: Mapping[str, Any]) -> str | int:
    value = row[name]
    if name == "volunteer_code" and row.get("other_volunteers"):
        return f"{value} {row['other_volunteers']}"
    if value is None:
        return ""
    if isinstance(value, bool):
        return catalogue.say(Text("register.yes" if value else "register.no"))
    if isinstance(value, dt.date):
        return value.isoformat()
    if name == "survey_year":
        return int(value) + BUDDHIST
    return value if isinstance(value, int) else str(value)
