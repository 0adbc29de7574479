"""A fill-in text that comes back: whatever is filled in where, each value is its own cell's, or nobody's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.reading.fill_in_keys import Cell
from bot.reading.outcome import Action
from bot.reading.reader import Reader

HEAD = "แบบกรอกครั้งที่ 1 อ.ภูเรือ - คัดลอก เติมหลังเครื่องหมาย = แล้วส่งกลับทั้งข้อความ"
CELLS = (
    Cell("villages", "5", "หมู่บ้านที่ตรวจทานแล้ว"),
    Cell("certified", "6", "เซ็นรับรองแล้ว"),
    Cell("checked", "8", "ครัวเรือนที่ตรวจทานแล้ว"),
    Cell("complete", "9", "ครบ"),
    Cell("e31", "10", "๓.๑"),
    Cell("e32", "11", "๓.๒"),
    Cell("e33", "12", "๓.๓"),
    Cell("records", "19", "ระเบียนปี 2562 ที่พบ"),
    Cell("tambons", "20", "ตำบลที่อาสาสมัครไม่ถึง 20 คน"),
    Cell("dates", "2-3", "ขั้นตอนที่ ๑-๒"),
)
UNNUMBERED = (Cell("age", "", "อายุ"), Cell("name", "", "ชื่อเด็ก", free=True), Cell("sex", "", "เพศ", "ชาย/หญิง"))
_SHARED = settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
_figures = st.integers(100, 99_999).filter(lambda number: "555" not in str(number))
"""Values are no box numbers, and no laughter (555); all differ."""
numbers = st.lists(_figures, min_size=len(CELLS), max_size=len(CELLS), unique=True)
as_long = st.integers(3, 5).flatmap(
    lambda digits: st.lists(
        st.integers(10 ** (digits - 1), 10**digits - 1).filter(lambda number: "555" not in str(number)),
        min_size=len(CELLS),
        max_size=len(CELLS),
        unique=True,
    )
)
"""Values of as many digits each: none is another of them with a digit lost."""
written: st.SearchStrategy[Callable[[int], str]] = st.sampled_from(
    [str, lambda n: f"{n:,}", lambda n: f" {n} ", lambda n: f"{n} ครัวเรือน", lambda n: f"{n} ค่ะ"]
)
gaps = st.sampled_from(["\n", "   ", "  ", "\n\n", " \n", ", "])


def sheet(values: list[str], gap: str = "\n") -> str:
    return gap.join(f"{cell.key}={value}" for cell, value in zip(CELLS, values, strict=True))


@_SHARED
@given(data=st.data(), values=numbers, gap=gaps, headed=st.booleans())
def test_what_is_filled_in_comes_back_cell_by_cell(
    reader: Reader, data: st.DataObject, values: list[int], gap: str, headed: bool
) -> None:
    given = {
        cell.name: data.draw(written)(value) if data.draw(st.booleans()) else ""
        for cell, value in zip(CELLS, values, strict=True)
    }
    cells = data.draw(st.permutations(CELLS))
    kept = cells[: data.draw(st.integers(1, len(cells)))]
    text = gap.join(f"{cell.key}={given[cell.name]}" for cell in kept)
    read = reader.fill_in(f"{HEAD}\n{text}" if headed else text, CELLS)
    assert read.values == {cell.name: given[cell.name].strip() for cell in kept}
    assert (read.doubtful, read.unknown, read.sure) == ({}, (), True)


def _told(reader: Reader, text: str) -> dict[str, int]:
    """The values that would be stored."""
    found = {}
    for name, value in reader.fill_in(text, CELLS).values.items():
        reading = reader.quantity(value)
        if reading.action is Action.ACCEPT and reading.value is not None:
            found[name] = reading.value
    return found


@_SHARED
@given(data=st.data(), values=as_long, gap=gaps)
def test_a_letter_that_is_lost_gives_no_cell_the_value_of_another(
    reader: Reader, data: st.DataObject, values: list[int], gap: str
) -> None:
    text = sheet([str(value) for value in values], gap)
    lost = data.draw(st.integers(0, len(text) - 1))
    others = {cell.name: set(values) - {value} for cell, value in zip(CELLS, values, strict=True)}
    for name, value in _told(reader, text[:lost] + text[lost + 1 :]).items():
        assert value not in others[name]


@_SHARED
@given(data=st.data(), values=numbers, keep_words=st.booleans())
def test_keys_cut_down_to_number_or_words_keep_their_values(
    reader: Reader, data: st.DataObject, values: list[int], keep_words: bool
) -> None:
    cut = data.draw(st.sets(st.integers(0, len(CELLS) - 1)))
    lines = [
        f"{(cell.label if keep_words else cell.number) if place in cut else cell.key}={value}"
        for place, (cell, value) in enumerate(zip(CELLS, values, strict=True))
    ]
    assert _told(reader, "\n".join(lines)) == {cell.name: value for cell, value in zip(CELLS, values, strict=True)}


@_SHARED
@given(data=st.data(), values=numbers)
def test_a_text_that_is_cut_off_anywhere_loses_the_rest_alone(
    reader: Reader, data: st.DataObject, values: list[int]
) -> None:
    text = sheet([str(value) for value in values])
    end = data.draw(st.integers(0, len(text)))
    own = {cell.name: str(value) for cell, value in zip(CELLS, values, strict=True)}
    for name, value in _told(reader, text[:end]).items():
        assert own[name].startswith(str(value))


@_SHARED
@given(st.text(max_size=400))
def test_no_text_makes_it_fail(reader: Reader, text: str) -> None:
    reader.fill_in(text, (*CELLS, *UNNUMBERED))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("8=3150 9=3040", {"checked": "3150", "complete": "3040"}),
        ("8: 3150\n9 ครบ: 3040", {"checked": "3150", "complete": "3040"}),
        ("๘=๓๑๕๐ ๙ ครบ＝๓๐๔๐", {"checked": "๓๑๕๐", "complete": "๓๐๔๐"}),
        ("8 ตรวจแล้ว=3150 9 ครบถ้วน=5", {"checked": "3150", "complete": "5"}),
        ("8 ครัวเรือนที่ตรวจทานแล้ว 3150\n9 ครบ 3040", {"checked": "3150", "complete": "3040"}),
        ("19 ระเบียน 2562=3", {"records": "3"}),
        ("19 ระเบียนปี 2562 ที่พบ=", {"records": ""}),
        ("20 ตำบลที่อาสาสมัครไม่ถึง 20 คน= -", {"tambons": "-"}),
        ("10 ๓.๑=….", {"e31": ""}),
        ("8=3150 8=3150", {"checked": "3150"}),
        ("8= 8=3150", {"checked": "3150"}),
    ],
)
def test_keys_in_other_words(reader: Reader, text: str, values: dict[str, str]) -> None:
    read = reader.fill_in(text, CELLS)
    assert (read.values, read.doubtful) == (values, {})


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("8=31509=3040", {"checked"}),
        ("8==3040", {"checked"}),
        ("8=\n6 ครบ=5", {"checked", "complete"}),
        ("8=3150 6 ครบ=5", {"checked", "complete"}),
        ("8=5 8=6", {"checked"}),
    ],
)
def test_what_cannot_be_cut_surely_is_nobodys(reader: Reader, text: str, doubtful: set[str]) -> None:
    read = reader.fill_in(text, CELLS)
    assert (read.values, set(read.doubtful)) == ({}, doubtful)


def test_a_box_that_the_form_lacks_is_told_and_takes_nothing_along(reader: Reader) -> None:
    read = reader.fill_in("8=4 99=5 9=6", CELLS)
    assert (read.values, read.unknown) == ({"checked": "4", "complete": "6"}, (99,))


@pytest.mark.parametrize("text", ["ยังไม่ครบ=110", "ไม่ครบ=110", "10:30", "ขอบคุณ", "3150 3040", "รายการ 8: ฝนตก"])
def test_what_names_no_cell_is_left_over(reader: Reader, text: str) -> None:
    assert reader.fill_in(text, CELLS).values == {}


def test_none_before_a_label_is_the_value_before_it(reader: Reader) -> None:
    read = reader.fill_in("19 ระเบียนปี 2562 ที่พบ=ไม่มี  ครบ=5", CELLS)
    assert read.values == {"records": "ไม่มี", "complete": "5"}
    assert "complete" not in reader.fill_in("19 ระเบียนปี 2562 ที่พบ=5 ยังไม่ ครบ=5", CELLS).values


def test_words_may_hold_signs_and_numbers_with_colons(reader: Reader) -> None:
    cells = (*CELLS, Cell("story", "27", "อุปสรรค", free=True))
    read = reader.fill_in("27 อุปสรรค=รายการ 1: ฝน=ตก\n8=3", cells)
    assert read.values == {"story": "รายการ 1: ฝน=ตก", "checked": "3"}


def test_cells_without_numbers_go_by_their_labels(reader: Reader) -> None:
    read = reader.fill_in("ชื่อเด็ก=ก้อง\nอายุ=7  เพศ (ชาย/หญิง)=ชาย", UNNUMBERED)
    assert (read.values, read.sure) == ({"age": "7", "name": "ก้อง", "sex": "ชาย"}, True)


@pytest.mark.parametrize(
    ("text", "sure"),
    [("8=5 9=6", False), ("8=5 9=6 10=7", True), ("9 ครบ=6", True), ("๓.๑=4 ๓.๒=5", False), ("ครบ=4", False)],
)
def test_only_several_boxes_or_a_label_with_its_number_make_a_sheet(reader: Reader, text: str, sure: bool) -> None:
    assert reader.fill_in(text, CELLS).sure is sure
