"""Edits in any state, corrections by value, and the promise that no number lands in a box that was not meant."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.reading.block_fields import BlockField, BlockReading
from bot.reading.jsonl import fields_from_json
from bot.reading.outcome import Action
from bot.reading.reader import Reader
from tests.unit.bot.reading import written
from tests.unit.bot.reading.form import FIELDS, KNOWN, boxes

_SHARED = settings(
    deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
_COUNT = st.integers(0, 99_999)


def _edit(reader: Reader, now: dt.datetime, text: str, current: dict[str, int] | None = None) -> BlockReading:
    return reader.block(text, (), now=now, others=FIELDS, current=current or {"hh_checked": 3150})


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("8=3200", {"hh_checked": 3200}),
        ("แก้ 8=3200 ค่ะ", {"hh_checked": 3200}),
        ("ขอแก้ไขช่อง 8 เป็น 3200", {"hh_checked": 3200}),
        ("8:3150", {"hh_checked": 3150}),
        ("5=33 6=28", {"villages_checked": 33, "certificates": 28}),
        ("12=5 แล้วก็ 13=6", {"e33": 5, "e34": 6}),
        ("27=ฝนตก", {"remarks": "ฝนตก"}),
        ("ไม่ใช่ 3150 เป็น 3510", {"hh_checked": 3510}),
        ("box 8 3200", {"hh_checked": 3200}),
        ("edit 8=3200", {"hh_checked": 3200}),
        ("change box 8 to 3200", {"hh_checked": 3200}),
        ("Box 8 is 3,200", {"hh_checked": 3200}),
        ("correct box 8: 3200", {"hh_checked": 3200}),
        ("not 3150 to 3510", {"hh_checked": 3510}),
    ],
)
def test_a_box_is_edited_by_its_number_in_any_state(
    reader: Reader, now: dt.datetime, text: str, values: dict[str, object]
) -> None:
    reading = _edit(reader, now, text)
    assert (reading.action, reading.values, reading.remaining) == (Action.ACCEPT, values, ())


@pytest.mark.parametrize(
    "text",
    [
        "3150 3040",
        "ครบ 3040",
        "16/6/64 10:30",
        "10:30",
        "๓.๑=40",
        "เน็ตหลุด 8=3200 บ่อย",
        "สวัสดี",
        "=",
        "ไม่มี",
        "ประชุม=พรุ่งนี้",
    ],
)
def test_what_names_no_box_plainly_is_no_edit(reader: Reader, now: dt.datetime, text: str) -> None:
    reading = _edit(reader, now, text)
    assert (reading.action, reading.values) == (Action.ASK, {})


@pytest.mark.parametrize(
    ("text", "explicit"),
    [
        ("แก้ช่อง 8", True),
        ("ช่อง 8", True),
        ("แก้ข้อ 8 ค่ะ", True),
        ("ข้อ 8", False),
        ("edit box 8", True),
        ("change 8", True),
        ("Box 8", True),
    ],
)
def test_a_box_without_value_is_asked_for(reader: Reader, now: dt.datetime, text: str, explicit: bool) -> None:
    reading = _edit(reader, now, text)
    assert (reading.why, reading.notes["box"], reading.notes["field"]) == ("edit_box", 8, "hh_checked")
    assert reading.notes["explicit"] is explicit


def test_a_correction_without_no_is_read_back(reader: Reader, now: dt.datetime) -> None:
    reading = _edit(reader, now, "3150 เป็น 3510")
    assert (reading.action, reading.values, reading.why) == (Action.CONFIRM, {"hh_checked": 3510}, "correction")


def test_a_correction_of_a_value_that_two_boxes_hold_is_asked(reader: Reader, now: dt.datetime) -> None:
    reading = _edit(reader, now, "ไม่ใช่ 3150 เป็น 3510", {"hh_checked": 3150, "hh_complete": 3150})
    assert (reading.action, reading.why) == (Action.ASK, "several")
    assert reading.notes["candidates"] == ("hh_checked", "hh_complete")


def test_a_correction_of_a_value_that_no_box_holds_is_asked(reader: Reader, now: dt.datetime) -> None:
    reading = _edit(reader, now, "ไม่ใช่ 9999 เป็น 3510")
    assert (reading.action, reading.why) == (Action.ASK, "no_such_value")


def test_a_correction_that_could_be_a_box_is_an_edit_of_the_box(reader: Reader, now: dt.datetime) -> None:
    assert _edit(reader, now, "8 เป็น 3510", {"records": 8}).values == {"hh_checked": 3510}


def test_all_without_a_known_target_is_asked(reader: Reader, now: dt.datetime) -> None:
    reading = reader.block("ครบ", boxes(10, 11), now=now)
    assert (reading.action, reading.why) == (Action.ASK, "no_target")


@pytest.mark.parametrize("text", ["", "   ", "ก" * 5001])
def test_nothing_and_too_much_are_asked(reader: Reader, now: dt.datetime, text: str) -> None:
    assert reader.block(text, boxes(8, 9), now=now).action is Action.ASK


def test_the_same_box_twice_is_asked(reader: Reader, now: dt.datetime) -> None:
    assert _edit(reader, now, "8=5 8=6").why == "labels"


def test_labels_that_fit_two_boxes_are_asked(reader: Reader, now: dt.datetime) -> None:
    twins = (BlockField("a", 1, ("บ้านเก่า",)), BlockField("b", 2, ("บ้านใหม่",)))
    reading = reader.block("บ้าน 5 บ้านใหม่ 6", twins, now=now)
    assert reading.action is Action.ASK


def test_a_worded_key_that_could_begin_in_two_places_is_not_guessed(reader: Reader, now: dt.datetime) -> None:
    """The label is not one we know: either box 2, or box 16 with a number in its label."""
    reading = reader.block("27=ฝน 16 ลำดับ 2=เสร็จ", boxes(8), now=now, others=FIELDS)
    assert reading.action is Action.ASK or "fix_status" not in reading.values


@pytest.mark.parametrize("text", ["3150 3040", "ครบ 3040 ตรวจแล้ว 3150"])
def test_the_fields_of_the_command_line_are_read_from_json(reader: Reader, now: dt.datetime, text: str) -> None:
    described = [
        {"name": "checked", "box": 8, "labels": ["ตรวจแล้ว"], "unit": "household"},
        {"name": "complete", "box": 9, "labels": ["ครบ"], "options": [{"name": "x", "label": "y", "synonyms": ["z"]}]},
    ]
    reading = reader.block(text, fields_from_json(json.dumps(described)), now=now)
    assert reading.values == {"checked": 3150, "complete": 3040}


@_SHARED
@given(first=_COUNT, second=_COUNT)
def test_two_numbers_in_any_shape_are_never_silently_swapped_or_changed(
    reader: Reader, now: dt.datetime, first: int, second: int
) -> None:
    right = {"hh_checked": first, "hh_complete": second}
    for shape in (
        f"{first} {second}",
        f"{first:,} {second:,}",
        f"{first}/{second}",
        f"{first},{second}",
        f"{first}, {second}",
        f"{first}\n{second}",
        f"{first} กับ {second} ค่ะ",
        written.thai_digits(f"{first:,} {second:,}"),
        f"{written.in_words(first)} {written.in_words(second)}",
        f"ตรวจ {first} ครบ {second}",
        f"ครบ {second} ตรวจแล้ว {first}",
        f"ตรวจ{first}ครบ{second}",
        f"8={first} 9={second}",
        f"9={second:,} 8={first:,}",
        f"ช่อง 8 {first} ช่อง 9 {second}",
        f"8 {first} 9 {second}",
        f"{first:,} {second:,}".replace(",", " "),
        f"{first} หลัง {second} หลัง",
    ):
        reading = reader.block(shape, boxes(8, 9), now=now, others=FIELDS, current=KNOWN)
        taken = reading.action is Action.ACCEPT
        assert not taken or reading.values == right, shape


@_SHARED
@given(first=_COUNT, second=_COUNT)
def test_two_plain_numbers_are_taken_unless_they_may_be_one(
    reader: Reader, now: dt.datetime, first: int, second: int
) -> None:
    reading = reader.block(f"{first}\n{second}", boxes(5, 6), now=now)
    if first not in {5, 6}:
        assert (reading.action, reading.values) == (
            Action.ACCEPT,
            {"villages_checked": first, "certificates": second},
        )


@_SHARED
@given(counts=st.lists(st.integers(0, 999), min_size=5, max_size=5))
def test_five_case_counts_are_taken_in_order(reader: Reader, now: dt.datetime, counts: list[int]) -> None:
    reading = reader.block(" ".join(map(str, counts)), boxes(10, 11, 12, 13, 14), now=now)
    assert reading.action is not Action.ACCEPT or list(reading.values.values()) == counts


@_SHARED
@given(counts=st.lists(_COUNT, min_size=1, max_size=7).filter(lambda counts: len(counts) != 5))
def test_too_many_or_too_few_numbers_are_never_taken(reader: Reader, now: dt.datetime, counts: list[int]) -> None:
    reading = reader.block("\n".join(map(str, counts)), boxes(10, 11, 12, 13, 14), now=now)
    assert reading.action is not Action.ACCEPT


_FRAGMENTS = [
    "3150",
    "3,040",
    "12",
    "0",
    "-",
    "=",
    "8=",
    "ช่อง",
    "8",
    "๓.๑",
    "*",
    "**",
    "ตรวจ",
    "ครบ",
    "ไม่มี",
    "ไม่",
    "หลัง",
    "หมู่บ้าน",
    "ประมาณ",
    "กับ",
    "/",
    ",",
    "ไม่เซ็น",
    "ที่เหลือ",
    "ห้าร้อย",
    "พัน",
    "ค่ะ",
    "ไก่",
    "99=",
    "เท่าเดิม",
    "%",
    "เป็น",
]


@settings(_SHARED, max_examples=200)
@given(parts=st.lists(st.sampled_from(_FRAGMENTS), max_size=7), glue=st.sampled_from([" ", "", "\n"]))
def test_no_message_makes_the_block_reader_raise_and_nothing_is_stored_when_it_asks(
    reader: Reader, now: dt.datetime, parts: list[str], glue: str
) -> None:
    for asked in ((), boxes(8, 9), boxes(10, 11, 12, 13, 14), boxes(19), boxes(15), boxes(1, 15)):
        reading = reader.block(glue.join(parts), asked, now=now, others=FIELDS, current=KNOWN)
        assert reading.action is not Action.ASK or reading.values == {}
        assert not set(reading.remaining) & set(reading.values)
