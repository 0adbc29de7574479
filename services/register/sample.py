"""A made-up register of any size, real tambons, invented villages, houses and people, marked so."""

from __future__ import annotations

import io
import itertools
import math
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import geothai
from PIL import Image, ImageDraw

from bot.messages.bubbles import Text
from bot.messages.catalogue import Catalogue
from services.register.exporting import COLUMNS
from services.register.writers import writer_to

HOUSEHOLDS_A_VILLAGE: Final = 160
_MOST_VILLAGES: Final = 90
"""Villages of one tambon: the code has two digits for them."""
_A_VOLUNTEER: Final = 25
"""Households of one volunteer."""
_YEAR: Final = 2563
_DAY: Final = "2020-03-16"
_SIGNATURES: Final = 40
_BLOCK: Final = 5000

Cells = list[str | int]


@dataclass(frozen=True)
class Sample:
    """A made-up register. Some of its households have no volunteer, two, or another survey year, as real ones do."""

    catalogue: Catalogue
    province: str
    households: int

    def villages(self) -> Iterator[Cells]:
        name = self._words("village")
        leader = self._words("leader")
        for number, code in enumerate(self._codes(), 1):
            count = self._households_of(number - 1)
            yield [code, code[:6], int(code[6:]), f"{name} {number}", f"Example {number}", count, f"{leader} {number}"]

    def volunteers(self) -> Iterator[Cells]:
        name = self._words("volunteer")
        for number, code in enumerate(self._codes()):
            for place in range(math.ceil(self._households_of(number) / _A_VOLUNTEER)):
                yield [f"{code}-{place + 1:02d}", f"{name} {number + 1}.{place + 1}", code]

    def household_rows(self) -> Iterator[Cells]:
        head, has, lacks = self._words("head"), self._say("register.yes"), self._say("register.no")
        number = 0
        for village, code in enumerate(self._codes()):
            for place in range(self._households_of(village)):
                number += 1
                house, sub = divmod(place, 3)
                without = number % 97 == 0
                yield [
                    code,
                    "" if without else f"{house + 1}/{sub}" if sub else str(house + 1),
                    str(house + 1) if without else "",
                    place + 1 if without else 1,
                    place + 1,
                    f"{head} {number}",
                    self._volunteers_of(code, place, number),
                    lacks if number % 7 == 0 else has,
                    lacks if number % 11 == 0 else has,
                    lacks if number % 13 == 0 else has,
                    _YEAR - 1 if number % 61 == 0 else _YEAR,
                    _DAY,
                    number % 6 + 1,
                ]

    @staticmethod
    def _volunteers_of(code: str, place: int, number: int) -> str:
        own = f"{code}-{place // _A_VOLUNTEER + 1:02d}"
        if number % 41 == 0:
            return ""
        return f"{own} {code}-01" if number % 53 == 0 and not own.endswith("-01") else own

    @cached_property
    def _tambons(self) -> Sequence[str]:
        return _tambons(self.province)

    def _codes(self) -> Iterator[str]:
        """Village codes, spread over the province's tambons."""
        each = math.ceil(self._count / len(self._tambons))
        codes = (f"{tambon}{moo:02d}" for tambon in self._tambons for moo in range(1, each + 1))
        return itertools.islice(codes, self._count)

    @cached_property
    def _count(self) -> int:
        """Of villages."""
        wanted = math.ceil(self.households / HOUSEHOLDS_A_VILLAGE)
        return max(1, min(wanted, len(self._tambons) * _MOST_VILLAGES))

    def _households_of(self, village: int) -> int:
        each, rest = divmod(self.households, self._count)
        return each + (village < rest)

    def _words(self, of: str) -> str:
        return self._say(f"register.sample.{of}")

    def _say(self, key: str) -> str:
        return self.catalogue.say(Text(key))

    def write(self, folder: Path) -> list[Path]:
        """Write villages.csv, volunteers.csv, households.csv, signatures.zip and a README; returns the files."""
        folder.mkdir(parents=True, exist_ok=True)
        tables = {"villages": self.villages(), "volunteers": self.volunteers(), "households": self.household_rows()}
        files = [self._table(folder / f"{kind}.csv", kind, rows) for kind, rows in tables.items()]
        signatures, readme = folder / "signatures.zip", folder / "README.txt"
        _sign(signatures, [str(row[0]) for row in itertools.islice(self.volunteers(), _SIGNATURES)])
        readme.write_text(self._words("readme") + "\n", encoding="utf-8")
        return [*files, signatures, readme]

    def one(self, kind: str) -> bytes:
        """One of the tables, as a CSV file."""
        rows = {"villages": self.villages, "volunteers": self.volunteers, "households": self.household_rows}[kind]()
        headings = [self._say(f"register.column.{name}") for name in COLUMNS[kind]]
        file = io.BytesIO()
        with writer_to(file, "csv", headings) as write:
            write(list(rows))
        return file.getvalue()

    def _table(self, path: Path, kind: str, rows: Iterator[Cells]) -> Path:
        headings = [self._say(f"register.column.{name}") for name in COLUMNS[kind]]
        with path.open("wb") as file, writer_to(file, "csv", headings) as write:
            while block := list(itertools.islice(rows, _BLOCK)):
                write(block)
        return path


def _tambons(province: str) -> Sequence[str]:
    """Codes of the province's tambons. Raises LookupError."""
    if geothai.province(province) is None:
        raise LookupError(province)
    districts = geothai.districts(province)
    return [tambon.code for district in districts for tambon in geothai.subdistricts(district.code)]


def _sign(path: Path, codes: Sequence[str]) -> None:
    """Scribbles that nobody could take for a signature; every tenth volunteer has a second, different one."""
    with zipfile.ZipFile(path, "w") as archive:
        for number, code in enumerate(codes):
            archive.writestr(f"{code}.png", _scribble(number))
            if number % 10 == 0:
                archive.writestr(f"{code}_2.png", _scribble(number + 1000))


def _scribble(seed: int) -> bytes:
    image = Image.new("L", (240, 80), 255)
    points = [(10 + 11 * step, 40 + (seed * 7 + step * step * 13) % 61 - 30) for step in range(21)]
    ImageDraw.Draw(image).line(points, fill=40, width=2)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
