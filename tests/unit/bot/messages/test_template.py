from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.template import Slot, TemplateError, parse


def test_placeholders_are_found_and_filled() -> None:
    template = parse("ครั้งที่ {round} จาก {total}")
    assert template.names == {"round", "total"}
    assert template.fill(lambda slot: f"<{slot.name}>") == "ครั้งที่ <round> จาก <total>"


def test_double_braces_are_braces() -> None:
    assert parse("{{n}} {n}").fill(lambda _: "1") == "{n} 1"


def test_a_plural_names_both_words() -> None:
    assert parse("{n|day|days}").parts == (Slot("n", "day", "days"),)
    assert parse("{n|day|days}").parts[0] != Slot("n")


@pytest.mark.parametrize(
    "source", ["{", "}", "{}", "{0}", "{a.b}", "{a!r}", "{a:>9}", "{a[0]}", "{A}", "{a|b}", "{{a}"]
)
def test_anything_else_with_a_brace_is_refused(source: str) -> None:
    with pytest.raises(TemplateError, match="brace"):
        parse(source)


@given(st.text())
def test_a_value_is_put_in_as_it_is_and_never_read_again(value: str) -> None:
    assert parse("a{x}b").fill(lambda _: value) == f"a{value}b"
