"""Reading as lines of JSON: the names of the corpus, one line for each, clear refusals."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from bot.reading.jsonl import KINDS, read_lines
from bot.reading.reader import Reader
from tests.unit.bot.reading.form import boxes


def _one(kind: str, text: str, now: dt.datetime, reader: Reader) -> dict[str, object]:
    (line,) = read_lines(kind, [json.dumps({"u": text}), ""], now, boxes(8, 9), reader=reader)
    found: dict[str, object] = json.loads(line)
    return found


def test_a_count_has_a_value(reader: Reader, now: dt.datetime) -> None:
    expected = {"u": "450 หลัง", "action": "accept", "value": 450, "why": "", "unit": "household"}
    assert _one("quantity", "450 หลัง", now, reader) == expected


def test_all_is_written_out_without_a_target(reader: Reader, now: dt.datetime) -> None:
    assert _one("quantity", "ครบ", now, reader)["value"] == "ALL"


def test_a_wish_has_an_intent(reader: Reader, now: dt.datetime) -> None:
    assert _one("control", "ใช่ค่ะ", now, reader) == {"u": "ใช่ค่ะ", "action": "accept", "intent": "yes", "why": ""}


def test_days_are_iso_and_houses_say_only_what_was_said(reader: Reader, now: dt.datetime) -> None:
    assert _one("date", "16 ม.ย. 64", now, reader)["candidates"] == ["2021-04-16", "2021-06-16"]
    assert _one("status", "เสร็จพรุ่งนี้", now, reader)["expected"] == "2021-06-17"
    assert _one("house_number", "99 ทับ 1", now, reader)["value"] == {"house_no": "99/1"}


def test_a_block_tells_values_and_what_stays_open(reader: Reader, now: dt.datetime) -> None:
    read = _one("block", "8=3150 9=ประมาณ 5", now, reader)
    assert read["value"] == {"hh_checked": 3150}
    assert read["remaining"] == ["hh_complete"]
    assert read["failed"] == {"hh_complete": "approximate"}


def test_every_kind_reads_without_a_reader_given(now: dt.datetime) -> None:
    assert [len(list(read_lines(kind, ['{"u": "1"}'], now))) for kind in KINDS] == [1] * len(KINDS)


@pytest.mark.parametrize("line", ["{", "[]", '{"u": 5}', '{"text": "5"}'])
def test_a_bad_line_is_named_by_its_number(reader: Reader, now: dt.datetime, line: str) -> None:
    with pytest.raises(ValueError, match="line 2"):
        list(read_lines("quantity", ['{"u": "1"}', line], now, reader=reader))


def test_an_unknown_kind_is_refused(now: dt.datetime) -> None:
    with pytest.raises(ValueError, match="unknown kind 'colour'"):
        next(read_lines("colour", [], now))
