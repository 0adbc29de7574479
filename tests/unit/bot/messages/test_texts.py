from __future__ import annotations

import pytest

from bot.messages.texts import TextsError, flatten, read_texts


def test_nested_keys_become_dotted_and_lists_are_numbered() -> None:
    assert read_texts("a:\n  b: x\n  c: [y, z]\n") == {"a.b": "x", "a.c.1": "y", "a.c.2": "z"}


def test_what_yaml_takes_for_other_things_stays_the_written_text() -> None:
    assert read_texts("yes: no\nat: 16.30\nn: 007\n") == {"yes": "no", "at": "16.30", "n": "007"}


def test_an_empty_file_has_no_texts() -> None:
    assert read_texts("# nothing yet\n") == {}


def test_a_key_written_twice_is_refused() -> None:
    with pytest.raises(TextsError, match=r"a\.b is written twice"):
        read_texts("a:\n  b: x\n  b: y\n")


@pytest.mark.parametrize("source", ["a: [", "just words", "a:", "a: ''"])
def test_a_file_that_holds_no_texts_is_refused(source: str) -> None:
    with pytest.raises(TextsError):
        read_texts(source)


def test_a_campaign_may_nest_its_texts_or_write_dotted_keys() -> None:
    assert flatten({"a": {"b": "x", "l": ["y"]}, "a.c": "z"}) == {"a.b": "x", "a.l.1": "y", "a.c": "z"}


@pytest.mark.parametrize("texts", [{"a": {True: "x"}}, {"a": 3}, {"a": None}, {"a": " "}, {1: "x"}])
def test_a_campaigns_texts_must_be_words_under_words(texts: dict[str, object]) -> None:
    with pytest.raises(TextsError, match="quotes"):
        flatten(texts)


def test_the_same_key_nested_and_dotted_is_refused() -> None:
    with pytest.raises(TextsError, match="twice"):
        flatten({"a": {"b": "x"}, "a.b": "y"})
