"""Telephone numbers in what people type."""

from __future__ import annotations

import pytest

from bot.reading.phone import holds_personal_number


@pytest.mark.parametrize(
    "words",
    [
        "โทร 081-234-5678",
        "๐๘๑ ๒๓๔ ๕๖๗๘",
        "0812345678",
        "+66 81 234 5678",
        "ลูกชาย (042) 811-234",
        "08\u200b1 234 5678",
        "1234567890123",
        "1-2345-67890-12-3",
    ],
)
def test_a_telephone_number_is_found_however_it_is_written(words: str) -> None:
    assert holds_personal_number(words)


@pytest.mark.parametrize("words", ["12/3", "14 15 16 18 19 20 21", "2021-06-18 08.30", "มี 10 คน", ""])
def test_other_numbers_are_none(words: str) -> None:
    assert not holds_personal_number(words)
