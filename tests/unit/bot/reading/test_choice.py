"""Options by number, label, part, synonym and slip; options that are numbers only by their own figures."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.reading.options import Option
from bot.reading.outcome import Action
from bot.reading.reader import Reader
from tests.unit.bot.reading.form import PROBLEMS, STATUS

_HOUSES = tuple(Option(label, label, numeric=True) for label in ("12", "12/1", "14", "2"))
_PLAIN = tuple(Option(option.name, option.label) for option in STATUS)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2", "in_progress"),
        ("๒", "in_progress"),
        ("2.", "in_progress"),
        ("ข้อ 2", "in_progress"),
        ("สอง", "in_progress"),
        ("ตัวเลือกที่ 1 ค่ะ", "done"),
        ("2 อยู่ระหว่าง", "in_progress"),
        ("2) อยู่ระหว่าง", "in_progress"),
        ("[3 ยังไม่ได้ดำเนินการ]", "not_started"),
        ("อยู่ระหว่าง", "in_progress"),
        ("แล้วเสร็จค่ะ", "done"),
        ("แล้ว เสร็จ", "done"),
        ("in_progress", "in_progress"),
        ("ทำอยู่ครับ", "in_progress"),
        ("อยู่ระหว่างการจัดทำรายงาย", "in_progress"),
        ("ยังไม่เสร็จ", "in_progress"),
        ("ยัง", "not_started"),
    ],
)
def test_one_option_is_taken(reader: Reader, text: str, name: str) -> None:
    reading = reader.choice(text, STATUS)
    assert (reading.action, reading.value) == (Action.ACCEPT, name)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("4", "no_such_option"),
        ("0", "no_such_option"),
        ("3 อยู่ระหว่าง", "number_and_words_differ"),
        ("ดำเนินการ", "negation"),
        ("ยังไม่แล้วเสร็จ", "several"),
        ("ไก่", "unknown"),
        ("", "unknown"),
        ("ก" * 401, "too_long"),
    ],
)
def test_what_names_no_single_option_is_asked(reader: Reader, text: str, why: str) -> None:
    reading = reader.choice(text, _PLAIN)
    assert (reading.action, reading.value, reading.why) == (Action.ASK, None, why)


def test_a_label_inside_a_longer_text_is_read_back(reader: Reader) -> None:
    reading = reader.choice("ตอนนี้แล้วเสร็จหมดเลยจ้า", _PLAIN)
    assert (reading.action, reading.value, reading.why) == (Action.CONFIRM, "done", "more_words")


def test_a_slip_in_a_short_label_is_read_back(reader: Reader) -> None:
    options = (Option("a", "ดีมาก"), Option("b", "แย่มากที่สุด"))
    reading = reader.choice("ดีมาด", options)
    assert (reading.action, reading.value, reading.why) == (Action.CONFIRM, "a", "typo")


def test_a_slip_between_two_near_labels_is_asked(reader: Reader) -> None:
    assert reader.choice("บ้านกี", (Option("a", "บ้านกา"), Option("b", "บ้านกอ"))).action is Action.ASK


def test_a_short_part_of_a_label_is_read_back(reader: Reader) -> None:
    reading = reader.choice("ช้า", PROBLEMS)
    assert (reading.action, reading.value) == (Action.CONFIRM, "system")


def test_a_part_of_several_labels_offers_them(reader: Reader) -> None:
    reading = reader.choice("ไม่ให้", (Option("a", "ไม่ให้ถ่าย"), Option("b", "ไม่ให้เซ็น")))
    assert reading.notes["candidates"] == ["a", "b"]


def test_without_options_there_is_nothing_to_choose(reader: Reader) -> None:
    assert reader.choice("1", ()).why == "no_options"


@pytest.mark.parametrize(("text", "name"), [("2", "2"), ("12", "12"), ("12/1", "12/1"), ("๑๔", "14")])
def test_options_that_are_numbers_answer_to_their_own_figures(reader: Reader, text: str, name: str) -> None:
    assert reader.choice(text, _HOUSES).value == name


@pytest.mark.parametrize("text", ["1", "3", "4", "15", "12/2"])
def test_options_that_are_numbers_are_never_taken_by_their_place(reader: Reader, text: str) -> None:
    assert reader.choice(text, _HOUSES).action is Action.ASK


def test_a_figure_that_two_numeric_options_share_is_asked(reader: Reader) -> None:
    twins = (Option("a", "1,000", numeric=True), Option("b", "1000.0", numeric=True))
    assert reader.choice("๑๐๐๐", twins).why == "several"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("1,3,4", ("none", "refused", "system")),
        ("1 3 4", ("none", "refused", "system")),
        ("1.3.4", ("none", "refused", "system")),
        ("ข้อ 2 และ 5", ("away", "covid")),
        ("โควิด", ("covid",)),
        ("2", ("away",)),
        ("ระบบช้า อาสาสมัครไม่พอ", ("system", "volunteers")),
        ("โควิด-19, อื่นๆ", ("covid", "other")),
        ("ไม่มี", ("none",)),
        ("2 2", ("away",)),
    ],
)
def test_several_options_are_taken(reader: Reader, text: str, names: tuple[str, ...]) -> None:
    reading = reader.choice(text, PROBLEMS, multiple=True)
    assert (reading.action, reading.value) == (Action.ACCEPT, names)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("2-4", ("away", "refused", "system")),
        ("245", ("away", "system", "covid")),
        ("ทั้งหมด", tuple(option.name for option in PROBLEMS)),
        ("ช้า โควิด", ("system", "covid")),
    ],
)
def test_several_options_that_could_be_meant_otherwise_are_read_back(
    reader: Reader, text: str, names: tuple[str, ...]
) -> None:
    reading = reader.choice(text, PROBLEMS, multiple=True)
    assert (reading.action, reading.value) == (Action.CONFIRM, names)


def test_none_of_several_is_an_empty_choice_when_no_option_says_none(reader: Reader) -> None:
    reading = reader.choice("ไม่มีเลย", PROBLEMS[1:5], multiple=True)
    assert (reading.action, reading.value) == (Action.CONFIRM, ())


def test_a_story_around_one_label_stays_a_confirmation(reader: Reader) -> None:
    reading = reader.choice("ที่หมู่บ้านโควิด-19 ระบาดหนัก", PROBLEMS, multiple=True)
    assert (reading.action, reading.value) == (Action.CONFIRM, ("covid",))


@pytest.mark.parametrize("text", ["9", "8,9", "1,9", "ไก่ เป็ด", "89"])
def test_several_with_one_that_does_not_exist_are_asked(reader: Reader, text: str) -> None:
    assert reader.choice(text, PROBLEMS, multiple=True).action is Action.ASK


def test_many_options_are_not_chosen_by_digits_run_together(reader: Reader) -> None:
    options = tuple(Option(f"o{place}", f"ทางเลือก{chr(0x0E01 + place)}") for place in range(12))
    assert reader.choice("135", options, multiple=True).action is Action.ASK


@settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(text=st.text(alphabet="ไม่ยังเสร็จแล้วอยู่ระหว่าง 123,.-ครับ/", max_size=20), multiple=st.booleans())
def test_no_text_makes_a_choice_raise(reader: Reader, text: str, multiple: bool) -> None:
    reading = reader.choice(text, PROBLEMS, multiple=multiple)
    assert reading.action is not Action.ACCEPT or reading.value is not None
