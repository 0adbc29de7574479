"""District names: as they are, with a prefix, shortened, or with one slip."""

from __future__ import annotations

import pytest

from bot.reading.outcome import Action
from bot.reading.reader import Reader

_NAMES = (
    "เมืองเลย",
    "นาด้วง",
    "เชียงคาน",
    "ปากชม",
    "ด่านซ้าย",
    "นาแห้ว",
    "ภูเรือ",
    "ท่าลี่",
    "วังสะพุง",
    "ภูกระดึง",
    "ภูหลวง",
    "ผาขาว",
    "เอราวัณ",
    "หนองหิน",
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *((name, name) for name in _NAMES),
        ("อ.ภูเรือ", "ภูเรือ"),
        ("อำเภอภูเรือ ค่ะ", "ภูเรือ"),
        ("อำเภอ ด่านซ้าย", "ด่านซ้าย"),
        ("อ. เมือง", "เมืองเลย"),
        ("เมือง", "เมืองเลย"),
        ("อำเภอเมืองเลย", "เมืองเลย"),
    ],
)
def test_a_name_is_taken(reader: Reader, text: str, name: str) -> None:
    reading = reader.district(text, _NAMES)
    assert (reading.action, reading.value) == (Action.ACCEPT, name)


@pytest.mark.parametrize(
    ("text", "name", "why"),
    [
        ("นาดวง", "นาด้วง", "typo"),
        ("วังสะพง", "วังสะพุง", "typo"),
        ("อ.ภูเรอ", "ภูเรือ", "typo"),
        ("ด่านซาย", "ด่านซ้าย", "typo"),
        ("เอราวัน", "เอราวัณ", "typo"),
        ("วังสะ", "วังสะพุง", "part"),
    ],
)
def test_a_slip_or_a_part_is_read_back(reader: Reader, text: str, name: str, why: str) -> None:
    reading = reader.district(text, _NAMES)
    assert (reading.action, reading.value, reading.why) == (Action.CONFIRM, name, why)


@pytest.mark.parametrize("text", ["ภู", "นา", "ขอนแก่น", "", "อ."])
def test_an_unknown_or_too_short_name_is_asked(reader: Reader, text: str) -> None:
    assert (reader.district(text, _NAMES).action, reader.district(text, _NAMES).value) == (Action.ASK, None)


def test_a_beginning_of_several_names_offers_them(reader: Reader) -> None:
    assert reader.district("หนอง", ("หนองหิน", "หนองคาย")).notes["candidates"] == ["หนองหิน", "หนองคาย"]
