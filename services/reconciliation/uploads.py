"""Figures of the dashboard from a table that somebody hands in: CSV or workbook, areas by code or name, any digits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import BinaryIO, Final, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.area import Area, AreaKind
from models.campaign import Campaign
from models.reconciliation import DashboardFigure
from services.campaigns.reconciliation import Measure, reconciliation_of
from services.desk.scope import Scope
from services.reconciliation.compare import PROVINCE
from services.reconciliation.entering import Given
from services.reconciliation.places import Known, Places
from services.register.cells import Cells, holds_national_id
from services.register.faults import COLUMN, FileFault, RowError, RowFault
from services.register.kinds import Kind
from services.register.layout import Layout, find_layout
from services.register.tables import open_tables
from services.register.words import DASHBOARD, Words

T = TypeVar("T")

MOST: Final = 20_000
"""Rows of a table: more than the districts and tambons of the country."""
_OF_MEASURE: Final = "measure."
_AREAS: Final = (
    ("area_code",),
    ("area",),
    ("district_code",),
    ("tambon_code",),
    ("district",),
    ("tambon",),
    ("province",),
)


@dataclass(frozen=True, slots=True)
class Upload:
    """What a table says."""

    given: tuple[Given, ...]
    faults: tuple[RowFault, ...]
    left_out: tuple[str, ...] = ()
    """Headings that mean nothing here."""


@dataclass(frozen=True)
class Uploads:
    session: Session
    campaign: Campaign
    words: Words
    today: dt.date

    def read(self, file: BinaryIO, measure: str, as_of: dt.date, scope: Scope) -> Upload:
        """Read a table; nothing is stored. `measure`: what a column without a measure's name counts; `as_of`: for rows
        that give no day of their own. Raises FileFault for a file that cannot be used as a whole."""
        cells = Cells(self.words, self.today)
        places = Places(self._areas(scope), self.words, cells)
        faults: list[RowFault] = []
        given: dict[tuple[str, str], tuple[int, Given]] = {}
        tables = open_tables(file)  # a name of its own: a workbook closes with it
        sheet = next(tables, None)
        if sheet is None:
            raise FileFault("empty")
        layout = find_layout(sheet, self._kind(), self._measures(measure))
        filled = list(_filled(layout))
        prefer = _level(places, (row for _number, row in filled))
        for number, row in filled:
            try:
                area = places.read(row, prefer)
                self._take(number, self._figures(area, row, layout, cells, measure, as_of), given)
            except RowError as error:
                faults.append(RowFault(error.what, error.values, number))
        return Upload(tuple(one for _row, one in given.values()), tuple(faults), layout.left_out)

    def _areas(self, scope: Scope) -> Iterator[Known]:
        kinds = (AreaKind.PROVINCE.value, AreaKind.DISTRICT.value, AreaKind.TAMBON.value)
        own = scope.narrowed(self.campaign.province_code).within(Area.code)
        for area in self.session.scalars(select(Area).where(Area.kind.in_(kinds), own).order_by(Area.code)):
            yield Known(area.code, (area.name_th, area.name_en))

    def _kind(self) -> Kind:
        values = ("value",), *((f"{_OF_MEASURE}{one.key}",) for one in self._all())
        return Kind(DASHBOARD, DashboardFigure, ("area_code",), (_AREAS, values), "area_code", frozenset(), "", 2)

    def _all(self) -> Sequence[Measure]:
        return reconciliation_of(self.campaign.settings).measures

    def _measures(self, chosen: str) -> Words:
        """The words with the measures' names as headings; the chosen one's stand for its figures anyway."""
        headings = dict(self.words.headings[DASHBOARD])
        for one in self._all():
            column = "value" if one.key == chosen else f"{_OF_MEASURE}{one.key}"
            headings |= {self.words.comparable(name): column for name in (one.key, *one.labels.values())}
        return replace(self.words, headings={**self.words.headings, DASHBOARD: headings})

    def _figures(
        self, area: str, row: Mapping[str, str], layout: Layout, cells: Cells, measure: str, as_of: dt.date
    ) -> list[Given]:
        if holds_national_id(list(row.values())):
            raise RowError("national_id")
        day = _taken("as_of", cells.day, row["as_of"]) if row.get("as_of") else as_of
        found = []
        for column in layout.columns:
            named = column.removeprefix(_OF_MEASURE)
            if (column != "value" and named == column) or cells.nothing(row.get(column, "")):
                continue
            value = _taken("value", cells.whole, row[column])
            found.append(Given(area, measure if column == "value" else named, value, day))
        if not found:
            raise RowError("missing_figure")
        return found

    @staticmethod
    def _take(number: int, figures: Sequence[Given], given: dict[tuple[str, str], tuple[int, Given]]) -> None:
        """Raises RowError where an area stands in the table twice with different figures."""
        for one in figures:
            place = (one.area_code, one.measure)
            first = given.get(place)
            if first is None:
                given[place] = (number, one)
            elif first[1] != one:
                raise RowError("area_twice", first=first[0])


def _level(places: Places, rows: Iterable[Mapping[str, str]]) -> int:
    """Digits of the codes of which the table is, its totals apart; 0 where it mixes districts and tambons.

    A district and its tambon often share a name: in a table of districts alone it means the district.
    """
    levels = set()
    for row in rows:
        with suppress(RowError):
            levels.add(len(places.read(row)))
    levels -= {PROVINCE}
    return levels.pop() if len(levels) == 1 else 0


def _filled(layout: Layout) -> Iterator[tuple[int, dict[str, str]]]:
    for count, (number, row) in enumerate(layout.rows):
        if count >= MOST:
            raise FileFault("too_many_rows", most=MOST)
        if any(cell.strip() for cell in row):
            yield number, layout.cells(row)


def _taken(column: str, read: Callable[[str], T], text: str) -> T:
    try:
        return read(text)
    except RowError as error:
        error.values.setdefault(COLUMN, column)
        raise
