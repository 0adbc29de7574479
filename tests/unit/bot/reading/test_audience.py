"""To whom staff write: groups, districts by name, both; an order in front."""

from __future__ import annotations

import pytest

from bot.reading.audience import Addressed
from bot.reading.outcome import Action
from bot.reading.reader import Reader

NAMES = ("เมืองเลย", "นาด้วง", "ปากชม", "ด่านซ้าย", "นาแห้ว", "ภูเรือ", "ภูหลวง", "หนองหิน")
ENGLISH = ("Mueang Loei", "Dan Sai", "Phu Ruea")


@pytest.mark.parametrize(
    ("text", "group", "districts"),
    [
        ("ทุกอำเภอ", "all", ()),
        ("อำเภอที่ยังไม่ส่ง", "owing", ()),
        ("อำเภอที่ส่งแล้วค่ะ", "sent", ()),
        ("ผู้นำชุมชน", "leaders", ()),
        ("ผู้นำ อ.ภูเรือ", "leaders", ("ภูเรือ",)),
        ("เจ้าหน้าที่จังหวัด", "staff", ()),
        ("ภูเรือ ด่านซ้าย", "named", ("ภูเรือ", "ด่านซ้าย")),
        ("อ.ภูเรือ, อ.นาแห้ว", "named", ("ภูเรือ", "นาแห้ว")),
        ("อำเภอ ภูเรือ และด่านซ้าย", "named", ("ภูเรือ", "ด่านซ้าย")),
        ("ภูเรือและด่านซ้าย", "named", ("ภูเรือ", "ด่านซ้าย")),
        ("เมือง", "named", ("เมืองเลย",)),
        ("ภูเรือ ภูเรือ", "named", ("ภูเรือ",)),
    ],
)
def test_an_audience_is_read(reader: Reader, text: str, group: str, districts: tuple[str, ...]) -> None:
    reading = reader.audience(text, NAMES)
    assert reading is not None
    assert (reading.action, reading.value) == (Action.ACCEPT, Addressed(group, districts))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("เตือน ภูเรือ ด่านซ้าย", Addressed("named", ("ภูเรือ", "ด่านซ้าย"))),
        ("เตือนภูเรือ", Addressed("named", ("ภูเรือ",))),
        ("เตือนทั้ง 4 อำเภอ", Addressed("all")),
        ("เตือน", Addressed("")),
    ],
)
def test_an_order_may_stand_in_front(reader: Reader, text: str, expected: Addressed) -> None:
    reading = reader.audience(text, NAMES, "remind")
    assert reading is not None
    assert reading.value == expected


def test_names_of_several_words_are_kept_together(reader: Reader) -> None:
    for text in ("remind Phu Ruea, Dan Sai", "remind phu ruea dan sai"):
        reading = reader.audience(text, ENGLISH, "remind")
        assert reading is not None
        assert reading.value == Addressed("named", ("Phu Ruea", "Dan Sai"))


def test_a_slip_is_taken_and_marked(reader: Reader) -> None:
    reading = reader.audience("ภูเรอ", NAMES)
    assert reading is not None
    assert (reading.action, reading.value) == (Action.CONFIRM, Addressed("named", ("ภูเรือ",)))


@pytest.mark.parametrize("text", ["ขอนแก่น", "ภูเรือ ขอนแก่น", "ประชุมวันจันทร์"])
def test_an_unknown_name_is_told_as_it_was_typed(reader: Reader, text: str) -> None:
    reading = reader.audience(text, NAMES)
    assert reading is not None
    assert (reading.action, reading.value) == (Action.ASK, None)
    assert reading.notes["typed"] == text.rsplit(maxsplit=1)[-1]


@pytest.mark.parametrize("text", ["ใครยังไม่ส่ง", "ภูเรือ", "", "reminder of districts"])
def test_without_the_order_it_is_none(reader: Reader, text: str) -> None:
    assert reader.audience(text, NAMES, "remind") is None
