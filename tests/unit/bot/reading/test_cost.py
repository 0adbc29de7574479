"""What a reading costs: a hostile text of the greatest length stays cheap, whatever it repeats."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from bot.reading.reader import Reader
from tests.unit.bot.reading.form import FIELDS, KNOWN, boxes

_LENGTH = 5000
_SECONDS = 1.0
"""Of CPU time; several times what a slow machine takes, far below what a square of the length would."""


@pytest.mark.parametrize(
    "piece",
    [
        "1,",
        "1.",
        "8=",
        "8=1 ",
        "27=",
        "l1o",
        "1",
        "=",
        "-",
        "*",
        "ก",
        "เ",
        "ครบ",
        "ไม่",
        "ร้อย",
        "ล้าน",
        "หนึ่ง",
        "กขค= ",
        "ช่อง 8 ",
    ],
)
def test_five_thousand_characters_of_one_piece_are_read_in_a_moment(
    reader: Reader, now: dt.datetime, piece: str
) -> None:
    text = (piece * _LENGTH)[:_LENGTH]
    begun = time.process_time()
    for asked in ((), boxes(8, 9), boxes(15), boxes(26)):
        reader.block(text, asked, now=now, others=FIELDS, current=KNOWN)
    reader.district(text, ["ภูเรือ", "นาด้วง"])
    assert time.process_time() - begun < 4 * _SECONDS


def test_a_thousand_numbers_are_too_many(reader: Reader, now: dt.datetime) -> None:
    text = " ".join(str(number) for number in range(1000))
    assert reader.block(text, boxes(8, 9), now=now, others=FIELDS, current=KNOWN).why == "too_many"
