"""Typing habits that change nothing: digits of other scripts, invisible characters, order of marks, stretched words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.distance import distance, one_slip
from bot.reading.lexicon import Lexicon


@pytest.mark.parametrize(
    ("raw", "normal"),
    [
        ("๑๒,๕๐๐", "12,500"),
        ("１２＊＊", "12**"),
        ("3\u200b1\ufeff50", "3150"),
        ("เเล้ว", "แล้ว"),
        ("ทํา", "ทำ"),
        ("นํ้า", "น้ำ"),
        ("น้ํา", "น้ำ"),
        ("แล้วววว", "แล้ว"),
        ("ค่าาาา", "ค่า"),
        ("ครั้้บ", "ครั้บ"),
        ("OKKKK", "ok"),
        ("1\ufe0f\u20e3", "1"),
        (" ก \t ข \r\n\n ค ", "ก ข\nค"),
        ("3150–3040", "3150-3040"),
        ("👍🏽", "👍"),
    ],
)
def test_the_normal_form(lexicon: Lexicon, raw: str, normal: str) -> None:
    assert lexicon.normaliser.text(raw) == normal


@given(raw=st.text(max_size=40))
def test_the_normal_form_of_a_normal_form_is_itself(lexicon: Lexicon, raw: str) -> None:
    once = lexicon.normaliser.text(raw)
    assert lexicon.normaliser.text(once) == lexicon.normaliser.text(lexicon.normaliser.text(once))


@pytest.mark.parametrize(("keys", "digits"), [("-/จ", "320"), ("ๅ/", "12"), ("ภถุึคต", "456789")])
def test_digits_typed_on_the_thai_keyboard_are_offered(lexicon: Lexicon, keys: str, digits: str) -> None:
    assert lexicon.normaliser.digits_on_thai_keys(keys) == digits


@pytest.mark.parametrize("keys", ["-", "/", "จ", "3-", "ไม่", "--", ""])
def test_other_signs_are_not_digits_of_the_thai_keyboard(lexicon: Lexicon, keys: str) -> None:
    assert lexicon.normaliser.digits_on_thai_keys(keys) is None


def test_thai_typed_on_the_latin_keyboard_is_offered(lexicon: Lexicon) -> None:
    assert lexicon.normaliser.thai_on_latin_keys("8iy[") == "ครับ"
    assert lexicon.normaliser.thai_on_latin_keys("ครับ") is None
    assert lexicon.normaliser.thai_on_latin_keys("") is None


@given(left=st.text(alphabet="กขค", max_size=6), right=st.text(alphabet="กขค", max_size=6))
def test_one_slip_is_distance_one(left: str, right: str) -> None:
    assert one_slip(left, right) == (distance(left, right) == 1)


@pytest.mark.parametrize(
    ("left", "right", "steps"), [("ก", "ก", 0), ("กข", "ขก", 1), ("กขค", "กค", 1), ("กขค", "ขคก", 2), ("กขคง", "ก", 3)]
)
def test_distance_counts_slips_up_to_its_limit(left: str, right: str, steps: int) -> None:
    assert distance(left, right) == steps
