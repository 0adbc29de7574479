"""Villages named in an order."""

from __future__ import annotations

import pytest

from bot.reading.reader import Reader
from bot.reading.village import VillageNamed


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("หมู่ 5 สานตม", VillageNamed(moo=5, parts=("สานตม",))),
        ("ม.๕ ต.สานตม", VillageNamed(moo=5, parts=("สานตม",))),
        ("หมู่5,สานตม", VillageNamed(moo=5, parts=("สานตม",))),
        ("บ้านนาทุ่ม อำเภอภูเรือ", VillageNamed(parts=("นาทุ่ม", "ภูเรือ"))),
        ("42070605", VillageNamed(code="42070605")),
        ("moo 5 San Tom", VillageNamed(moo=5, parts=("san", "tom"))),
        ("หมู่", VillageNamed()),
        ("", VillageNamed()),
    ],
)
def test_a_village_is_read_by_number_names_or_code(reader: Reader, words: str, named: VillageNamed) -> None:
    assert reader.village(words) == named
