"""Targets, lengths, wrong keyboards and other things that a list of utterances cannot say."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.reading.outcome import Action
from bot.reading.reader import Reader


@pytest.mark.parametrize(
    ("text", "value"),
    [("ครบ", 450), ("เหลืออีก 50 หลัง", 400), ("ขาด 451", None), ("ไม่เหลือ", 450), ("เหลือ 2 จาก 20", 18)],
)
def test_the_target_resolves_all_and_what_is_left(reader: Reader, text: str, value: int | None) -> None:
    reading = reader.quantity(text, target=450)
    assert (reading.action, reading.value) == (Action.CONFIRM, value)


def test_too_long_a_text_is_asked_in_every_kind(reader: Reader, now: dt.datetime) -> None:
    text = "ก" * 6000
    readings = (
        reader.quantity(text),
        reader.date(text, now=now),
        reader.status(text, now=now),
        reader.control(text),
        reader.house_number(text),
    )
    assert {(reading.action, reading.why) for reading in readings} == {(Action.ASK, "too_long")}


@pytest.mark.parametrize(("text", "intent"), [("g,o^", "menu"), ("l',", None), ("wp", None), ("16jfj", None)])
def test_a_wish_typed_on_the_latin_keyboard_is_read_back(reader: Reader, text: str, intent: str | None) -> None:
    reading = reader.control(text)
    assert reading.value == intent
    assert reading.action is (Action.CONFIRM if intent else Action.ASK)


def test_a_round_without_a_calendar_is_asked(reader: Reader, now: dt.datetime) -> None:
    assert reader.date("รอบ 2", now=now).why == "no_such_round"


def test_a_next_round_after_the_last_is_asked(reader: Reader, rounds: dict[int, dt.date]) -> None:
    july = dt.datetime(2021, 7, 1, 9, tzinfo=dt.UTC)
    assert reader.date("รอบหน้า", now=july, rounds=rounds).why == "no_such_round"


def test_a_day_without_year_far_from_now_is_read_back(reader: Reader) -> None:
    december = dt.datetime(2021, 12, 20, 9, tzinfo=dt.UTC)
    reading = reader.date("5 ม.ค.", now=december)
    assert (reading.action, reading.value, reading.why) == (Action.CONFIRM, dt.date(2022, 1, 5), "year_missing")


def test_without_a_clock_a_status_takes_no_day_into_account(reader: Reader) -> None:
    assert "expected" not in reader.status("จะเสร็จพรุ่งนี้").notes


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("16/6/2700", "year"),
        ("16 มิ.ย. พ.ศ. 2021", "year"),
        ("16 มิ.ย. ค.ศ. 2564", "year"),
        ("อีก 99999 วัน", "far_year"),
        ("อีก 600 สัปดาห์", "far_year"),
        ("อีก 200 เดือน", "far_year"),
    ],
)
def test_years_that_cannot_be_are_asked(reader: Reader, now: dt.datetime, text: str, why: str) -> None:
    reading = reader.date(text, now=now)
    assert (reading.action, reading.why) == (Action.ASK, why)
