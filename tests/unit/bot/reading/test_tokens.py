"""Cutting Thai: the best cover, never inside a syllable, spaces kept as flags; slips mended only to one meaning."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.reading.lexicon import Lexicon
from bot.reading.mend import mend
from bot.reading.tokens import Vocabulary


def _texts(lexicon: Lexicon, text: str, table: str = "numbers") -> list[str]:
    return [token.text for token in lexicon.cut(text, lexicon.vocabulary("particles", table))]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("สามร้อย", ["สาม", "ร้อย"]),
        ("สามารถ", ["สามารถ"]),
        ("หกล้ม", ["หก", "ล้ม"]),
        ("เรียบร้อย", ["เรียบ", "ร้อย"]),
        ("12,500หลัง", ["12,500", "หลัง"]),
        ("12 500", ["12", "500"]),
        ("ok", ["ok"]),
        ("", []),
    ],
)
def test_words_are_found_only_where_a_word_may_begin_and_end(lexicon: Lexicon, text: str, pieces: list[str]) -> None:
    assert _texts(lexicon, text) == pieces


def test_a_word_parted_by_a_space_is_one_word(lexicon: Lexicon) -> None:
    assert _texts(lexicon, "16 มิ. ย. 64", "dates") == ["16", "มิ.ย.", "64"]


def test_spaces_and_line_breaks_are_told(lexicon: Lexicon) -> None:
    tokens = lexicon.cut("1 2\n3", lexicon.vocabulary("numbers"))
    assert [(token.space, token.line) for token in tokens] == [(False, False), (True, False), (True, True)]


def test_further_words_join_a_vocabulary_without_changing_it(lexicon: Lexicon) -> None:
    base = lexicon.vocabulary("numbers")
    more = base.with_words({"ไก่": {"bird": True}, "สาม": {"name": "x"}})
    assert [token.kinds for token in lexicon.cut("สามไก่", more)] == [{"digit": 3, "name": "x"}, {"bird": True}]
    assert "ไก่" not in base.words


@given(text=st.text(alphabet="สามร้อยห้า 12,.กขคเแ่้", max_size=30))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_the_pieces_make_up_the_text(lexicon: Lexicon, text: str) -> None:
    normal = lexicon.normaliser.text(text)
    tokens = lexicon.tokeniser.cut(normal, lexicon.vocabulary("numbers"))
    assert "".join(token.text for token in tokens) == "".join(normal.split())


@pytest.fixture(scope="module")
def animals(lexicon: Lexicon) -> Vocabulary:
    return Vocabulary.build(lexicon.normaliser, [{"animal": {"bird": ["นกกระจอก"], "fish": ["ปลาทับทิม", "ปลาทับทิน"]}}])


@pytest.mark.parametrize(("text", "kind"), [("นกกระจอด", "bird"), ("นกกะจอก", "bird"), ("ปลาทับทิด", "fish")])
def test_a_slip_is_mended_to_the_only_meaning_near(lexicon: Lexicon, animals: Vocabulary, text: str, kind: str) -> None:
    mended = mend(lexicon.cut(text, animals), animals, ("animal",))
    assert [token.kinds for token in mended] == [{"animal": kind}]


def test_a_slip_between_two_meanings_stays_unknown(lexicon: Lexicon) -> None:
    twins = Vocabulary.build(lexicon.normaliser, [{"animal": {"one": ["กระต่าย"], "two": ["กระตาย"]}}])
    mended = mend(lexicon.cut("กระต้าย", twins), twins, ("animal",))
    assert not any(token.has("animal") for token in mended)
