"""Numbers with a fraction, times of day, moments and places, as people type them; no silent wrong value among them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.outcome import Action
from bot.reading.reader import Reader

READER = Reader.load()
NOW = dt.datetime(2021, 6, 7, 8, 30, tzinfo=dt.timezone(dt.timedelta(hours=7)))
ACCEPT, CONFIRM, ASK = Action.ACCEPT, Action.CONFIRM, Action.ASK


@pytest.mark.parametrize(
    ("words", "action", "value"),
    [
        ("1.5", ACCEPT, "1.5"),
        ("๑.๕ ครับ", ACCEPT, "1.5"),
        (".5", ACCEPT, "0.5"),
        ("หนึ่งจุดห้า", ACCEPT, "1.5"),
        ("1จุด5", ACCEPT, "1.5"),
        ("สามจุดศูนย์สอง", ACCEPT, "3.02"),
        ("สิบสองจุดห้า", ACCEPT, "12.5"),
        ("1,250.75", ACCEPT, "1250.75"),
        ("1,250", ACCEPT, "1250"),
        ("สิบสอง", ACCEPT, "12"),
        ("-3.5", ACCEPT, "-3.5"),
        ("ลบสามจุดห้า", ACCEPT, "-3.5"),
        ("1,5", CONFIRM, "1.5"),
        ("ครึ่ง", CONFIRM, "0.5"),
        ("สองครึ่ง", CONFIRM, "2.5"),
        ("1.5 ไร่", CONFIRM, "1.5"),
        ("12.5%", CONFIRM, "12.5"),
        ("1 250.5", CONFIRM, "1250.5"),
    ],
)
def test_numbers_with_a_fraction(words: str, action: Action, value: str) -> None:
    reading = READER.decimal(words)
    assert (reading.action, reading.value) == (action, Decimal(value))


@pytest.mark.parametrize(
    "words",
    [
        "1.2.3",
        "3/4",
        "1.5 2.5",
        "1.5 - 2",
        "2 ไร่ 1 งาน",
        "ประมาณ 2.5",
        "สองจุดยี่สิบห้า",
        "08123456789012345",
        "ก",
        "",
        "9" * 200,
    ],
)
def test_what_is_no_certain_number_is_asked_about(words: str) -> None:
    assert READER.decimal(words).action is ASK


@given(st.decimals(min_value=0, max_value=99_999, places=3))
def test_every_number_is_read_back_as_it_is_written(number: Decimal) -> None:
    for written in (f"{number}", f"{number:,}"):
        reading = READER.decimal(written)
        assert (reading.action, reading.value) == (ACCEPT, number)


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("14.30 น.", "14:30"),
        ("14.30", "14:30"),
        ("๑๔.๓๐ น.", "14:30"),
        ("1430", "14:30"),
        ("14:30:00", "14:30"),
        ("2:30 pm", "14:30"),
        ("2pm", "14:00"),
        ("12 am", "00:00"),
        ("เวลา 10.15 น. ครับ", "10:15"),
        ("9 น.", "09:00"),
        ("9 โมง", "09:00"),
        ("สิบโมง", "10:00"),
        ("แปดโมงเช้า", "08:00"),
        ("7 โมงครึ่ง", "07:30"),
        ("8 โมง 15", "08:15"),
        ("สิบสี่นาฬิกา", "14:00"),
        ("บ่ายโมง", "13:00"),
        ("บ่ายโมงครึ่ง", "13:30"),
        ("บ่าย 3", "15:00"),
        ("บ่ายสองโมงครึ่ง", "14:30"),
        ("บ่ายสามโมงสี่สิบห้านาที", "15:45"),
        ("ห้าโมงเย็นครึ่ง", "17:30"),
        ("6 โมงเย็น", "18:00"),
        ("3 ทุ่ม", "21:00"),
        ("ทุ่มครึ่ง", "19:30"),
        ("สองทุ่มครึ่ง", "20:30"),
        ("หกทุ่ม", "00:00"),
        ("ตีสอง", "02:00"),
        ("เที่ยง", "12:00"),
        ("เที่ยงครึ่ง", "12:30"),
        ("เที่ยงคืน", "00:00"),
    ],
)
def test_times_of_day(words: str, time: str) -> None:
    reading = READER.time(words)
    assert (reading.action, reading.value) == (ACCEPT, dt.time.fromisoformat(time))


@pytest.mark.parametrize(("words", "time"), [("9", "09:00"), ("930", "09:30"), ("14", "14:00")])
def test_bare_figures_are_read_back_as_a_time(words: str, time: str) -> None:
    reading = READER.time(words)
    assert (reading.action, reading.value) == (CONFIRM, dt.time.fromisoformat(time))


@pytest.mark.parametrize(
    ("words", "times"),
    [("สองโมง", ["14:00", "08:00"]), ("6 โมง", ["06:00", "18:00"]), ("สองโมงเช้า", ["08:00", "02:00"])],
)
def test_an_hour_that_is_said_twice_a_day_is_asked_about(words: str, times: list[str]) -> None:
    reading = READER.time(words)
    assert (reading.action, reading.notes["candidates"]) == (ASK, times)


@pytest.mark.parametrize("words", ["25.00", "9.5", "12.75", "ประมาณบ่ายสอง", "พรุ่งนี้", "", "ก" * 200, "13 pm 5", "7 ทุ่ม"])
def test_what_is_no_time_is_asked_about(words: str) -> None:
    assert READER.time(words).action is ASK


@given(st.times())
def test_every_time_is_read_as_it_is_written(time: dt.time) -> None:
    minute = time.replace(second=0, microsecond=0)
    for written in (f"{minute:%H.%M} น.", f"{minute:%H:%M}", f"{minute:%H%M}"):
        reading = READER.time(written)
        assert (reading.action, reading.value) == (ACCEPT, minute)


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("พรุ่งนี้ 9 โมง", "2021-06-08T09:00"),
        ("พรุ่งนี้บ่ายโมง", "2021-06-08T13:00"),
        ("เมื่อวาน 3 ทุ่ม", "2021-06-06T21:00"),
        ("ศุกร์นี้ บ่ายสอง", "2021-06-11T14:00"),
        ("วันนี้ 14:30", "2021-06-07T14:30"),
        ("16/6/64 14.30 น.", "2021-06-16T14:30"),
        ("14.30 น. 16/6/64", "2021-06-16T14:30"),
        ("16/6 14.30", "2021-06-16T14:30"),
        ("2021-06-16T14:30", "2021-06-16T14:30"),
        ("16 มิ.ย. 64 บ่ายสองโมงครึ่ง", "2021-06-16T14:30"),
        ("วันที่ 16 มิถุนายน 2564 เวลา 09.00 น.", "2021-06-16T09:00"),
    ],
)
def test_moments(words: str, moment: str) -> None:
    reading = READER.moment(words, now=NOW)
    assert (reading.action, reading.value) == (ACCEPT, dt.datetime.fromisoformat(moment))


def test_moments_with_a_doubt_are_read_back_or_offered() -> None:
    assert READER.moment("16/6/64 9", now=NOW).action is CONFIRM
    assert READER.moment("พรุ่งนี้เช้า 9 โมง", now=NOW).action is CONFIRM
    two = READER.moment("พรุ่งนี้ สองโมง", now=NOW)
    assert (two.action, two.notes["candidates"]) == (ASK, ["2021-06-08T14:00", "2021-06-08T08:00"])


@pytest.mark.parametrize(
    ("words", "why"),
    [("16/6/64", "time_missing"), ("บ่ายสอง", "date_missing"), ("ไม่รู้", "not_a_moment"), ("ก" * 300, "too_long")],
)
def test_half_a_moment_says_what_is_missing(words: str, why: str) -> None:
    reading = READER.moment(words, now=NOW)
    assert (reading.action, reading.why) == (ASK, why)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("17.48, 101.72", "17.48 101.72"),
        ("17.48,101.72 ครับ", "17.48 101.72"),
        ("๑๗.๔๘ ๑๐๑.๗๒", "17.48 101.72"),
        ("พิกัด 17.48N 101.72E", "17.48 101.72"),
        ("ละติจูด 17.48 ลองจิจูด 101.72", "17.48 101.72"),
        ("lng 101.72 lat 17.48", "17.48 101.72"),
        ("17°28'30\"N 101°43'12\"E", "17.475 101.72"),
        ("https://maps.google.com/?q=17.48,101.72", "17.48 101.72"),
        ("https://maps.google.com/?q=17.48%2C101.72", "17.48 101.72"),
        ("https://www.google.com/maps/@17.48,101.72,15z", "17.48 101.72"),
        ("https://www.google.com/maps/place/X/@17.4,101.7,17z/data=!8m2!3d17.4861!4d101.7223", "17.4861 101.7223"),
        ("geo:17.48,101.72", "17.48 101.72"),
    ],
)
def test_places(words: str, place: str) -> None:
    reading = READER.place(words)
    assert (reading.action, str(reading.value)) == (ACCEPT, place)


@pytest.mark.parametrize(
    ("words", "place", "why"),
    [("101.72 17.48", "17.48 101.72", "turned_round"), ("48.85 2.35", "48.85 2.35", "abroad")],
)
def test_places_turned_round_or_abroad_are_read_back(words: str, place: str, why: str) -> None:
    reading = READER.place(words)
    assert (reading.action, str(reading.value), reading.why) == (CONFIRM, place, why)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("https://maps.app.goo.gl/abc", "short_link"),
        ("17.48", "not_a_place"),
        ("200 300", "not_a_place"),
        ("บ้านป้า", "not_a_place"),
        ("1" * 2000, "too_long"),
    ],
)
def test_what_is_no_place_is_asked_about(words: str, why: str) -> None:
    reading = READER.place(words)
    assert (reading.action, reading.why) == (ASK, why)


@given(st.decimals(min_value=5, max_value=21, places=6), st.decimals(min_value=97, max_value=106, places=6))
def test_every_place_in_thailand_is_read_as_it_is_written(latitude: Decimal, longitude: Decimal) -> None:
    place = READER.place(f"{latitude}, {longitude}")
    assert place.action is ACCEPT
    assert place.value is not None
    assert (place.value.latitude, place.value.longitude) == (latitude, longitude)


@given(st.text(max_size=60))
def test_nothing_that_is_typed_raises(words: str) -> None:
    for read in (READER.decimal, READER.time, READER.place):
        read(words)
    READER.moment(words, now=NOW)
