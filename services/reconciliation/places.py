"""Which area a table's row is of: by code, or by name with or without the word for its kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from models.area import AreaKind
from services.reconciliation.compare import DISTRICT, PROVINCE, TAMBON
from services.register.cells import Cells
from services.register.faults import COLUMN, RowError
from services.register.words import Words

_DIGITS: Final = {
    AreaKind.PROVINCE.value: PROVINCE,
    AreaKind.DISTRICT.value: DISTRICT,
    AreaKind.TAMBON.value: TAMBON,
}
_CODES: Final = (("tambon_code", TAMBON), ("district_code", DISTRICT), ("area_code", 0))
"""Columns of codes, the narrowest first, and how many digits each has; 0: any."""
_NAMED: Final = (("tambon", TAMBON), ("district", DISTRICT), ("province", PROVINCE))
_SEVERAL_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Known:
    code: str
    names: tuple[str, ...]
    """Thai and English, bare."""


class Places:
    """The areas of one province by what people call them."""

    def __init__(self, areas: Iterable[Known], words: Words, cells: Cells) -> None:
        self._words, self._cells = words, cells
        house = words.lexicon.tables["house"]
        kinds = {"province": PROVINCE, "amphoe": DISTRICT, "tambon": TAMBON}
        prefixes = [(self._word(one), digits) for kind, digits in kinds.items() for one in house[kind]]
        self._prefixes = sorted(prefixes, key=lambda prefix: -len(prefix[0]))
        self._capital = self._word(str(house["capital_district"]))
        self._codes: set[str] = set()
        self._by_name: dict[str, list[str]] = {}
        for area in areas:
            self._codes.add(area.code)
            for name in dict.fromkeys(map(self._word, area.names)):
                if name:
                    self._by_name.setdefault(name, []).append(area.code)

    def read(self, row: Mapping[str, str], prefer: int = 0) -> str:
        """The area's code. Raises RowError: no_area_named, no_such_area, several_areas.

        `prefer`: of several areas of one name, the one whose code has so many digits; 0: none.
        """
        for column, digits in _CODES:
            if self._says(row, column):
                return self._code(row[column], digits, column)
        inside = ""
        for column, digits in reversed(_NAMED):
            if self._says(row, column):
                inside = self._named(row[column], digits, inside)
        if self._says(row, "area"):
            return self._named(row["area"], 0, inside, prefer)
        if inside:
            return inside
        raise RowError("no_area_named")

    def _says(self, row: Mapping[str, str], column: str) -> bool:
        return not self._cells.nothing(row.get(column, ""))

    def _word(self, text: str) -> str:
        return self._words.lexicon.normaliser.word(text)

    def _code(self, text: str, digits: int, column: str) -> str:
        code = "".join(self._words.normal(text).split()).removesuffix(".0")
        if not code.isdigit() and not digits:
            return self._named(text, 0, "")
        if code not in self._codes or (digits and len(code) != digits):
            raise RowError("no_such_area", heard=text.strip()[:24], **{COLUMN: column})
        return code

    def _named(self, text: str, digits: int, inside: str, prefer: int = 0) -> str:
        """A name in a column of that kind (0: of any kind), within the area that stands in the columns before."""
        word = self._word(text)
        if word in self._words.totals:
            return inside or self._province()
        word, said = self._bare(word)
        found = [code for code in self._called(word, said or digits, inside) if code.startswith(inside)]
        if len(found) > 1 and prefer:
            found = [code for code in found if len(code) == prefer] or found
        if len(found) > 1:
            # a district and its tambon of one name: the word for the kind, or the column, tells them apart
            raise RowError("several_areas", heard=text.strip()[:24], codes=", ".join(found[:_SEVERAL_SHOWN]))
        if not found:
            raise RowError("no_such_area", heard=text.strip()[:24], **{COLUMN: "area"})
        return found[0]

    def _bare(self, word: str) -> tuple[str, int]:
        """Without the word for its kind, and the digits of a code of that kind; 0 where it has none."""
        if word in self._by_name:
            return word, 0
        for prefix, digits in self._prefixes:
            if word.startswith(prefix) and word != prefix:
                return word.removeprefix(prefix), digits
        return word, 0

    def _called(self, word: str, digits: int, inside: str) -> Sequence[str]:
        fitting = [code for code in self._by_name.get(word, ()) if not digits or len(code) == digits]
        if fitting or word != self._capital:
            return fitting
        return [code for code in self._codes if len(code) == DISTRICT and code.startswith(inside) and code[2:] == "01"]

    def _province(self) -> str:
        return next(iter(sorted(self._codes, key=len)), "")
