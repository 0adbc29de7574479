"""What is written in any form reads back as itself, or is confirmed or asked; never taken for something else."""

from __future__ import annotations

import datetime as dt

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.reading.outcome import Action
from bot.reading.reader import Reader
from tests.unit.bot.reading import written

_COUNTS = st.one_of(
    st.integers(0, 999_999_999),
    st.integers(0, 99_999),
    st.sampled_from([1, 10, 11, 20, 21, 100, 101, 105, 111, 1_005, 10_002, 20_020, 100_001, 1_000_000, 2_500_000]),
)
_DAYS = st.dates(dt.date(2007, 1, 1), dt.date(2037, 12, 31))
_SHARED = settings(
    deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@_SHARED
@given(number=_COUNTS)
def test_a_count_in_any_form_is_itself_or_is_not_taken(reader: Reader, number: int) -> None:
    for form in written.number_forms(number):
        reading = reader.quantity(form)
        assert reading.action is not Action.ACCEPT or reading.value == number, form


@_SHARED
@given(number=_COUNTS)
def test_figures_are_taken_silently(reader: Reader, number: int) -> None:
    assume(set(str(number)) != {"5"})
    for form in (str(number), f"{number:,}", written.thai_digits(f"{number:,}"), f"{number} หลังครับ"):
        assert (reader.quantity(form).action, reader.quantity(form).value) == (Action.ACCEPT, number), form


@_SHARED
@given(number=_COUNTS)
def test_a_formal_number_in_words_is_asked_or_confirmed_only_where_it_can_be_mistaken(
    reader: Reader, number: int
) -> None:
    """A bare unit after a hundred or more is the only formal ending that people use for something else."""
    assume(number % 100 >= 10 or number % 10 in {0, 1} or number < 10)
    assume(number % 100 != 1 or number in {1, 101})
    reading = reader.quantity(written.in_words(number))
    assert reading.value == number
    assert reading.action is Action.ACCEPT or number == 101


@_SHARED
@given(number=st.integers(1, 9), power=st.sampled_from([1_000, 10_000, 100_000]), unit=st.integers(2, 9))
def test_a_bare_unit_after_a_power_means_the_next_lower_power(
    reader: Reader, number: int, power: int, unit: int
) -> None:
    spoken = written.in_words(number * power) + written.DIGITS[unit]
    reading = reader.quantity(spoken)
    assert (reading.action, reading.value) == (Action.CONFIRM, number * power + unit * power // 10)


@_SHARED
@given(day=_DAYS)
def test_a_date_in_any_form_is_itself_or_is_not_taken(reader: Reader, now: dt.datetime, day: dt.date) -> None:
    for form in written.date_forms(day):
        reading = reader.date(form, now=now)
        assert reading.action is Action.ASK or reading.value == day, form


@_SHARED
@given(day=st.dates(dt.date(2018, 1, 1), dt.date(2024, 12, 31)))
def test_a_date_near_now_with_its_year_is_taken_silently(reader: Reader, now: dt.datetime, day: dt.date) -> None:
    for form in written.date_forms(day):
        spoken = form.startswith(written.in_words(day.day))
        compact = form.isdigit()
        assert reader.date(form, now=now).action is Action.ACCEPT or spoken or compact, form


@_SHARED
@given(day=_DAYS, other=st.integers(1, 6))
def test_a_weekday_that_does_not_belong_to_the_day_is_asked(
    reader: Reader, now: dt.datetime, day: dt.date, other: int
) -> None:
    wrong = written.WEEKDAYS[(day.weekday() + other) % 7]
    reading = reader.date(f"วัน{wrong}ที่ {day.day} {written.MONTHS[day.month - 1][1]} {day.year + 543}", now=now)
    assert reading.action is Action.ASK
    assert day in list(reading.notes["candidates"])  # type: ignore[call-overload]  # a list of days


_THAI_TEXT = st.text(
    st.one_of(
        st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B),
        st.sampled_from(list(" 0123456789/-.,:=*%?+()\n๑๒๓ \u200b")),
        st.characters(),
    ),
    max_size=60,
)
_WORDS = st.lists(
    st.sampled_from(
        [
            "ไม่",
            "ยัง",
            "เสร็จ",
            "แล้ว",
            "จะ",
            "ครบ",
            "3,150",
            "12",
            "ห้า",
            "ร้อย",
            "พัน",
            "หมื่น",
            "สิบ",
            "ม.",
            "5",
            "หมู่",
            "รอบ",
            "มิ.ย.",
            "64",
            "ศุกร์",
            "ที่",
            "16",
            "/",
            "-",
            "=",
            "ช่อง",
            "8",
            "๓.๑",
            "*",
            "**",
            "หลัง",
            "ครัวเรือน",
            "ค่ะ",
            "ไม่ใช่",
            "เป็น",
            "ประมาณ",
            "เหลือ",
            "%",
            "จาก",
            "วันนี้",
            "หน้า",
            "บ้านเลขที่",
            "ทับ",
            "ใกล้",
            "99",
        ]
    ),
    max_size=8,
).map(" ".join)


@settings(_SHARED, max_examples=300)
@given(text=st.one_of(_THAI_TEXT, _WORDS, _WORDS.map(lambda words: words.replace(" ", ""))))
def test_no_text_makes_a_reader_raise(reader: Reader, now: dt.datetime, rounds: dict[int, dt.date], text: str) -> None:
    readings = (
        reader.quantity(text, target=100),
        reader.date(text, now=now, rounds=rounds),
        reader.status(text, now=now),
        reader.control(text),
        reader.house_number(text),
        reader.district(text, ["ภูเรือ", "เมืองเลย"]),
    )
    for reading in readings:
        assert reading.action is not Action.ACCEPT or reading.value is not None or {"from", "to"} <= set(reading.notes)


@settings(_SHARED, max_examples=300)
@given(text=_WORDS)
def test_reading_twice_gives_the_same(reader: Reader, now: dt.datetime, text: str) -> None:
    assert reader.quantity(text) == reader.quantity(text)
    assert reader.status(text, now=now) == reader.status(text, now=now)
