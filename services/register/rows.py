"""A row's cells to the columns of our tables, one reader for each kind of register. Raises RowError."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from models.area import AreaKind
from services.register.cells import Cells
from services.register.faults import COLUMN, RowError
from services.register.houses import Houses
from services.register.kinds import Kind

Row = Mapping[str, str]
Values = dict[str, Any]
_MOO_FROM = 6


class Rows:
    """Reads the rows of one file; a column that the file does not have is never set, so that nothing is emptied."""

    def __init__(self, kind: Kind, columns: frozenset[str], cells: Cells, houses: Houses) -> None:
        self._columns = columns
        self._cells = cells
        self._houses = houses
        self._positions: Counter[str] = Counter()
        self.read: Callable[[Row], Values] = {
            "villages": self._village,
            "households": self._household,
            "volunteers": self._volunteer,
        }[kind.name]
        whole, yes_no = cells.whole, cells.yes_no
        self._options: list[tuple[str, Callable[[str], Any], Any]] = [
            option
            for option in (
                ("head_name", cells.name, ""),
                ("has_photo", yes_no, None),
                ("has_signature", yes_no, None),
                ("on_web", yes_no, None),
                ("survey_year", cells.year, None),
                ("surveyed_on", cells.day, None),
                ("members", whole, None),
            )
            if option[0] in columns
        ]

    def _taken(self, column: str, read: Callable[[str], Any], text: str) -> Any:
        try:
            return read(text)
        except RowError as error:
            error.values.setdefault(COLUMN, column)
            raise

    def _needed(self, row: Row, column: str, read: Callable[[str], Any]) -> Any:
        text = row.get(column, "")
        if not text:
            raise RowError("missing", column=column)
        return self._taken(column, read, text)

    def _optional(self, row: Row, column: str, read: Callable[[str], Any], empty: Any) -> Any:
        text = row.get(column, "")
        if not text or (read is not self._cells.yes_no and self._cells.nothing(text)):
            return empty
        return self._taken(column, read, text)

    def _place(self, row: Row, column: str = "village_code") -> str:
        """A village's code: written, or put together from the tambon's and the number of the village in it."""
        if row.get(column) or not ("tambon_code" in self._columns and "moo" in self._columns):
            return str(self._needed(row, column, self._cells.village))
        tambon = self._needed(row, "tambon_code", self._cells.tambon)
        return f"{tambon}{self._needed(row, 'moo', self._cells.whole):02d}"

    def _village(self, row: Row) -> Values:
        code = self._place(row, "code")
        tambon = self._optional(row, "tambon_code", self._cells.tambon, code[:_MOO_FROM])
        if tambon != code[:_MOO_FROM]:
            raise RowError("other_tambon", code=code, tambon=tambon)
        moo = self._optional(row, "moo", self._cells.whole, None) if "moo" in self._columns else int(code[_MOO_FROM:])
        values: Values = {"code": code, "kind": AreaKind.VILLAGE.value, "parent_code": tambon, "moo": moo}
        values["name_th"] = self._needed(row, "name_th", self._cells.name)
        for column in ("name_en", "leader_name"):
            if column in self._columns:
                values[column] = self._optional(row, column, self._cells.name, "")
        if "households" in self._columns:
            values["households"] = self._optional(row, "households", self._cells.whole, None)
        return values

    def _household(self, row: Row) -> Values:
        village = self._place(row)
        self._positions[village] += 1
        house = self._taken("house_no", lambda number: self._houses.read(number, self._near(row)), row["house_no"])
        if house.moo is not None and house.moo != int(village[_MOO_FROM:]):
            raise RowError("other_moo", moo=house.moo, code=village)
        values: Values = {
            "village_code": village,
            "house_no": house.house_no,
            "near": house.near,
            "ordinal": self._optional(row, "ordinal", self._cells.whole, house.ordinal or 1) or 1,
            "position": self._optional(row, "position", self._cells.whole, self._positions[village]),
            "registered": True,
        }
        if "volunteer_code" in self._columns:
            codes = self._volunteers(row)
            values["volunteer_code"], values["other_volunteers"] = codes[0] if codes else "", " ".join(codes[1:])
        for column, read, empty in self._options:
            text = row[column]
            values[column] = self._optional(row, column, read, empty) if text else empty
        return values

    def _near(self, row: Row) -> str:
        return str(self._optional(row, "near", self._cells.name, ""))

    def _volunteers(self, row: Row) -> list[str]:
        found: dict[str, None] = {}
        for column in ("volunteer_code", "second_volunteer"):
            found |= dict.fromkeys(self._optional(row, column, self._cells.codes, ()))
        return list(found)

    def _volunteer(self, row: Row) -> Values:
        code = self._needed(row, "volunteer_code", self._cells.code)
        name = self._needed(row, "name", self._cells.name)
        return {"code": code, "name": name, "area_code": self._area(row), "registered": True}

    def _area(self, row: Row) -> str:
        """The volunteer's village where it is named, else the tambon."""
        for column, read in (
            ("village_code", self._cells.village),
            ("area_code", self._village_or_tambon),
        ):
            if row.get(column):
                return str(self._taken(column, read, row[column]))
        tambon = str(self._needed(row, "tambon_code", self._cells.tambon))
        moo = self._optional(row, "moo", self._cells.whole, None)
        return tambon if moo is None else f"{tambon}{moo:02d}"

    def _village_or_tambon(self, text: str) -> str:
        try:
            return self._cells.village(text)
        except RowError:
            return self._cells.tambon(text)
