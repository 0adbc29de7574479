from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.measure import clean, graphemes, letters, phone_lines, shorten, split_text, utf16_units

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)


def test_a_thai_letter_with_its_marks_is_one_grapheme() -> None:
    assert graphemes("ครั้งที่") == 4


def test_marks_take_no_place_on_a_line() -> None:
    assert letters("ครั้งที่") == 4
    assert letters("กำ") == 2


def test_an_emoji_is_two_utf16_units() -> None:
    assert utf16_units("ก😀") == 3


@pytest.mark.parametrize(
    ("words", "lines"), [("", 1), ("ก" * 28, 1), ("ก" * 29, 2), ("ก\nข", 2), ("ก\n\nข", 3), ("ก" * 57 + "\nข", 4)]
)
def test_lines_on_a_phone_count_breaks_and_wrapping(words: str, lines: int) -> None:
    assert phone_lines(words, 28) == lines


def test_what_json_cannot_carry_is_taken_out_and_line_breaks_stay() -> None:
    assert clean("a\ud800b\x00c\r\nd\ne\tf") == "abc\nd\ne\tf"


def test_a_short_text_is_not_shortened() -> None:
    assert shorten("ยังไม่ได้ดำเนินการ", 20) == "ยังไม่ได้ดำเนินการ"


def test_a_shortened_text_ends_in_an_ellipsis_and_keeps_whole_letters() -> None:
    assert shorten("ครั้งที่สอง", 4) == "ครั้ง…"


def test_a_letter_with_thousands_of_marks_does_not_escape_the_limit() -> None:
    assert utf16_units(shorten("ก" + "้" * 5000, 40, unit_limit=300)) <= 300


@given(ANY_TEXT, st.integers(1, 40))
def test_a_shortened_text_is_never_longer_than_its_limit(words: str, limit: int) -> None:
    assert graphemes(shorten(words, limit)) <= limit


@given(ANY_TEXT, st.integers(2, 30))
def test_split_pieces_fit_and_joined_are_the_text(words: str, units: int) -> None:
    pieces = split_text(words, units)
    assert "".join(pieces) == words
    assert all(utf16_units(piece) <= units for piece in pieces)


def test_a_text_is_cut_after_a_line_break_rather_than_a_space_rather_than_a_letter() -> None:
    assert split_text("aaa bb\ncc dd", 9) == ["aaa bb\n", "cc dd"]
    assert split_text("aaa bb cc", 8) == ["aaa bb ", "cc"]
    assert split_text("a bbbbbbbb", 8) == ["a bbbbbb", "bb"]


def test_a_letter_longer_than_the_room_is_cut_inside() -> None:
    pieces = split_text("ก" + "้" * 100, 10)
    assert "".join(pieces) == "ก" + "้" * 100
    assert all(len(piece) <= 10 for piece in pieces)
